package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Peer 2 is lazy, and has a table of eight: it holds others back from six on, until it owes less than four. */
class CongestionTest extends PlumtreeFixture {
    private void start() {
        start(50);
    }

    private void start(final long budgetMs) {
        options.flowControl().maxOutstandingPerPeer(8).congestionBudgetNs(budgetMs * MS);
        options.closeRing(false).recentMessages(0).sharedTreeMessages(0);
        start(nodes(10), nodes(30));
    }

    private void broadcast(final long first, final long last) {
        LongStream.rangeClosed(first, last).forEach(this::broadcast);
    }

    private void ack(final long first, final long last) {
        LongStream.rangeClosed(first, last).forEach(id -> ack(2, id, 0, SELF));
    }

    private boolean isHeldBack() {
        return !plumtree.onBroadcastDue(0, nowNs);
    }

    @Test
    void shouldWaitForOneMessageThoughAllLaterOnesAreAcknowledged() {
        start();
        broadcast(1, 5);
        ack(2, 5);
        assertFalse(isHeldBack());
        broadcast(6);
        ack(6, 6);
        assertTrue(isHeldBack(), "the handlers may soon not have it any more");
        ack(1, 1);
        assertFalse(isHeldBack());
    }

    @Test
    void shouldCountLongMessagesByTheirLength() {
        start();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[8 + 4 * 1024]);
        plumtree.onBroadcast(Messages.broadcast(0, 0, 0, message, 8, 4 * 1024), nowNs);
        assertFalse(isHeldBack());
        broadcast(1);
        ack(1, 1);
        assertTrue(isHeldBack());
    }

    @Test
    void shouldCountEachOfThoseThatTravelAsOne() {
        start();
        messageCount = 5;
        broadcast(1);
        assertFalse(isHeldBack());
        messageCount = 1;
        broadcast(2);
        assertTrue(isHeldBack(), "a handler keeps so many messages, however they came");
        ack(1, 1);
        assertFalse(isHeldBack());
    }

    @Test
    void shouldWaitForAPeerThatGetsOnHoweverSlowly() {
        start();
        broadcast(1, 6);
        for (long id = 1; id <= 2; id++) {
            assertTrue(isHeldBack());
            pass(40);
            ack(id, id);
        }
        assertTrue(isHeldBack(), "after 80 ms of a budget of 50 ms without progress");
        ack(3, 3);
        assertFalse(isHeldBack());
        assertEquals(0, count(ProtocolCounter.CONGESTION_BUDGETS_SPENT));
    }

    @Test
    void shouldWaitForAPeerThatTakesInWhatStandsBeforeTheAnnouncements() {
        start();
        broadcast(1, 8);
        for (int position = 1; position <= 3; position++) {
            assertTrue(isHeldBack());
            pass(40);
            effects.queuePosition = position;
        }
        assertTrue(isHeldBack(), "after 120 ms of a budget of 50 ms without an acknowledgement");
        pass(50);
        assertFalse(isHeldBack());
        assertEquals(1, count(ProtocolCounter.CONGESTION_BUDGETS_SPENT));
    }

    @Test
    void shouldTakeNoAcknowledgementForProgressButThatOfTheOldest() {
        start();
        broadcast(1, 8);
        assertTrue(isHeldBack());
        pass(40);
        ack(5, 6);
        assertTrue(isHeldBack());
        pass(10);
        assertFalse(isHeldBack());
        assertEquals(1, count(ProtocolCounter.CONGESTION_BUDGETS_SPENT));
    }

    @Test
    void shouldLeaveToAnExchangeWhatLiesFurtherBackThanTheTableIsLong() {
        start();
        broadcast(1, 8);
        ack(2, 8);
        assertEquals(0, count(ProtocolCounter.OUTSTANDING_OVERFLOWS));
        broadcast(9);
        assertEquals(1, count(ProtocolCounter.OUTSTANDING_OVERFLOWS));
        assertEquals(1, plumtree.outstandingCount(2));
        assertTrue(effects.take().contains("exchange 2"));
    }

    @Test
    void shouldMeasureAPeerThatComesBackFromThenOn() {
        start();
        plumtree.onLinkDown(2, nowNs);
        broadcast(1, 8);
        plumtree.onLinkUp(2, nowNs);
        assertFalse(isHeldBack());
        broadcast(9, 13);
        assertFalse(isHeldBack());
        broadcast(14);
        assertTrue(isHeldBack());
        ack(1, 11);
        plumtree.onExchanged(2, true, nowNs);
        assertFalse(isHeldBack());
    }

    /** Of nine messages the first is not acknowledged: it falls out of the table. */
    private void overflow() {
        broadcast(1, 8);
        ack(2, 8);
        broadcast(9);
        ack(9, 9);
    }

    @Test
    void shouldWaitForAPeerThatNeedsAnExchangeUntilThatIsHad() {
        start();
        overflow();
        assertFalse(isHeldBack());
        broadcast(10, 15);
        ack(10, 15);
        assertTrue(isHeldBack());
        pass(40);
        plumtree.onExchanged(2, false, nowNs);
        pass(40);
        assertTrue(isHeldBack(), "it gets on");
        plumtree.onExchanged(2, true, nowNs);
        assertFalse(isHeldBack());
    }

    @Test
    void shouldNotWaitForAnExchangeThatIsNeverHad() {
        start();
        overflow();
        broadcast(10, 15);
        ack(10, 15);
        assertTrue(isHeldBack());
        pass(50);
        assertFalse(isHeldBack());
        broadcast(16, 30);
        ack(16, 30);
        assertFalse(isHeldBack());
    }

    /** What is acknowledged of late says nothing of what only an exchange brings. */
    @Test
    void shouldNotTakeAcknowledgementsForAnExchangeThatIsNeverHad() {
        start();
        overflow();
        broadcast(10, 15);
        ack(10, 15);
        assertTrue(isHeldBack());
        for (long id = 20; id < 25; id++) {
            broadcast(id);
            ack(id - 1, id - 1);
            assertTrue(isHeldBack());
            pass(10);
        }
        assertFalse(isHeldBack(), "50 ms later");
    }

    @Test
    void shouldAnnounceAgainWithoutFurtherDelayWhatOthersWaitFor() {
        start(10_000);
        broadcast(1);
        // Announced after 0, 10, 30 and 70 ms: then the next time would be after 150 ms.
        for (int i = 0; i <= 70; i++) {
            lazyTick();
            pass(1);
        }
        effects.take();
        broadcast(2, 6);
        ack(2, 6);
        assertTrue(isHeldBack());
        lazyTick();
        assertTrue(effects.take().contains("ihave 2 m1 r0 root 100"), "the oldest is announced at once");
    }

    /** A sixteenth of what a peer may owe. */
    @Test
    void shouldNotWaitForTheNextTickWhenMuchIsToBeAnnounced() {
        options.flowControl().maxOutstandingPerPeer(160);
        options.recentMessages(0).sharedTreeMessages(0);
        start(nodes(10), nodes(30));
        broadcast(1, 9);
        assertFalse(plumtree.isLazyTickEarly());
        broadcast(10);
        assertTrue(plumtree.isLazyTickEarly());
        effects.take();
        lazyTick();
        assertEquals(10, effects.take().size());
        assertFalse(plumtree.isLazyTickEarly());
    }

    /** Who announces early waits for the acknowledgement. */
    @Test
    void shouldAcknowledgeAtOnceAtAnEarlyTick() {
        options.flowControl().maxOutstandingPerPeer(160);
        options.acknowledgementDelayNs(5 * MS).recentMessages(16).sharedTreeMessages(0);
        start(nodes(10), nodes());
        gossip(0, 1, 0, 10);
        ihave(3, 1, 1, 10);
        effects.take();
        lazyTick();
        expect();
        broadcast(2, 11);
        effects.take();
        lazyTick();
        expect("ack 3 m1 r1 root 10");
    }
}
