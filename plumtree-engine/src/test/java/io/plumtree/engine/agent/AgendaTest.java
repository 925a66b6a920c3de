package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.counting.EngineCounter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How long an engine sleeps, on the test's time, and what wakes it. */
class AgendaTest {
    private static final long MS = TestNode.MS;
    /** As the nodes of these tests are set. */
    private static final long TICK_NS = 100 * MS;
    private static final long LIVENESS_NS = 800 * MS;
    private static final long LINK_CHECK_NS = 10 * MS;

    @Test
    void shouldRunFewCyclesWhereNothingHappens() {
        final Sleepers sleepers = new Sleepers(4);
        final long downs = sleepers.cluster.node(0).count(EngineCounter.LINKS_DOWN);
        final int ticks = 50;
        sleepers.cycles = 0;
        sleepers.run(ticks * TICK_NS);
        final long cyclesPerTick = sleepers.cycles / ticks / 4;
        // Of its own: a tick, heartbeats; of three peers: heartbeats. After each of them one that finds nothing to do.
        assertTrue(cyclesPerTick <= 12, cyclesPerTick + " cycles a tick and node");
        assertTrue(cyclesPerTick >= 2, cyclesPerTick + " cycles a tick and node");
        for (final TestNode node : sleepers.cluster.nodes) {
            assertEquals(downs, node.count(EngineCounter.LINKS_DOWN));
            assertEquals(0, node.count(EngineCounter.STALLS));
        }
    }

    @Test
    void shouldFindASilentPeerAsSoonAsIfItHadLookedAllTheTime() {
        final Sleepers sleepers = new Sleepers(2);
        sleepers.run(TICK_NS);
        sleepers.cluster.pipe(0, 1).isLossy = true;
        final long fromNs = sleepers.cluster.nowNs;
        final TestNode other = sleepers.cluster.node(1);
        sleepers.runUntil(() -> other.count(EngineCounter.LINKS_SILENT) > 0);
        final long tookNs = sleepers.cluster.nowNs - fromNs;
        assertTrue(tookNs <= LIVENESS_NS + LINK_CHECK_NS + MS, tookNs + " ns");
        assertTrue(tookNs >= LIVENESS_NS - TICK_NS - LINK_CHECK_NS, tookNs + " ns");
    }

    @Test
    void shouldFindADisconnectedPeerAtTheSecondLook() {
        final Sleepers sleepers = new Sleepers(2);
        sleepers.run(TICK_NS);
        sleepers.cluster.cut(0, 1, true);
        // The transport's word comes with something that ends the sleep.
        sleepers.wake(1);
        final long fromNs = sleepers.cluster.nowNs;
        sleepers.runUntil(() -> sleepers.cluster.node(1).count(EngineCounter.LINKS_DISCONNECTED) > 0);
        assertTrue(sleepers.cluster.nowNs - fromNs <= 2 * LINK_CHECK_NS + MS);
    }

    @Test
    void shouldGraftWhatIsMissingAsSoonAsIfItHadLookedAllTheTime() {
        final TestCluster awake = clusterThatMissesAMessage();
        final long fromNs = awake.nowNs;
        assertTrue(awake.runUntil(() -> haveAll(awake)));
        final long awakeNs = awake.nowNs - fromNs;

        final Sleepers sleepers = new Sleepers(clusterThatMissesAMessage());
        sleepers.runUntil(() -> haveAll(sleepers.cluster));
        final long sleepersNs = sleepers.cluster.nowNs - fromNs;
        assertTrue(awakeNs > MS, awakeNs + " ns");
        assertTrue(sleepersNs <= awakeNs + 3 * MS, sleepersNs + " ns, awake " + awakeNs);
    }

    /** Whom the root pushes to has not got the last message; only an announcement tells. */
    private static TestCluster clusterThatMissesAMessage() {
        final TestCluster cluster = new TestCluster(5);
        assertTrue(cluster.runUntilAllUp());
        for (int i = 0; i < 3; i++) {
            cluster.node(0).broadcast("settle " + i);
            cluster.run(2_500);
        }
        cluster.pipe(0, 1).isLossy = true;
        cluster.pipe(0, 2).isLossy = true;
        cluster.node(0).broadcast("missed");
        cluster.cycle();
        cluster.cycle();
        cluster.pipe(0, 1).isLossy = false;
        cluster.pipe(0, 2).isLossy = false;
        assertFalse(haveAll(cluster));
        return cluster;
    }

    private static boolean haveAll(final TestCluster cluster) {
        for (int i = 1; i < cluster.nodes.size(); i++) {
            if (cluster.node(i).log().delivered.size() < 4) {
                return false;
            }
        }
        return true;
    }

    /** A tick that is more frequent than housekeeping ends a sleep only if there is something to announce. */
    @Test
    void shouldSleepThroughTicksThatHaveNothingToAnnounce() {
        final TestCluster cluster = new TestCluster(2);
        final TestNode node = cluster.node(0);
        cluster.nodes.forEach(each -> each.agent.lazyTickPeriodNs(20 * MS));
        assertTrue(cluster.runUntilAllUp());
        assertTrue(cluster.runUntil(() -> node.agent.waitNs(cluster.nowNs) > 20 * MS));
        assertTrue(node.agent.waitNs(cluster.nowNs) <= Agenda.IDLE_TICK_NS);
    }

    @Test
    void shouldNotSleepThroughATickThatHasSomethingToAnnounce() {
        final TestCluster cluster = new TestCluster(5);
        final TestNode node = cluster.node(0);
        cluster.nodes.forEach(each -> each.agent.lazyTickPeriodNs(20 * MS));
        assertTrue(cluster.runUntilAllUp());
        for (int i = 0; i < 3; i++) {
            node.broadcast("settle " + i);
            cluster.run(2_500);
        }
        assertTrue(cluster.runUntil(() -> node.agent.waitNs(cluster.nowNs) > 20 * MS));
        node.broadcast("to be announced");
        while (node.agent.doWork(cluster.nowNs) > 0) {
            cluster.nowNs += MS / 1_000;
        }
        final long waitNs = node.agent.waitNs(cluster.nowNs);
        assertTrue(waitNs <= 20 * MS, waitNs + " ns");
    }

    @Test
    void shouldWakeForAHeartbeatThatIsDueSoonerThanAllElse() {
        final TestCluster cluster = new TestCluster(2);
        final TestNode node = cluster.node(0);
        assertTrue(cluster.runUntilAllUp());
        node.agent.lazyTickPeriodNs(1_000_000 * MS);
        assertTrue(cluster.runUntil(() -> node.agent.waitNs(cluster.nowNs) > 90 * MS));
        // Something wakes it meanwhile, and is dealt with.
        cluster.nowNs += 60 * MS;
        while (node.agent.doWork(cluster.nowNs) > 0) {
            cluster.nowNs += MS / 1_000;
        }
        final long waitNs = node.agent.waitNs(cluster.nowNs);
        assertTrue(waitNs <= TICK_NS - 60 * MS, waitNs + " ns");
        assertTrue(waitNs > LINK_CHECK_NS, waitNs + " ns");
    }

    @Test
    void shouldLookSoonAtALinkThatHasComeBack() {
        final TestCluster cluster = new TestCluster(2);
        final TestNode node = cluster.node(0);
        assertTrue(cluster.runUntilAllUp());
        cluster.cut(0, 1, true);
        assertTrue(cluster.runUntil(() -> node.count(EngineCounter.LINKS_DOWN) > 0));
        assertTrue(cluster.runUntil(() -> node.agent.waitNs(cluster.nowNs) > 2 * LINK_CHECK_NS));
        cluster.cut(0, 1, false);
        final long waitNs = node.agent.waitNs(cluster.nowNs);
        assertTrue(waitNs <= LINK_CHECK_NS, waitNs + " ns");
    }

    @Test
    void shouldNotSleepWhileAPeerMakesNoRoom() {
        final TestCluster cluster = new TestCluster(2);
        cluster.runUntilAllUp();
        final TestNode node = cluster.node(0);
        assertTrue(cluster.runUntil(() -> node.agent.waitNs(cluster.nowNs) >= MS));
        cluster.pipe(0, 1).isFrozen = true;
        for (int i = 0; i < 100 && node.count(EngineCounter.BROADCASTS_DELAYED) == 0; i++) {
            node.broadcast("x".repeat(1_000));
            node.agent.doWork(cluster.nowNs);
        }
        assertTrue(node.count(EngineCounter.BROADCASTS_DELAYED) > 0);
        assertEquals(0, node.agent.waitNs(cluster.nowNs));
        cluster.pipe(0, 1).isFrozen = false;
        cluster.run(50);
        assertTrue(cluster.runUntil(() -> node.agent.waitNs(cluster.nowNs) >= MS));
    }

    @ParameterizedTest
    @MethodSource
    void shouldBeWokenBy(final Consumer<TestNode> event) {
        final TestCluster cluster = new TestCluster(2);
        cluster.runUntilAllUp();
        final TestNode node = cluster.node(0);
        final AtomicInteger calls = new AtomicInteger();
        node.transport.onWakeUp = calls::incrementAndGet;
        // What happens here happens to one who sleeps.
        node.transport.onAwait = timeoutNs -> {
            event.accept(node);
            return true;
        };
        assertTrue(node.agent.sleep(MS));
        assertTrue(calls.get() > 0);
    }

    static Stream<Named<Consumer<TestNode>>> shouldBeWokenBy() {
        return Stream.of(
            Named.of("a broadcast", node -> node.broadcast("text")),
            Named.of("a query", node -> node.agent.queries().ask(() -> 1)),
            Named.of("an update of the members", node -> node.agent.update(List.of())),
            Named.of("another lazy tick", node -> node.agent.lazyTickPeriodNs(MS)),
            Named.of("another exchange tick", node -> node.agent.exchangeTickPeriodNs(MS)),
            Named.of("the end of the node from elsewhere", node -> node.agent.terminate()),
            Named.of("the close of its rings", node -> node.rings.close()));
    }

    @Test
    void shouldNotSleepOnceTold() {
        final TestCluster cluster = new TestCluster(2);
        cluster.runUntilAllUp();
        final TestNode node = cluster.node(0);
        node.transport.onAwait = timeoutNs -> true;
        assertTrue(node.agent.sleep(MS));
        assertFalse(node.agent.sleep(EngineAgent.MIN_SLEEP_NS - 1));
        node.agent.terminate();
        assertFalse(node.agent.sleep(MS));
    }

    /** Nodes that run a cycle when their agenda says so, when they have worked, or when a frame is there. */
    private static final class Sleepers {
        final TestCluster cluster;
        final long[] dueNs;
        long cycles;

        Sleepers(final int size) {
            this(up(size));
        }

        Sleepers(final TestCluster cluster) {
            this.cluster = cluster;
            dueNs = new long[cluster.nodes.size()];
            for (int i = 0; i < dueNs.length; i++) {
                wake(i);
            }
        }

        private static TestCluster up(final int size) {
            final TestCluster cluster = new TestCluster(size);
            assertTrue(cluster.runUntilAllUp());
            cluster.run(2_000);
            return cluster;
        }

        void wake(final int node) {
            dueNs[node] = cluster.nowNs;
        }

        void run(final long durationNs) {
            final long endNs = cluster.nowNs + durationNs;
            while (endNs - cluster.nowNs > 0) {
                step();
            }
        }

        void runUntil(final BooleanSupplier condition) {
            final long startNs = cluster.nowNs;
            while (!condition.getAsBoolean()) {
                assertTrue(cluster.nowNs - startNs < 60_000 * MS, "not within a minute of the test's time");
                step();
            }
        }

        private void step() {
            int next = 0;
            for (int i = 0; i < dueNs.length; i++) {
                if (hasFrames(i) && dueNs[i] - cluster.nowNs > 0) {
                    wake(i);
                }
                next = dueNs[i] - dueNs[next] < 0 ? i : next;
            }
            cluster.nowNs = Math.max(cluster.nowNs, dueNs[next]);
            final EngineAgent agent = cluster.node(next).agent;
            final int workCount = agent.doWork(cluster.nowNs);
            cycles++;
            final long waitNs = agent.waitNs(cluster.nowNs);
            // As the idle strategy has it: awake, it pauses for 50 us at most.
            dueNs[next] = cluster.nowNs +
                (workCount > 0 ? 1_000 : waitNs < EngineAgent.MIN_SLEEP_NS ? 50_000 : waitNs);
        }

        private boolean hasFrames(final int node) {
            for (int from = 0; from < dueNs.length; from++) {
                if (from != node && cluster.pipe(from, node).size() > 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
