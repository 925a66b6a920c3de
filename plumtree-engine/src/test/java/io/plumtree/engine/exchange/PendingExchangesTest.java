package io.plumtree.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.handlers.spi.ExchangeResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a handler is told of exchanges that are still to come, and what comes of asking. Node a is looked at. */
class PendingExchangesTest {
    private static final long PERIOD_MS = 10_000;

    private ExchangeNet net;
    private ExchangeNode a;
    private long lackingSinceNs;

    private void start(final int size, final ExchangeOptions options) {
        net = new ExchangeNet(size, options, "kv");
        a = net.node(0);
        for (int i = 1; i < size; i++) {
            net.node(i).handler().asked = (peer, session) -> ExchangeResult.IGNORED;
        }
    }

    private static ExchangeOptions options() {
        return new ExchangeOptions().tickPeriodNs(PERIOD_MS * ExchangeNet.MS);
    }

    private void allUp() {
        for (int peer = 1; peer < net.nodes.size(); peer++) {
            net.up(0, peer);
        }
    }

    private boolean isPending() {
        return a.exchanges.isPending(0, lackingSinceNs);
    }

    private List<String> calls() {
        return a.handler().calls.stream().filter(call -> call.startsWith("exchange")).toList();
    }

    /** Lets time pass, in which the handler asks at each lazy tick, and exchanges are completed as soon as they run. */
    private void request(final long ms) {
        for (long i = 0; i < ms; i += 100) {
            a.exchanges.request(0, lackingSinceNs);
            net.run(100);
            complete();
        }
    }

    private void complete() {
        a.handler().sides.forEach(side -> side.session.complete());
    }

    /** Links that have long been up, all of whose peers have been asked. */
    private void settle() {
        allUp();
        lacks();
        request(30_000);
        assertFalse(isPending());
        a.handler().calls.clear();
    }

    /** From now on something is lacking. */
    private void lacks() {
        lackingSinceNs = net.nowNs;
    }

    @Test
    void shouldBePendingUntilAnExchangeIsCompletedThatBeganSince() {
        start(2, options());
        allUp();
        lacks();
        net.run(300);
        complete();
        net.run(10);
        assertEquals(1, calls().size());
        assertFalse(isPending());
        lacks();
        assertTrue(isPending(), "an earlier one says nothing");
        net.run(PERIOD_MS);
        assertEquals(2, calls().size());
        assertTrue(isPending(), "it runs");
        complete();
        net.run(10);
        assertFalse(isPending());
    }

    @Test
    void shouldTakeAnExchangeThatThePeerHasInitiatedForOneToo() {
        start(2, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        lacks();
        a.handler().accepting = a.handler()::run;
        net.node(1).handler().asked = net.node(1).handler()::run;
        net.node(1).due.mark(0);
        net.run(20);
        assertTrue(isPending(), "it runs");
        complete();
        net.run(10);
        assertFalse(isPending());
        assertEquals(List.of(), a.handler().calls.stream().filter(call -> call.startsWith("exchange")).toList());
    }

    @Test
    void shouldAskAPeerAnewThatWasUnsettledAndNotForEver() {
        start(2, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        lacks();
        for (int i = 1; i < AskedPeers.MAX_UNSETTLED; i++) {
            unsettled(i);
            assertTrue(isPending());
        }
        unsettled(AskedPeers.MAX_UNSETTLED);
        assertFalse(isPending(), "all wait for each other");
    }

    /** What it waits for itself takes its time. */
    @Test
    void shouldLeaveAnUnsettledPeerASecond() {
        start(2, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        lacks();
        unsettled(1);
        request(900);
        assertEquals(1, calls().size());
        assertTrue(isPending());
        request(700);
        assertEquals(2, calls().size());
        assertFalse(isPending());
    }

    @Test
    void shouldCountOnlyHowManyInARowWereUnsettled() {
        start(2, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        lacks();
        for (int i = 1; i < AskedPeers.MAX_UNSETTLED; i++) {
            unsettled(i);
        }
        request(2_000);
        assertFalse(isPending());
        lacks();
        unsettled(AskedPeers.MAX_UNSETTLED + 1);
        assertTrue(isPending());
    }

    @Test
    void shouldCountAnewForAPeerWhoseLinkWasLost() {
        start(2, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        lacks();
        for (int i = 1; i < AskedPeers.MAX_UNSETTLED; i++) {
            unsettled(i);
        }
        net.down(0, 1);
        net.up(0, 1);
        unsettled(AskedPeers.MAX_UNSETTLED);
        assertTrue(isPending());
    }

    private void unsettled(final int expectedCalls) {
        for (int i = 0; i < 20 && calls().size() < expectedCalls; i++) {
            a.exchanges.request(0, lackingSinceNs);
            net.run(100);
        }
        assertEquals(expectedCalls, calls().size());
        a.handler().sides.forEach(side -> side.session.unsettled());
        complete();
        net.run(10);
    }

    @Test
    void shouldAskOthersBeforeAnUnsettledPeerIsAskedAnew() {
        start(3, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        lacks();
        unsettled(1);
        unsettled(2);
        assertEquals(2, Set.copyOf(calls()).size(), () -> calls().toString());
    }

    @Test
    void shouldHaveAnExchangeWithEachPeerSoonWhereItIsAskedFor() {
        start(5, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        final long before = a.count(ExchangeCounter.REQUESTED);
        lacks();
        request(6_000);
        final Set<String> met = new HashSet<>(calls());
        assertEquals(Set.of("exchange b", "exchange c", "exchange d", "exchange e"), met);
        assertFalse(isPending());
        assertEquals(4, a.count(ExchangeCounter.REQUESTED) - before);
    }

    /** Its link is slow, or it stands still. */
    @Test
    void shouldAskOthersWhileOneExchangeTakesLong() {
        start(4, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        lacks();
        for (long i = 0; i < 1_900; i += 100) {
            a.exchanges.request(0, lackingSinceNs);
            net.run(100);
        }
        assertEquals(1, calls().size(), "one at a time");
        for (long i = 0; i < 10_000; i += 100) {
            a.exchanges.request(0, lackingSinceNs);
            net.run(100);
        }
        assertEquals(3, calls().size(), () -> calls().toString());
        assertEquals(Set.of("exchange b", "exchange c", "exchange d"), Set.copyOf(calls()), "each once");
        assertTrue(isPending());
        complete();
        net.run(10);
        assertFalse(isPending());
    }

    @Test
    void shouldLeaveItToTheTicksWhereNobodyAsks() {
        start(5, options());
        allUp();
        net.run(9_000);
        assertEquals(1, calls().size());
        assertEquals(0, a.count(ExchangeCounter.REQUESTED));
    }

    @Test
    void shouldStartNothingOnRequestWhereAllHaveBeenAsked() {
        start(3, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        request(20_000);
        assertEquals(List.of(), calls());
    }

    @Test
    void shouldWaitForAPeerThatWasLostLately() {
        start(4, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        net.down(0, 2);
        request(50_000);
        assertEquals(List.of(), calls());
        assertTrue(isPending());
        net.up(0, 2);
        request(3_000);
        assertEquals(Set.of("exchange c"), Set.copyOf(calls()));
        assertFalse(isPending());
        net.down(0, 2);
        request(61_000);
        assertFalse(isPending(), "not for ever");
    }

    @Test
    void shouldNotWaitForAPeerThatHasGone() {
        start(4, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        net.part(0, 2);
        assertFalse(isPending());
    }

    @Test
    void shouldBePendingWhileNoLinkIsUp() {
        start(2, options());
        assertTrue(isPending());
        settle();
        net.down(0, 1);
        net.run(100_000);
        assertTrue(isPending());
    }

    @Test
    void shouldBePendingWhileAPeerThatIsUpIsMarkedAndUntilItsExchangeHasEnded() {
        start(3, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        a.handler().asked = (peer, session) -> ExchangeResult.BUSY;
        a.due.mark(1);
        net.run(1_000);
        assertTrue(isPending());
        a.handler().asked = a.handler()::run;
        net.run(300);
        assertTrue(isPending(), "it runs");
        complete();
        net.run(300);
        assertFalse(isPending());
    }

    @Test
    void shouldNotBePendingForAMarkedPeerThatIsAway() {
        start(3, options());
        settle();
        net.part(0, 1);
        a.due.mark(1);
        request(6_000);
        assertFalse(isPending());
    }

    @Test
    void shouldNotLookAgainAndAgainForAMarkedPeerThatIsAway() {
        start(3, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        net.part(0, 1);
        a.due.mark(1);
        net.run(10);
        assertTrue(a.exchanges.waitNs(net.nowNs) > 1_000 * ExchangeNet.MS);
    }

    @Test
    void shouldAskAPeerThatWasBusyOnceMore() {
        start(2, options());
        allUp();
        net.node(1).handler().accepting = (peer, session) -> ExchangeResult.BUSY;
        request(6_000);
        assertTrue(isPending());
        net.node(1).handler().accepting = net.node(1).handler()::run;
        request(2_000);
        assertFalse(isPending());
    }

    @Test
    void shouldNotWaitForPeersWithoutTheHandler() {
        start(2, options());
        net.node(1).handler().accepting = (peer, session) -> ExchangeResult.IGNORED;
        allUp();
        net.run(300);
        assertEquals(1, calls().size());
        assertFalse(isPending());
    }

    @Test
    void shouldAskAPeerOnceMoreWithWhomAnExchangeHasFailedAndThenNoMore() {
        start(2, options());
        allUp();
        net.node(1).handler().accepting = (peer, session) -> ExchangeResult.FAILED;
        lacks();
        for (int failed = 1; failed <= 2; failed++) {
            assertTrue(isPending());
            for (int i = 0; i < 100 && a.count(ExchangeCounter.FAILED) < failed; i++) {
                request(100);
            }
            assertEquals(failed, a.count(ExchangeCounter.FAILED));
        }
        assertFalse(isPending());
    }

    @Test
    void shouldCountOnlyFailuresInARow() {
        start(2, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        allUp();
        lacks();
        failOnce();
        assertTrue(isPending());
        net.node(1).handler().accepting = net.node(1).handler()::run;
        request(30_000);
        assertFalse(isPending());
        lacks();
        failOnce();
        assertTrue(isPending());
    }

    private void failOnce() {
        net.node(1).handler().accepting = (peer, session) -> ExchangeResult.FAILED;
        final long before = a.count(ExchangeCounter.FAILED);
        for (int i = 0; i < 1_000 && a.count(ExchangeCounter.FAILED) == before; i++) {
            request(100);
        }
        assertEquals(before + 1, a.count(ExchangeCounter.FAILED));
    }

    /** Both sides have initiated one; the earlier one takes longer. */
    @Test
    void shouldNotForgetALaterExchangeThatEndedBeforeAnEarlierOne() {
        start(2, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        lacks();
        a.handler().accepting = a.handler()::run;
        net.node(1).handler().asked = net.node(1).handler()::run;
        final int before = a.handler().sides.size();
        a.exchanges.request(0, lackingSinceNs);
        net.run(100);
        lacks();
        net.node(1).due.mark(0);
        net.run(100);
        assertEquals(before + 2, a.handler().sides.size());
        a.handler().sides.get(before + 1).session.complete();
        net.run(10);
        assertFalse(isPending());
        a.handler().sides.get(before).session.complete();
        net.run(10);
        assertFalse(isPending());
    }

    @Test
    void shouldNotBePendingWhereExchangesAreOff() {
        start(2, options().tickPeriodNs(0));
        allUp();
        net.run(10);
        assertFalse(isPending());
        a.exchanges.request(0, lackingSinceNs);
        net.run(10_000);
        assertEquals(List.of(), calls());
        start(2, options().limit(0));
        allUp();
        net.run(10);
        assertFalse(isPending());
    }
}
