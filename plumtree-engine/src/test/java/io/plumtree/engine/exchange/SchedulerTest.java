package io.plumtree.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.ExchangeSelection;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When exchanges are started, with whom, and how many. Node 0 is looked at; others take part. */
class SchedulerTest {
    private static final long PERIOD_MS = 10_000;

    private ExchangeNet net;
    private ExchangeNode a;

    private static ExchangeOptions options() {
        return new ExchangeOptions().tickPeriodNs(PERIOD_MS * ExchangeNet.MS);
    }

    private void start(final int size, final ExchangeOptions options, final String... handlers) {
        net = new ExchangeNet(size, options, handlers);
        a = net.node(0);
        for (int i = 1; i < size; i++) {
            // They start nothing by themselves.
            net.node(i).handlers.forEach(handler -> handler.asked = (peer, session) -> ExchangeResult.IGNORED);
        }
    }

    private void answerAllWith(final ExchangeResult result) {
        net.nodes.forEach(node -> node.handlers.forEach(handler -> handler.asked = (peer, session) -> result));
    }

    private List<String> calls(final int handler) {
        return a.handlers.get(handler).calls.stream().filter(call -> call.startsWith("exchange")).toList();
    }

    private void completeAll() {
        for (final ScriptedHandler handler : a.handlers) {
            handler.sides.forEach(side -> side.session.complete());
        }
        net.run(3);
    }

    // ---- ticks

    @Test
    void shouldStartSoonAfterTheFirstLinkAndThenOnceInAPeriod() {
        start(2, options(), "kv");
        answerAllWith(ExchangeResult.DONE);
        net.run(60_000);
        assertEquals(List.of(), calls(0));
        net.up(0, 1);
        net.run(1_000);
        assertEquals(1, calls(0).size());
        net.run(PERIOD_MS * 10);
        assertEquals(11, calls(0).size());
    }

    @Test
    void shouldStartNothingWhereThePeriodIsZeroAndFollowItsChanges() {
        start(2, options().tickPeriodNs(0), "kv");
        answerAllWith(ExchangeResult.DONE);
        net.up(0, 1);
        net.run(100_000);
        assertEquals(0, calls(0).size());
        a.exchanges.tickPeriodNs(100 * ExchangeNet.MS);
        assertEquals(100 * ExchangeNet.MS, a.exchanges.tickPeriodNs());
        net.run(1_000);
        assertTrue(calls(0).size() >= 9 && calls(0).size() <= 10, () -> "calls " + calls(0).size());
        a.exchanges.tickPeriodNs(0);
        final int before = calls(0).size();
        net.run(100_000);
        assertEquals(before, calls(0).size());
    }

    @Test
    void shouldTickOnceForABurstOfLinksThatComeBack() {
        start(8, options(), "kv");
        answerAllWith(ExchangeResult.DONE);
        for (int peer = 1; peer < 8; peer++) {
            net.up(0, peer);
        }
        net.run(PERIOD_MS / 2);
        assertEquals(1, calls(0).size());
        for (int peer = 4; peer < 8; peer++) {
            net.down(0, peer);
        }
        net.run(100);
        for (int peer = 4; peer < 8; peer++) {
            net.up(0, peer);
            net.run(50);
        }
        net.run(1_000);
        assertEquals(2, calls(0).size());
        // And with one of those that came back.
        assertTrue("exchange e, exchange f, exchange g, exchange h".contains(calls(0).get(1)), calls(0).get(1));
    }

    @Test
    void shouldNotAllTurnToASinglePeerThatComesBack() {
        start(8, options(), "kv");
        answerAllWith(ExchangeResult.DONE);
        for (int peer = 1; peer < 8; peer++) {
            net.up(0, peer);
        }
        net.run(PERIOD_MS);
        final Set<String> met = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            net.down(0, 1);
            net.up(0, 1);
            a.handler().calls.clear();
            net.run(PERIOD_MS);
            met.add(calls(0).get(0));
        }
        assertTrue(met.size() > 4, () -> "met " + met);
    }

    // ---- handlers and limits

    @Test
    void shouldTakeHandlersInTurnWhereTheLimitDoesNotDoForAll() {
        start(2, options().limit(1), "h0", "h1", "h2");
        net.up(0, 1);
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            net.run(PERIOD_MS);
            assertEquals(1, a.exchanges.initiated(net.nowNs).size());
            for (int handler = 0; handler < 3; handler++) {
                if (!calls(handler).isEmpty()) {
                    order.add(handler);
                    a.handlers.get(handler).calls.clear();
                }
            }
            completeAll();
        }
        assertEquals(List.of(0, 1, 2, 0, 1, 2), order);
        assertEquals(6, a.count(ExchangeCounter.LIMITED));
    }

    @Test
    void shouldStartNoSecondExchangeOfAHandlerWhileOneRuns() {
        start(2, options(), "h0", "h1");
        net.up(0, 1);
        net.run(1_000);
        a.handlers.get(0).last().session.complete();
        net.run(PERIOD_MS);
        assertEquals(2, calls(0).size());
        assertEquals(1, calls(1).size());
        assertEquals(2, a.exchanges.initiated(net.nowNs).size());
    }

    @Test
    void shouldStartNothingWhereTheLimitIsZero() {
        start(2, options().limit(0), "kv");
        net.up(0, 1);
        a.due.mark(1);
        net.run(PERIOD_MS * 3);
        assertEquals(List.of(), calls(0));
        assertEquals(0, a.count(ExchangeCounter.LIMITED));
    }

    @Test
    void shouldTellPeersToComeLaterWhereTooManyRun() {
        start(2, options().inboundLimit(2), "h0", "h1", "h2");
        net.up(0, 1);
        net.run(1_000);
        final ExchangeNode b = net.node(1);
        assertEquals(1, b.count(ExchangeCounter.BUSY_SENT));
        assertEquals(1, a.count(ExchangeCounter.BUSY_RECEIVED));
        assertEquals(2, b.count(ExchangeCounter.ACCEPTED));
        assertEquals(2, a.exchanges.initiated(net.nowNs).size());
        assertEquals(List.of(ExchangeEnd.REFUSED), a.handlers.get(2).last().ends);
        completeAll();
        net.run(PERIOD_MS);
        assertEquals(4, b.count(ExchangeCounter.ACCEPTED));
    }

    // ---- choice

    private Set<String> met(final int ticks) {
        a.handler().calls.clear();
        net.run(PERIOD_MS * ticks);
        return new HashSet<>(calls(0));
    }

    private void linkInTree(final int root, final int... peers) {
        for (final int peer : peers) {
            a.treeLinks.add(root + " " + peer);
        }
    }

    @Test
    void shouldPreferPeersThatTheTreeDoesNotLeadTo() {
        start(5, options(), "kv");
        answerAllWith(ExchangeResult.DONE);
        for (int peer = 1; peer < 4; peer++) {
            net.up(0, peer);
        }
        for (int root = 1; root < 5; root++) {
            linkInTree(root, 1, 3);
        }
        net.run(2_000);
        assertEquals(Set.of("exchange c"), met(20));
        for (int root = 1; root < 5; root++) {
            linkInTree(root, 2);
        }
        assertEquals(Set.of("exchange b", "exchange c", "exchange d"), met(60));
    }

    @Test
    void shouldLookAtTheTreesOfConnectedMembersOnly() {
        start(4, options(), "kv");
        answerAllWith(ExchangeResult.DONE);
        net.up(0, 1);
        net.up(0, 2);
        linkInTree(1, 1);
        linkInTree(2, 1);
        // In the tree of d, which is away, the other one would be chosen.
        linkInTree(3, 2);
        net.run(2_000);
        assertEquals(Set.of("exchange c"), met(30));
    }

    @Test
    void shouldChooseAnyConnectedPeerWhereToldTo() {
        start(5, options().selection(ExchangeSelection.NORMAL), "kv");
        answerAllWith(ExchangeResult.DONE);
        for (int peer = 1; peer < 4; peer++) {
            net.up(0, peer);
        }
        for (int root = 1; root < 5; root++) {
            linkInTree(root, 1, 3);
        }
        net.run(2_000);
        assertEquals(Set.of("exchange b", "exchange c", "exchange d"), met(60));
    }

    // ---- marked peers

    @Test
    void shouldExchangeAtOnceWithAMarkedPeerForEachHandler() {
        start(3, options().tickPeriodNs(0), "h0", "h1");
        net.up(0, 1);
        net.up(0, 2);
        a.due.mark(2);
        a.due.mark(2);
        net.run(1);
        assertEquals(List.of("exchange c needed"), calls(0));
        assertEquals(List.of("exchange c needed"), calls(1));
        assertEquals(1, a.count(ExchangeCounter.MARKED));
        assertTrue(a.handler().last().session.isNeeded());
        net.run(1);
        assertFalse(net.node(2).handler().last().session.isNeeded());
        completeAll();
        net.run(5_000);
        assertEquals(1, calls(0).size());
    }

    @Test
    void shouldPauseBetweenExchangesWithAPeerThatIsMarkedAgainAndAgain() {
        start(2, options().tickPeriodNs(0), "kv");
        net.up(0, 1);
        for (int i = 0; i < 1_000; i++) {
            a.due.mark(1);
            net.run(1);
            completeAll();
        }
        // About four seconds, and a pause of 250 ms after each.
        assertTrue(calls(0).size() >= 14 && calls(0).size() <= 17, () -> calls(0).size() + " exchanges");
    }

    @Test
    void shouldPauseEvenWhenTheHandlerIgnoresIt() {
        start(2, options().tickPeriodNs(0), "kv");
        answerAllWith(ExchangeResult.IGNORED);
        net.up(0, 1);
        for (int i = 0; i < 1_000; i++) {
            a.due.mark(1);
            net.run(1);
        }
        assertEquals(4, calls(0).size());
    }

    @Test
    void shouldTellWhenAPeerNeedsNoExchangeAnyMore() {
        start(2, options().tickPeriodNs(0), "h0", "h1");
        net.up(0, 1);
        a.due.mark(1);
        net.run(1);
        assertEquals(List.of(), a.exchanged);
        a.due.mark(1);
        completeAll();
        assertEquals(List.of("1+", "1+"), a.exchanged, "what was marked while they ran is not far behind");
        net.run(300);
        net.down(0, 1);
        assertEquals(List.of("1+", "1+"), a.exchanged, "lost with the link");
        net.up(0, 1);
        net.run(300);
        completeAll();
        assertEquals(List.of("1+", "1+", "1+", "1+"), a.exchanged);
    }

    @Test
    void shouldKeepTheMarkWhileTheLinkIsDown() {
        start(2, options().tickPeriodNs(0), "kv");
        a.due.mark(1);
        net.run(1_000);
        assertEquals(List.of(), calls(0));
        net.up(0, 1);
        net.run(1);
        assertEquals(1, calls(0).size());
        // And when it is lost before the exchange has done its work.
        net.down(0, 1);
        net.run(1_000);
        net.up(0, 1);
        net.run(300);
        assertEquals(2, calls(0).size());
        assertEquals(1, a.count(ExchangeCounter.MARKED));
    }

    @Test
    void shouldKeepTheMarkWhileTheLimitIsReached() {
        start(4, options().tickPeriodNs(0).limit(2), "h0", "h1", "h2");
        net.up(0, 1);
        net.up(0, 2);
        a.due.mark(1);
        a.due.mark(2);
        net.run(100);
        assertEquals(2, a.exchanges.initiated(net.nowNs).size());
        for (int i = 0; i < 10; i++) {
            completeAll();
            net.run(300);
        }
        for (int handler = 0; handler < 3; handler++) {
            final List<String> met = new ArrayList<>(calls(handler));
            met.sort(null);
            assertEquals(List.of("exchange b needed", "exchange c needed"), met);
        }
    }

    @Test
    void shouldComeBackToAMarkedPeerThatWasBusy() {
        start(2, options().tickPeriodNs(0).inboundLimit(1), "h0", "h1");
        net.up(0, 1);
        a.due.mark(1);
        net.run(100);
        assertEquals(1, a.count(ExchangeCounter.BUSY_RECEIVED));
        net.run(300);
        assertEquals(2, a.count(ExchangeCounter.BUSY_RECEIVED));
        completeAll();
        net.run(300);
        assertEquals(2, net.node(1).count(ExchangeCounter.ACCEPTED));
        completeAll();
        net.run(5_000);
        assertEquals(2, net.node(1).count(ExchangeCounter.ACCEPTED));
    }

    @Test
    void shouldComeBackSoonWhenAHandlerIsNotDone() {
        start(2, options(), "h0", "h1");
        net.up(0, 1);
        net.run(300);
        assertEquals(List.of("exchange b"), calls(0));
        a.handlers.get(0).last().session.again();
        completeAll();
        net.run(240);
        assertEquals(1, calls(0).size());
        net.run(20);
        assertEquals(List.of("exchange b", "exchange b"), calls(0));
        assertEquals(1, calls(1).size());
        completeAll();
        net.run(2_000);
        assertEquals(2, calls(0).size());
    }

    @Test
    void shouldNotComeBackWhenWhatWasToGoOnHasFailed() {
        start(2, options(), "kv");
        net.up(0, 1);
        net.run(300);
        a.handler().last().session.again();
        a.handler().last().session.fail(new IllegalStateException("on purpose"));
        net.run(2_000);
        assertEquals(1, calls(0).size());
    }

    @Test
    void shouldAskAgainAHandlerThatWasBusyWhereAnExchangeIsDue() {
        start(2, options().tickPeriodNs(0), "kv");
        net.up(0, 1);
        answerAllWith(ExchangeResult.BUSY);
        a.due.mark(1);
        net.run(600);
        assertEquals(List.of("exchange b needed", "exchange b needed", "exchange b needed"), calls(0));
        answerAllWith(ExchangeResult.DONE);
        net.run(2_000);
        assertEquals(4, calls(0).size());
    }

    @Test
    void shouldTellAPeerToComeAgainWhereTheHandlerIsBusy() {
        start(2, options().tickPeriodNs(0), "kv");
        net.up(0, 1);
        net.node(1).handler().accepting = (peer, session) -> ExchangeResult.BUSY;
        a.due.mark(1);
        net.run(300);
        assertEquals(2, a.count(ExchangeCounter.BUSY_RECEIVED));
        assertEquals(2, net.node(1).count(ExchangeCounter.BUSY_SENT));
    }

    @Test
    void shouldKeepTheMarkWhenTheExchangeHasFailedOrTimedOut() {
        start(2, options().tickPeriodNs(0).timeoutNs(5_000 * ExchangeNet.MS), "kv");
        net.up(0, 1);
        a.due.mark(1);
        net.run(10);
        a.handler().last().session.fail(new IllegalStateException("on purpose"));
        net.run(1_900);
        assertEquals(1, calls(0).size(), "not at once");
        assertEquals(List.of(), a.exchanged, "the peer lacks still what it lacked");
        net.run(200);
        assertEquals(List.of("exchange b needed", "exchange b needed"), calls(0));
        net.run(7_100);
        assertEquals(1, a.count(ExchangeCounter.TIMED_OUT));
        assertEquals(3, calls(0).size());
        completeAll();
        net.run(5_000);
        assertEquals(3, calls(0).size());
        assertEquals(List.of("1+"), a.exchanged);
    }

    @Test
    void shouldForgetTheMarkOfAPeerThatIsNoMemberAnyMore() {
        start(3, options().tickPeriodNs(0), "kv");
        a.due.mark(1);
        a.due.mark(2);
        a.exchanges.onPeerRemoved(1, net.nowNs);
        net.up(0, 1);
        net.up(0, 2);
        net.run(1);
        assertEquals(List.of("exchange c needed"), calls(0));
        // It runs as the peer is removed: the mark does not come back with the link.
        a.exchanges.onPeerRemoved(2, net.nowNs);
        assertEquals(List.of(ExchangeEnd.LINK_LOST), a.handler().last().ends);
        net.run(1_000);
        assertEquals(1, calls(0).size());
    }
}
