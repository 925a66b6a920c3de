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
        return a.exchanges.isPending(0);
    }

    private List<String> calls() {
        return a.handler().calls.stream().filter(call -> call.startsWith("exchange")).toList();
    }

    /** Lets time pass, in which the handler asks at each lazy tick, and exchanges are completed as soon as they run. */
    private void request(final long ms) {
        for (long i = 0; i < ms; i += 100) {
            a.exchanges.request(0);
            net.run(100);
            complete();
        }
    }

    private void complete() {
        a.handler().sides.forEach(side -> side.session.complete());
    }

    /** Links that have long been up, and with whose peers exchanges were had. */
    private void settle() {
        allUp();
        request(30_000);
        assertFalse(isPending());
        a.handler().calls.clear();
    }

    @Test
    void shouldBePendingUntilAnExchangeThatBeganWellAfterTheLinkCameUp() {
        start(2, options());
        allUp();
        assertTrue(isPending());
        net.run(300);
        complete();
        net.run(10);
        assertEquals(1, calls().size());
        assertTrue(isPending(), "what is young was left out");
        net.run(PERIOD_MS);
        assertEquals(2, calls().size());
        assertTrue(isPending(), "it runs");
        complete();
        net.run(10);
        assertFalse(isPending());
    }

    @Test
    void shouldNotBePendingForEver() {
        start(2, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        net.node(1).handler().accepting = (peer, session) -> ExchangeResult.BUSY;
        allUp();
        net.run(50_000);
        assertTrue(isPending());
        net.run(11_000);
        assertFalse(isPending(), "what was missed then is forgotten everywhere");
    }

    @Test
    void shouldHaveAnExchangeWithEachPeerThatCameUpSoonWhereItIsAskedFor() {
        start(5, options());
        allUp();
        request(8_000);
        final Set<String> met = new HashSet<>(calls());
        assertEquals(Set.of("exchange b", "exchange c", "exchange d", "exchange e"), met);
        assertFalse(isPending());
        assertEquals(4, a.count(ExchangeCounter.REQUESTED));
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
    void shouldStartNothingOnRequestWhereNoLinkHasChanged() {
        start(3, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        request(20_000);
        assertEquals(List.of(), calls());
    }

    @Test
    void shouldHaveOneExchangeWithWhomeverAfterALinkWentDown() {
        start(4, options());
        settle();
        net.down(0, 2);
        assertTrue(isPending());
        request(6_000);
        assertFalse(isPending());
        final Set<String> met = new HashSet<>(calls());
        assertTrue(met.contains("exchange b") || met.contains("exchange d"), met::toString);
        assertFalse(met.contains("exchange c"), met::toString);
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
        a.exchanges.onExchangeNeeded(1);
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
        net.down(0, 1);
        a.exchanges.onExchangeNeeded(1);
        request(6_000);
        assertFalse(isPending());
    }

    @Test
    void shouldBePendingWhereAPeerThatAskedWasPutOff() {
        start(3, options().tickPeriodNs(1_000_000 * ExchangeNet.MS));
        settle();
        a.handler().accepting = (peer, session) -> ExchangeResult.BUSY;
        net.node(2).exchanges.onExchangeNeeded(0);
        net.node(2).handler().asked = net.node(2).handler()::run;
        net.run(20);
        assertEquals(1, a.count(ExchangeCounter.BUSY_SENT));
        assertTrue(isPending());
        a.handler().accepting = a.handler()::run;
        net.run(300);
        complete();
        net.run(10);
        assertFalse(isPending(), "it has come again");
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
        request(1_000);
        net.node(1).handler().accepting = (peer, session) -> ExchangeResult.FAILED;
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
    void shouldNotBePendingWhereExchangesAreOff() {
        start(2, options().tickPeriodNs(0));
        allUp();
        net.run(10);
        assertFalse(isPending());
        a.exchanges.request(0);
        net.run(10_000);
        assertEquals(List.of(), calls());
        start(2, options().limit(0));
        allUp();
        net.run(10);
        assertFalse(isPending());
    }
}
