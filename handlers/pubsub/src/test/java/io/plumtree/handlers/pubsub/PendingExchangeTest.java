package io.plumtree.handlers.pubsub;

import static io.plumtree.handlers.pubsub.ExchangeNode.advanceMs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.handlers.testkit.ExchangePair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gaps that wait for exchanges which the engine says are still to come. */
class PendingExchangeTest {
    private final List<String> expected = new ArrayList<>();

    private static ExchangeNode withGap(final String... options) {
        final ExchangeNode node = new ExchangeNode("a", options).withOrdered();
        node.merge(1, 1).merge(3, 3);
        node.node.exchangePending(true);
        advanceMs(1, node);
        return node;
    }

    @Test
    void shouldWaitForAnExchangeThatIsStillToCome() {
        final ExchangeNode a = withGap();
        final ExchangeNode b = new ExchangeNode("b").merge(1, 3);
        advanceMs(10_000, a, b);
        expect(1, 1);
        assertEquals(expected, a.ordered);
        a.exchangeWith(b);
        expect(2, 3);
        assertEquals(expected, a.ordered);
        assertEquals(0, a.counter("gaps"));
    }

    @Test
    void shouldAskForExchangesOnceTheGapIsOlderThanItsTimeout() {
        final ExchangeNode a = withGap();
        advanceMs(900, a);
        assertEquals(0, a.node.exchangeRequests(), "the tree may bring it");
        advanceMs(600, a);
        final int requests = a.node.exchangeRequests();
        assertTrue(requests > 0, "none");
        a.merge(2, 2);
        advanceMs(5_000, a);
        assertEquals(requests, a.node.exchangeRequests(), "nothing is lacking");
    }

    @Test
    void shouldGiveAGapUpWhenNoExchangeIsToComeAnyMore() {
        final ExchangeNode a = withGap();
        advanceMs(5_000, a);
        a.node.exchangePending(false);
        expect(1, 1);
        assertEquals(expected, a.ordered);
        advanceMs(100, a);
        expectGap(2, 2).expect(3, 3);
        assertEquals(expected, a.ordered);
        assertEquals(1, a.counter("gaps"));
    }

    /** As where no link comes up again. */
    @Test
    void shouldTellAGapOnceWhereThePendingExchangeDoesNotComeWithinTheBound() {
        final ExchangeNode a = withGap("holdback.exchange", "5s");
        advanceMs(4_999, a);
        expect(1, 1);
        assertEquals(expected, a.ordered);
        advanceMs(100, a);
        expectGap(2, 2).expect(3, 3);
        assertEquals(expected, a.ordered);
        advanceMs(60_000, a);
        assertEquals(expected, a.ordered);
        assertEquals(1, a.counter("gaps"));
    }

    @Test
    void shouldNotWaitForExchangesThatItTakesNoPartIn() {
        final ExchangeNode a = withGap("exchange", "false");
        advanceMs(1_000, a);
        expect(1, 1).expectGap(2, 2).expect(3, 3);
        assertEquals(expected, a.ordered);
        assertEquals(0, a.node.exchangeRequests());
    }

    /** Its publisher is gone, or keeps it no more: nobody else has what a peer that has seen it could not send. */
    @Test
    void shouldNotWaitForOthersWhenAPeerHasSeenAllOfTheGapAndCouldNotSendIt() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered().merge(1, 1).merge(4, 4);
        final ExchangeNode b = new ExchangeNode("b", "retained.messages", "1").merge(1, 4);
        a.node.exchangePending(true);
        advanceMs(3_000, a, b);
        a.exchangeWith(b);
        advanceMs(100, a);
        expect(1, 1).expectGap(2, 3).expect(4, 4);
        assertEquals(expected, a.ordered);
    }

    @Test
    void shouldWaitOnWhenThePeerHasSeenButAPartOfTheGap() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered().merge(1, 1).merge(4, 4);
        final ExchangeNode b = new ExchangeNode("b", "retained.messages", "1").merge(1, 2).merge(4, 4);
        final ExchangeNode c = new ExchangeNode("c").merge(1, 4);
        a.node.exchangePending(true);
        advanceMs(3_000, a, b, c);
        a.exchangeWith(b);
        advanceMs(3_000, a);
        a.exchangeWith(c);
        expect(1, 4);
        assertEquals(expected, a.ordered);
    }

    /** The trees were to bring it, and did not. */
    @Test
    void shouldWaitOnWhenThePeerHasLeftOutWhatWasTooYoung() {
        final ExchangeNode b = new ExchangeNode("b").merge(1, 3);
        final ExchangeNode a = withGap();
        advanceMs(500, a, b);
        a.exchangeWith(b);
        advanceMs(2_500, a, b);
        expect(1, 1);
        assertEquals(expected, a.ordered);
        a.exchangeWith(b);
        expect(2, 3);
        assertEquals(expected, a.ordered);
    }

    /** An exchange that began before says nothing of a gap that was seen later. */
    @Test
    void shouldNotTakeAnEarlierExchangeForAnAnswer() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered().merge(1, 1);
        final ExchangeNode b = new ExchangeNode("b").merge(1, 3);
        a.node.exchangePending(true);
        a.exchangeWith(b);
        advanceMs(500, a, b);
        a.merge(3, 3);
        advanceMs(5_000, a, b);
        expect(1, 1);
        assertEquals(expected, a.ordered);
        a.exchangeWith(b);
        expect(2, 3);
        assertEquals(expected, a.ordered);
    }

    /** Where it was sent on before the other one had it. */
    @Test
    void shouldAskAPeerAnewThatWaitsForTheSameItself() {
        final ExchangeNode a = withGap();
        final ExchangeNode b = withGap();
        advanceMs(1_500, a, b);
        final ExchangePair pair = a.with(b);
        pair.run();
        assertTrue(pair.isUnsettled());
        assertFalse(pair.wantsAgain(), "in turn, and not at once");
    }

    @Test
    void shouldTakeAPeerForSettledThatHasGivenTheSameUp() {
        final ExchangeNode a = withGap();
        final ExchangeNode b = new ExchangeNode("b").withOrdered().merge(1, 1).merge(3, 3);
        advanceMs(1_500, a, b);
        assertEquals(1, b.counter("gaps"));
        assertFalse(isUnsettled(a, b));
    }

    /** It waits for another one. */
    @Test
    void shouldTakeAPeerForSettledThatHasGivenTheSameUpAndWaitsForMore() {
        final ExchangeNode a = withGap();
        final ExchangeNode b = new ExchangeNode("b").withOrdered().merge(1, 1).merge(3, 3);
        advanceMs(1_500, a, b);
        b.merge(5, 5);
        assertFalse(isUnsettled(a, b));
        a.merge(5, 5);
        assertTrue(isUnsettled(a, b));
    }

    /** Nothing waits at a peer without ordered subscribers; it may get it all the same. */
    @Test
    void shouldAskAPeerAnewThatIsMissingTheSameAndHasNoOrderedSubscribers() {
        final ExchangeNode a = withGap();
        final ExchangeNode b = new ExchangeNode("b").merge(1, 1).merge(3, 3);
        advanceMs(1_500, a, b);
        assertTrue(isUnsettled(a, b));
        advanceMs(28_400, b);
        assertTrue(isUnsettled(a, b));
        advanceMs(200, b);
        assertFalse(isUnsettled(a, b), "it had time enough");
    }

    /** It has had its first exchange, and others may have been here no longer. */
    @Test
    void shouldTakeAPeerForSettledThatHasJoinedLateToo() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered().merge(9, 9);
        a.node.exchangePending(true);
        final ExchangeNode b = new ExchangeNode("b").merge(9, 9);
        advanceMs(900, a, b);
        assertTrue(isUnsettled(a, b));
        advanceMs(200, a, b);
        assertFalse(isUnsettled(a, b));
    }

    @Test
    void shouldAskAPeerAnewThatHasNotComeSoFar() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered().merge(1, 1).merge(4, 4);
        a.node.exchangePending(true);
        final ExchangeNode b = new ExchangeNode("b").merge(1, 2);
        final ExchangeNode c = new ExchangeNode("c");
        advanceMs(3_000, a, b, c);
        assertTrue(isUnsettled(a, b));
        assertTrue(isUnsettled(a, c));
    }

    /** The peer has never heard of that run, and will hear of it from nobody but by chance. */
    @Test
    void shouldTakeAPeerForSettledThatKnowsALaterRunAlone() {
        final ExchangeNode a = withGap();
        final ExchangeNode b = new ExchangeNode("b");
        b.merge(ExchangeNode.ORIGIN, ExchangeNode.INCARNATION + 1, 1, 10);
        advanceMs(1_500, a, b);
        assertFalse(isUnsettled(a, b));
    }

    @Test
    void shouldTakeAPeerForSettledThatHasSeenItAll() {
        final ExchangeNode a = withGap();
        final ExchangeNode b = new ExchangeNode("b", "retained.messages", "1").merge(1, 3);
        advanceMs(1_500, a, b);
        assertFalse(isUnsettled(a, b));
    }

    /** What is behind the gap is old, but has come to the peer only now. */
    @Test
    void shouldReckonFromWhenThePeerHasGotWhatIsBehindTheGap() {
        final ExchangeNode c = new ExchangeNode("c").merge(1, 1).merge(3, 3);
        advanceMs(10_000, c);
        final ExchangeNode a = withGap();
        final ExchangeNode b = new ExchangeNode("b").merge(1, 1);
        advanceMs(1_500, a, b);
        b.exchangeWith(c);
        assertTrue(isUnsettled(a, b));
    }

    @Test
    void shouldAskAPeerAnewThatIsMissingTheSameFromTheBeginning() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered().merge(3, 3);
        final ExchangeNode b = new ExchangeNode("b").withOrdered().merge(3, 3);
        a.node.exchangePending(true);
        b.node.exchangePending(true);
        advanceMs(1_500, a, b);
        assertTrue(isUnsettled(a, b));
    }

    /** Of whichever of its publisher's runs. */
    @Test
    void shouldAskAPeerAnewThatIsMissingTheSameOfOneOfTwoRuns() {
        for (int missing = 0; missing < 2; missing++) {
            final ExchangeNode a = new ExchangeNode("a").withOrdered();
            final ExchangeNode b = new ExchangeNode("b").withOrdered();
            for (final ExchangeNode node : new ExchangeNode[] {a, b}) {
                for (int run = 0; run < 2; run++) {
                    node.merge(ExchangeNode.ORIGIN, ExchangeNode.INCARNATION + run, 1, 10);
                    node.merge(ExchangeNode.ORIGIN, ExchangeNode.INCARNATION + run, run == missing ? 3 : 2, 10);
                }
                node.node.exchangePending(true);
            }
            advanceMs(1_500, a, b);
            assertTrue(isUnsettled(a, b), "run " + missing);
        }
    }

    /** What it has published itself nobody can bring it. */
    @Test
    void shouldTakeThePublisherForSettledThatKeepsItNoMore() {
        final ExchangeNode a = new ExchangeNode("a", "retained.messages", "1");
        a.publish(3);
        final ExchangeNode b = new ExchangeNode("b").withOrdered();
        b.merge(a.id(), ExchangeNode.INCARNATION, 1, 10);
        b.merge(a.id(), ExchangeNode.INCARNATION, 3, 10);
        b.node.exchangePending(true);
        advanceMs(1_500, a, b);
        assertFalse(isUnsettled(b, a));
    }

    private static boolean isUnsettled(final ExchangeNode node, final ExchangeNode peer) {
        final ExchangePair pair = node.with(peer);
        pair.run();
        return pair.isUnsettled();
    }

    @Test
    void shouldAskAPeerAnewThatLeftOutWhatWasTooYoungInAHole() {
        final ExchangeNode a = withGap();
        advanceMs(1_500, a);
        final ExchangeNode b = new ExchangeNode("b").merge(1, 3);
        final ExchangePair pair = a.with(b);
        pair.run();
        assertTrue(pair.isUnsettled());
        expect(1, 1);
        assertEquals(expected, a.ordered);
        final ExchangeNode c = new ExchangeNode("c").merge(1, 1).merge(3, 3);
        advanceMs(31_000, c);
        c.merge(4, 4);
        final ExchangePair settled = a.with(c);
        settled.run();
        assertFalse(settled.isUnsettled(), "the trees bring the last one");
    }

    @Test
    void shouldNotTakeThatForAnAnswer() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered().merge(1, 1);
        // Here, the one behind the gap is old; there, it has only come now.
        a.merge(3, 3);
        a.node.exchangePending(true);
        advanceMs(5_000, a);
        final ExchangeNode b = new ExchangeNode("b").merge(1, 3);
        a.exchangeWith(b);
        advanceMs(200, a);
        expect(1, 1);
        assertEquals(expected, a.ordered);
        advanceMs(3_000, b);
        a.exchangeWith(b);
        expect(2, 3);
        assertEquals(expected, a.ordered);
    }

    /** Otherwise what is behind it would be sent, and it would be taken for lost. */
    @Test
    void shouldTakeWhatComesLateForAsOldAsWhatWasPublishedAfterIt() {
        final ExchangeNode b = new ExchangeNode("b").merge(1, 1).merge(3, 3);
        advanceMs(3_000, b);
        b.merge(2, 2);
        final ExchangeNode a = new ExchangeNode("a").withOrdered();
        a.exchangeWith(b);
        expect(1, 3);
        assertEquals(expected, a.ordered);
    }

    /** It may have come since from another one. */
    @Test
    void shouldAskOthersForWhatACutOffExchangeWasToBring() {
        final ExchangeNode a = withGap();
        final ExchangeNode b = new ExchangeNode("b").merge(1, 3);
        advanceMs(3_000, a, b);
        // After the digests, and before what was asked for.
        a.with(b).loseLinkAfter(2).run();
        expect(1, 1);
        assertEquals(expected, a.ordered);
        final int before = a.node.exchangeRequests();
        advanceMs(1_000, a);
        assertEquals(expected, a.ordered);
        assertTrue(a.node.exchangeRequests() > before, "none");
    }

    private PendingExchangeTest expect(final long from, final long to) {
        for (long sequence = from; sequence <= to; sequence++) {
            expected.add(String.valueOf(sequence));
        }
        return this;
    }

    private PendingExchangeTest expectGap(final long from, final long to) {
        expected.add("gap " + from + "-" + to);
        return this;
    }
}
