package io.plumtree.handlers.pubsub;

import static io.plumtree.handlers.pubsub.ExchangeNode.advanceMs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.testkit.ExchangePair;
import io.plumtree.handlers.testkit.TestNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Ordered subscriptions, and what exchanges bring late. */
class OrderedExchangeTest {
    private final List<String> expected = new ArrayList<>();

    @Test
    void shouldGiveALateJoinerTheRetainedHistoryInOrderAndOneGap() {
        final ExchangeNode joiner = new ExchangeNode("joiner").withOrdered();
        final ExchangeNode other = new ExchangeNode("other", "retained.messages", "1000").merge(1, 10_000);
        advanceMs(3_000, other);
        joiner.merge(10_001, 10_003);
        advanceMs(1, joiner);
        joiner.exchangeWith(other);
        joiner.merge(10_004, 10_004);
        advanceMs(1_000, joiner);
        joiner.merge(10_005, 10_005);
        expectGap(1, 9_000).expect(9_001, 10_005);
        assertEquals(expected, joiner.ordered);
        assertEquals(1, joiner.counter("gaps"));
    }

    @Test
    void shouldGiveALateJoinerAHistoryThatIsLongerThanWhatIsHeldBack() {
        final ExchangeNode joiner = new ExchangeNode("joiner", "holdback.messages", "100").withOrdered();
        final ExchangeNode other = new ExchangeNode("other", "retained.messages", "3000").merge(1, 10_000);
        advanceMs(3_000, other);
        joiner.merge(10_001, 10_050);
        joiner.exchangeWith(other);
        advanceMs(2_000, joiner);
        expectGap(1, 7_000).expect(7_001, 10_050);
        assertEquals(expected, joiner.ordered);
    }

    @Test
    void shouldWaitForAnExchangeThatMayFillTheGapAndNoLonger() {
        final ExchangeNode joiner = new ExchangeNode("joiner").withOrdered();
        final ExchangeNode other = new ExchangeNode("other", "retained.messages", "100").merge(1, 200);
        advanceMs(3_000, other);
        joiner.merge(201, 201);
        advanceMs(1, joiner);
        advanceMs(900, joiner);
        final ExchangePair pair = joiner.with(other).windowLength(0);
        assertTrue(pair.start());
        pair.step();
        pair.step();
        advanceMs(3_000, joiner);
        assertEquals(List.of(), joiner.ordered, "the digest says that it may be filled");
        run(pair);
        advanceMs(1, joiner);
        expectGap(1, 100).expect(101, 201);
        assertEquals(expected, joiner.ordered);
    }

    @Test
    void shouldNotWaitForAnExchangeWithAPeerThatHasNotSeenWhatIsMissing() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered().merge(1, 1).merge(3, 3);
        final ExchangeNode b = new ExchangeNode("b").merge(1, 1).merge(3, 50);
        advanceMs(3_000, b);
        advanceMs(1, a);
        final ExchangePair pair = a.with(b).windowLength(0);
        assertTrue(pair.start());
        pair.step();
        pair.step();
        advanceMs(1_000, a);
        assertFalse(pair.isOver());
        expect(1, 1).expectGap(2, 2).expect(3, 3);
        assertEquals(expected, a.ordered);
        run(pair);
        expect(4, 50);
        assertEquals(expected, a.ordered);
    }

    @Test
    void shouldNotWaitForAPeerThatHasSentAll() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered().merge(3, 3);
        for (int i = 1; i <= 100; i++) {
            a.merge(ExchangeNode.ORIGIN + 1, 1, i, 10_000);
        }
        final ExchangeNode b = new ExchangeNode("b", "retained.messages", "1").merge(1, 2);
        b.merge(ExchangeNode.ORIGIN + 1, 1, 1, 10_000);
        advanceMs(1, a);
        advanceMs(900, a);
        advanceMs(3_000, b);
        final ExchangePair pair = a.with(b).needed(true).windowLength(0);
        assertTrue(pair.start());
        for (int i = 0; i < 20; i++) {
            pair.step();
        }
        assertEquals(List.of(), a.ordered);
        advanceMs(100, a);
        assertFalse(pair.isOver());
        expectGap(1, 2).expect(3, 3);
        assertEquals(expected, a.ordered);
        run(pair);
        assertEquals(expected, a.ordered);
    }

    @Test
    void shouldWaitNoLongerThanItsBoundForAnExchangeThatStalls() {
        final ExchangeNode a = new ExchangeNode("a", "holdback.exchange", "5s").withOrdered().merge(1, 1).merge(3, 3);
        final ExchangeNode b = new ExchangeNode("b").merge(1, 3);
        advanceMs(3_000, b);
        advanceMs(1, a);
        final ExchangePair pair = a.with(b).windowLength(0);
        assertTrue(pair.start());
        pair.step();
        pair.step();
        // The peer stops here.
        advanceMs(4_990, a);
        expect(1, 1);
        assertEquals(expected, a.ordered);
        advanceMs(10, a);
        expectGap(2, 2).expect(3, 3);
        assertEquals(expected, a.ordered);
        run(pair);
        assertEquals(expected, a.ordered, "what comes after its gap was told is late");
        assertEquals(1, a.counter("late"));
    }

    @Test
    void shouldNotWaitLongForAPeerThatDoesNotSayWhatItHasSeen() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered();
        assertTrue(new ExchangePair(a.node, new TestNode(NodeId.of("silent"), 1, new Silent(), Map.of())).start());
        a.merge(2, 2);
        advanceMs(1, a);
        advanceMs(998, a);
        assertEquals(List.of(), a.ordered);
        advanceMs(2, a);
        expectGap(1, 1).expect(2, 2);
        assertEquals(expected, a.ordered);
    }

    @Test
    void shouldGiveUnorderedSubscribersAloneWhatComesAfterItsGapWasTold() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered().merge(1, 1).merge(4, 5);
        final ExchangeNode b = new ExchangeNode("b").merge(1, 7);
        advanceMs(1, a);
        advanceMs(3_000, a, b);
        expect(1, 1).expectGap(2, 3).expect(4, 5);
        assertEquals(expected, a.ordered);
        a.exchangeWith(b);
        advanceMs(3_000, a, b);
        a.exchangeWith(b);
        advanceMs(3_000, a, b);
        expect(6, 7);
        assertEquals(expected, a.ordered);
        assertEquals(7, a.unordered.size());
        assertEquals(2, a.counter("late"));
        assertEquals(1, a.counter("gaps"));
    }

    @Test
    void shouldWaitForTheNextExchangeWhenThePeerHadMore() {
        final ExchangeNode joiner = new ExchangeNode("joiner").withOrdered();
        final ExchangeNode other = new ExchangeNode("other", "exchange.messages", "40").merge(1, 100);
        advanceMs(3_000, other);
        joiner.merge(101, 101);
        advanceMs(1, joiner);
        joiner.exchangeWith(other);
        expect(1, 40);
        for (int exchanges = 2; exchanges <= 3; exchanges++) {
            advanceMs(9_000, joiner, other);
            assertEquals(expected, joiner.ordered);
            joiner.exchangeWith(other);
            expect(40 * exchanges - 39, Math.min(40 * exchanges, 101));
        }
        assertEquals(expected, joiner.ordered);
        assertEquals(0, joiner.counter("gaps"));
    }

    @Test
    void shouldWaitForTheNextExchangeWhenTheLinkWasLost() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered();
        final ExchangeNode b = new ExchangeNode("b").merge(1, 100);
        advanceMs(3_000, b);
        a.merge(101, 101);
        advanceMs(1, a);
        a.with(b).loseLinkAfter(2).run();
        advanceMs(10_000, a);
        assertEquals(List.of(), a.ordered);
        a.exchangeWith(b);
        expect(1, 101);
        assertEquals(expected, a.ordered);
    }

    @Test
    void shouldWaitNoLongerWhenAFinishedExchangeHasNotFilledTheGap() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered();
        final ExchangeNode b = new ExchangeNode("b").merge(1, 100);
        final ExchangeNode c = new ExchangeNode("c").merge(51, 101);
        advanceMs(3_000, b, c);
        a.merge(101, 101);
        advanceMs(1, a);
        a.with(b).loseLinkAfter(2).run();
        advanceMs(2_000, a);
        a.exchangeWith(c);
        advanceMs(1, a);
        expectGap(1, 50).expect(51, 101);
        assertEquals(expected, a.ordered);
    }

    @Test
    void shouldStartTheTimeOfAGapWhenTheMessageBehindItCameNotWhenItWasPublished() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered();
        final ExchangeNode b = new ExchangeNode("b").merge(1, 1).merge(3, 3).merge(5, 5);
        advanceMs(30_000, a, b);
        a.exchangeWith(b);
        advanceMs(900, a);
        expect(1, 1);
        assertEquals(expected, a.ordered);
        a.merge(2, 2);
        advanceMs(50, a);
        expect(2, 3);
        assertEquals(expected, a.ordered);
        advanceMs(100, a);
        expectGap(4, 4).expect(5, 5);
        assertEquals(expected, a.ordered);
    }

    private OrderedExchangeTest expect(final long from, final long to) {
        for (long sequence = from; sequence <= to; sequence++) {
            expected.add(String.valueOf(sequence));
        }
        return this;
    }

    private OrderedExchangeTest expectGap(final long from, final long to) {
        expected.add("gap " + from + "-" + to);
        return this;
    }

    private static void run(final ExchangePair pair) {
        while (!pair.isOver()) {
            pair.step();
        }
    }

    /** Takes part in exchanges and says nothing. */
    private static final class Silent implements BroadcastHandler {
        @Override
        public void broadcastData(
            final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        }

        @Override
        public boolean merge(final Message message) {
            return false;
        }

        @Override
        public boolean isStale(final MessageId id) {
            return true;
        }

        @Override
        public GraftResult graft(final MessageId id, final GraftPayload payload) {
            return GraftResult.UNKNOWN;
        }

        @Override
        public ExchangeResult acceptExchange(final NodeId peer, final ExchangeSession session) {
            session.start((buffer, offset, length) -> { });
            return ExchangeResult.RUNNING;
        }
    }
}
