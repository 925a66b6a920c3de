package io.plumtree.handlers.pubsub;

import static io.plumtree.handlers.pubsub.ExchangeNode.INCARNATION;
import static io.plumtree.handlers.pubsub.ExchangeNode.ORIGIN;
import static io.plumtree.handlers.pubsub.ExchangeNode.advanceMs;
import static io.plumtree.handlers.pubsub.ExchangeNode.key;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.testkit.ExchangePair;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest {
    private static final int SETTLED_MS = 2_001;

    @Test
    void shouldGiveEachSideWhatItLacks() {
        final ExchangeNode a = new ExchangeNode("a").merge(1, 10);
        final ExchangeNode b = new ExchangeNode("b").merge(6, 15);
        a.publish(3);
        b.publish(4);
        advanceMs(SETTLED_MS, a, b);
        assertTrue(a.exchangeWith(b).isCompleted());
        assertEquals(new HashSet<>(a.unordered), new HashSet<>(b.unordered));
        assertEquals(22, a.unordered.size());
        assertEquals(22, b.unordered.size(), "nothing twice");
        for (int i = 1; i <= 15; i++) {
            assertTrue(a.retains(i) && b.retains(i), "message " + i);
        }
        assertEquals(8, a.counter("exchange-messages-sent"));
        assertEquals(9, a.counter("exchange-messages-received"));
        assertEquals(8 * (24 + 13), a.counter("exchange-bytes-sent"));
        assertEquals(8 * (24 + 13), b.counter("exchange-bytes-received"));
        assertEquals(9, b.counter("exchange-messages-sent"));
        assertEquals(8, b.counter("exchange-messages-received"));
        assertEquals(0, a.counter("exchange-duplicates") + b.counter("exchange-duplicates"));
        assertEquals(1, a.counter("exchange-sessions"));
        assertEquals(1, a.counter("exchange-completed"));
        assertEquals(1, b.counter("exchange-completed"));
        assertEquals(0, a.counter("exchange-unfinished") + b.counter("exchange-unfinished"));
    }

    @Test
    void shouldTakeWhatAnExchangeBroughtForNewOnceItsTreeBringsItSinceOthersWaitBelow() {
        final ExchangeNode a = new ExchangeNode("a").merge(1, 3);
        final ExchangeNode b = new ExchangeNode("b");
        advanceMs(SETTLED_MS, a, b);
        assertTrue(a.exchangeWith(b).isCompleted());
        assertEquals(3, b.unordered.size());
        assertTrue(b.isStale(ORIGIN, INCARNATION, 2), "it need not be asked for");
        assertTrue(b.merge(ORIGIN, INCARNATION, 2, 10));
        assertFalse(b.merge(ORIGIN, INCARNATION, 2, 10));
        assertFalse(a.merge(ORIGIN, INCARNATION, 2, 10));
        assertEquals(3, b.unordered.size(), "delivered once");
        assertEquals(1, b.counter("exchanged-relayed"));
    }

    @Test
    void shouldSendNothingButDigestsToAPeerThatHasAll() {
        final ExchangeNode a = new ExchangeNode("a").merge(1, 10);
        final ExchangeNode b = new ExchangeNode("b").merge(1, 10);
        advanceMs(SETTLED_MS, a, b);
        assertEquals(4, a.exchangeWith(b).messageCount());
        assertEquals(10, b.unordered.size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGiveALateJoinerAllThatIsRetained(final boolean isJoinerInitiator) {
        final ExchangeNode joiner = new ExchangeNode("joiner");
        final ExchangeNode other = new ExchangeNode("other", "retained.messages", "500").merge(1, 2_000);
        advanceMs(SETTLED_MS, joiner, other);
        assertTrue((isJoinerInitiator ? joiner.with(other) : other.with(joiner)).run().isCompleted());
        assertEquals(500, joiner.unordered.size());
        assertEquals(key(ORIGIN, INCARNATION, 1_501), joiner.unordered.get(0));
        assertEquals(key(ORIGIN, INCARNATION, 2_000), joiner.unordered.get(499));
    }

    @Test
    void shouldCompleteWhenBothHaveNothing() {
        assertTrue(new ExchangeNode("a").exchangeWith(new ExchangeNode("b")).isCompleted());
    }

    @Test
    void shouldStopAtItsMessagesAndGoOnInTheNext() {
        final ExchangeNode a = new ExchangeNode("a", "exchange.messages", "100").merge(1, 250);
        final ExchangeNode b = new ExchangeNode("b");
        advanceMs(SETTLED_MS, a, b);
        a.exchangeWith(b);
        assertEquals(100, b.unordered.size());
        assertTrue(b.retains(100), "the oldest first");
        b.exchangeWith(a);
        assertEquals(200, b.unordered.size());
        assertEquals(2, a.counter("exchange-unfinished"));
        a.exchangeWith(b);
        assertEquals(250, b.unordered.size());
        assertEquals(2, a.counter("exchange-unfinished"));
        assertEquals(0, b.counter("exchange-unfinished"));
    }

    @Test
    void shouldStopAtItsBytesAndGoOnInTheNext() {
        final ExchangeNode a = new ExchangeNode("a", "exchange.bytes", "1k");
        final ExchangeNode b = new ExchangeNode("b");
        for (int i = 1; i <= 6; i++) {
            a.merge(ORIGIN, INCARNATION, i, i == 3 ? 5_000 : 373);
        }
        advanceMs(SETTLED_MS, a, b);
        final int[] counts = {2, 3, 5, 6};
        for (int i = 0; i < counts.length; i++) {
            a.exchangeWith(b);
            assertEquals(counts[i], b.unordered.size(), "after exchange " + i);
            assertEquals(Math.min(i + 1, 3), a.counter("exchange-unfinished"));
        }
    }

    @Test
    void shouldSendTheOldestFirstWhateverTheOrderInWhichTheyCame() {
        final ExchangeNode a = new ExchangeNode("a").merge(1, 300);
        advanceMs(10_000, a);
        a.merge(301, 400);
        // B has the newer ones first, and the older ones by exchange.
        final ExchangeNode b = new ExchangeNode("b", "exchange.messages", "50").merge(301, 400);
        advanceMs(SETTLED_MS, a, b);
        b.exchangeWith(a);
        assertEquals(400, b.unordered.size());
        final ExchangeNode c = new ExchangeNode("c");
        for (int i = 50; i <= 400; i += 50) {
            b.exchangeWith(c);
            assertEquals(i, c.unordered.size());
            assertTrue(c.retains(i) && !c.retains(i + 1), "the oldest " + i);
        }
    }

    @Test
    void shouldLeaveToTheTreesWhatIsYoung() {
        final ExchangeNode a = new ExchangeNode("a", "exchange.settle", "500ms").merge(1, 5);
        final ExchangeNode b = new ExchangeNode("b");
        advanceMs(450, a);
        a.merge(6, 10);
        advanceMs(100, a);
        a.exchangeWith(b);
        assertEquals(5, b.unordered.size());
        assertFalse(b.retains(6));
        assertEquals(0, a.counter("exchange-unfinished"), "these are not for the next one");
        advanceMs(450, a);
        a.exchangeWith(b);
        assertEquals(10, b.unordered.size());
    }

    @Test
    void shouldLeaveNothingOutWhenThePeerIsKnownToLackMessages() {
        final ExchangeNode a = new ExchangeNode("a").merge(1, 5);
        final ExchangeNode b = new ExchangeNode("b").merge(8, 9);
        a.with(b).needed(true).run();
        assertEquals(7, b.unordered.size());
        assertEquals(5, a.unordered.size(), "the other side goes by the age");
    }

    @Test
    void shouldNotPassOnForEverWhatWasPublishedLongAgo() {
        final ExchangeNode a = new ExchangeNode("a", "retained.age", "10s").merge(1, 3);
        final ExchangeNode b = new ExchangeNode("b", "retained.age", "10s");
        final ExchangeNode c = new ExchangeNode("c", "retained.age", "10s");
        advanceMs(9_000, a, b, c);
        a.exchangeWith(b);
        assertEquals(3, b.unordered.size());
        advanceMs(500, a, b, c);
        b.exchangeWith(c);
        assertEquals(3, c.unordered.size());
        advanceMs(1_000, a, b, c);
        final ExchangeNode d = new ExchangeNode("d");
        assertTrue(c.retains(3), "as every message, for grafts");
        c.exchangeWith(d);
        assertEquals(List.of(), d.unordered);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 9, 10, 11, 100, 16_000, 16_340, 16_384, 65_000, 65_490, 65_509})
    void shouldSendAMessageOfAnyLength(final int length) {
        final ExchangeNode a = new ExchangeNode("a");
        for (int i = 1; i <= 3; i++) {
            a.merge(ORIGIN, INCARNATION, i, length);
        }
        final ExchangeNode b = new ExchangeNode("b");
        advanceMs(SETTLED_MS, a, b);
        assertTrue(a.exchangeWith(b).isCompleted());
        assertEquals(3, b.unordered.size());
        assertTrue(b.retains(3));
        assertArrayEquals(ExchangeNode.payload(3, length), b.node.grafted());
        assertEquals(0, a.counter("exchange-too-long"));
    }

    @Test
    void shouldLeaveOutWhatIsTooLongForThePeer() {
        final ExchangeNode a = new ExchangeNode("a").merge(1, 1);
        a.merge(ORIGIN, INCARNATION, 2, 300);
        a.merge(3, 3);
        final ExchangeNode b = new ExchangeNode("b");
        advanceMs(SETTLED_MS, a, b);
        assertTrue(a.with(b).maxMessageLength(100).run().isCompleted());
        assertTrue(b.retains(1) && !b.retains(2) && b.retains(3));
        assertEquals(1, a.counter("exchange-too-long"));
    }

    @Test
    void shouldIgnoreAPeerWithWhomNoWordCanBeHad() {
        final ExchangeNode a = new ExchangeNode("a");
        assertEquals(
            ExchangeResult.IGNORED, a.with(new ExchangeNode("b")).maxMessageLength(63).run().answer());
    }

    @Test
    void shouldKeepOutOfExchangesThatAreSwitchedOff() {
        final ExchangeNode off = new ExchangeNode("off", "exchange", "false").merge(1, 3);
        final ExchangeNode on = new ExchangeNode("on");
        advanceMs(SETTLED_MS, off, on);
        assertEquals(ExchangeResult.IGNORED, off.exchangeWith(on).answer());
        assertEquals(ExchangeEnd.REFUSED, on.exchangeWith(off).initiatorEnd());
        assertEquals(0, on.unordered.size());
        assertEquals(0, on.counter("exchange-completed"));
    }

    @Test
    void shouldGiveBothIncarnationsOfAnOriginThatRestarted() {
        final ExchangeNode a = new ExchangeNode("a");
        final ExchangeNode b = new ExchangeNode("b");
        a.merge(ORIGIN, 1, 1, 10);
        a.merge(ORIGIN, 2, 1, 10);
        b.merge(ORIGIN, 2, 2, 10);
        advanceMs(SETTLED_MS, a, b);
        a.exchangeWith(b);
        assertEquals(new HashSet<>(a.unordered), new HashSet<>(b.unordered));
        assertEquals(3, b.unordered.size());
    }

    @Test
    void shouldGiveARestartedNodeItsOwnEarlierMessages() {
        final ExchangeNode restarted = new ExchangeNode("r");
        restarted.publish(2);
        final ExchangeNode other = new ExchangeNode("other");
        other.merge(restarted.id(), INCARNATION - 1, 7, 10);
        other.merge(restarted.id(), INCARNATION, 1, 10);
        advanceMs(SETTLED_MS, restarted, other);
        assertTrue(restarted.exchangeWith(other).isCompleted());
        assertEquals(
            List.of(
                key(restarted.id(), INCARNATION, 1),
                key(restarted.id(), INCARNATION, 2),
                key(restarted.id(), INCARNATION - 1, 7)),
            restarted.unordered);
        assertTrue(other.retains(restarted.id(), INCARNATION, 2));
    }

    @Test
    void shouldNotSendWhatIsSupersededAtThePeer() {
        final ExchangeNode a = new ExchangeNode("a");
        a.merge(ORIGIN, 1, 1, 10);
        final ExchangeNode b = new ExchangeNode("b");
        b.merge(ORIGIN, 2, 1, 10);
        b.merge(ORIGIN, 3, 1, 10);
        advanceMs(SETTLED_MS, a, b);
        a.exchangeWith(b);
        assertEquals(0, a.counter("exchange-messages-sent"));
        assertEquals(3, a.unordered.size());
        a.exchangeWith(b);
        assertEquals(0, a.counter("exchange-messages-sent"), "nor what is superseded here");
    }

    @Test
    void shouldNotSendWhatIsOfAnOriginThatItHasForgotten() {
        final ExchangeNode a = new ExchangeNode("a", "origins", "1").merge(1, 3);
        a.merge(ORIGIN + 1, 1, 1, 10);
        final ExchangeNode b = new ExchangeNode("b");
        advanceMs(SETTLED_MS, a, b);
        a.exchangeWith(b);
        assertEquals(List.of(key(ORIGIN + 1, 1, 1)), b.unordered);
    }

    @Test
    void shouldNotBroadcastWhatCameByExchange() {
        final ExchangeNode a = new ExchangeNode("a").merge(1, 3);
        final ExchangeNode b = new ExchangeNode("b");
        advanceMs(SETTLED_MS, a, b);
        a.exchangeWith(b);
        assertEquals(List.of(), b.node.broadcasts());
        assertTrue(b.isStale(ORIGIN, INCARNATION, 3));
    }

    @Test
    void shouldSkipWhatIsRetainedNoLongerWhenItsTurnComes() {
        final ExchangeNode a = new ExchangeNode("a", "retained.messages", "1000");
        for (int i = 1; i <= 100; i++) {
            a.merge(ORIGIN, INCARNATION, i, 10_000);
        }
        final ExchangeNode b = new ExchangeNode("b");
        advanceMs(SETTLED_MS, a, b);
        final ExchangePair pair = a.with(b).windowLength(20_000);
        assertTrue(pair.start());
        for (int i = 0; i < 20; i++) {
            pair.step();
        }
        final int before = b.unordered.size();
        assertTrue(before > 5 && before < 50, "in the midst: " + before);
        for (int i = 101; i <= 1_080; i++) {
            a.merge(ORIGIN, INCARNATION, i, 10);
        }
        while (!pair.isOver()) {
            pair.step();
        }
        assertTrue(pair.outcome().isCompleted());
        assertTrue(b.retains(81) && b.retains(100));
        assertFalse(b.retains(80));
        assertFalse(b.retains(1_070), "nor what took its place");
    }

    @Test
    void shouldAskForAnotherWhereOneOfBothHasMore() {
        final ExchangeNode a = new ExchangeNode("a", "exchange.messages", "50").merge(1, 80);
        final ExchangeNode b = new ExchangeNode("b");
        advanceMs(SETTLED_MS, a, b);
        for (final ExchangePair pair : List.of(a.with(b), b.with(a))) {
            pair.run();
            assertEquals(pair.wantsAgain(), b.unordered.size() < 80);
        }
        assertEquals(80, b.unordered.size());
    }

    @Test
    void shouldLetOnePeerAtATimeTellItWhatItLacks() {
        final ExchangeNode a = new ExchangeNode("a").merge(1, 2_000);
        final ExchangeNode b = new ExchangeNode("b").merge(1, 2_000);
        final ExchangeNode joiner = new ExchangeNode("c");
        advanceMs(SETTLED_MS, a, b, joiner);
        final ExchangePair fromA = a.with(joiner).windowLength(5_000);
        assertTrue(fromA.start());
        fromA.step();
        assertNull(b.with(joiner).run().acceptorEnd(), "b is refused");
        assertEquals(ExchangeResult.BUSY, joiner.with(b).run().answer());
        while (!fromA.isOver()) {
            fromA.step();
        }
        b.exchangeWith(joiner);
        assertEquals(2_000, joiner.unordered.size());
        assertEquals(0, joiner.counter("exchange-duplicates"));
    }

    @Test
    void shouldServeTwoPeersAtOnce() {
        final ExchangeNode a = new ExchangeNode("a").merge(1, 2_000);
        final ExchangeNode b = new ExchangeNode("b");
        final ExchangeNode c = new ExchangeNode("c").merge(2_001, 2_100);
        advanceMs(SETTLED_MS, a, b, c);
        final ExchangePair toB = a.with(b).windowLength(5_000);
        final ExchangePair fromC = c.with(a).windowLength(5_000);
        assertTrue(toB.start() && fromC.start());
        while (!toB.isOver() || !fromC.isOver()) {
            if (!toB.isOver()) {
                toB.step();
            }
            if (!fromC.isOver()) {
                fromC.step();
            }
        }
        assertEquals(2_100, a.unordered.size());
        assertEquals(2_100, c.unordered.size());
        assertTrue(b.unordered.size() >= 2_000);
        assertEquals(List.of(), a.node.errors());
    }
}
