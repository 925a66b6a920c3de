package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many cores together, by seed: what has to hold for any size, timing and crash. */
class ModelClusterTest {
    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    private static void assertAllHaveAll(final long seed, final ModelCluster cluster) {
        final Set<Long> all = new HashSet<>();
        cluster.survivors().forEach(node -> all.addAll(node.stored));
        for (final ModelCluster.Node node : cluster.survivors()) {
            final Set<Long> missed = new HashSet<>(all);
            missed.removeAll(node.stored);
            assertEquals(Set.of(), missed, "seed " + seed + ", node " + node.index);
            assertEquals(0, node.plumtree.missingCount(), "seed " + seed + ", node " + node.index);
        }
    }

    private static void broadcastSteadily(final ModelCluster cluster, final int count, final int sources) {
        for (int i = 0; i < count; i++) {
            cluster.broadcast(i % sources);
            cluster.run(1 + cluster.random.nextInt(30));
        }
    }

    private static long duplicatesOnceSettled(final long seed, final UnaryOperator<PlumtreeOptions> options) {
        final int size = 2 + (int) (seed % 19);
        final ModelCluster cluster = new ModelCluster(seed, size, 0, 0, options);
        final int sources = Math.min(size, 3);
        for (int warmUp = 0; warmUp < 4 * sources; warmUp++) {
            cluster.broadcast(warmUp % sources);
            cluster.run(1_000);
        }
        final long duplicates = cluster.total(ProtocolCounter.DUPLICATES);
        final long grafts = cluster.total(ProtocolCounter.GRAFTS);
        broadcastSteadily(cluster, 100, sources);
        cluster.run(2_000);
        assertAllHaveAll(seed, cluster);
        assertEquals(0, cluster.total(ProtocolCounter.GRAFTS) - grafts, "seed " + seed);
        return cluster.total(ProtocolCounter.DUPLICATES) - duplicates;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldSettleOnTreesWithoutRedundancy(final long seed) {
        assertEquals(0, duplicatesOnceSettled(seed, o -> o.optimisationThresholdNs(0)), "seed " + seed);
    }

    /** A faster way that is found late costs duplicates for up to twice the grace time, on two or three links. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldOptimiseSettledTreesWithLittleRedundancy(final long seed) {
        final long duplicates = duplicatesOnceSettled(seed, UnaryOperator.identity());
        assertTrue(duplicates <= 50, "seed " + seed + ": " + duplicates);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldNotCutItselfOffWhenABurstMeetsAnUnsettledTree(final long seed) {
        final int size = 3 + (int) (seed % 18);
        final ModelCluster cluster = new ModelCluster(seed, size, 0);
        for (int i = 0; i < 400; i++) {
            cluster.broadcast(i % 2);
            cluster.run(1);
        }
        cluster.run(3_000);
        assertAllHaveAll(seed, cluster);
        // A node that is cut off grafts hundreds. Some are grafted while timeouts follow a tree that settles, and the
        // first message of the second root may meet the common tree while the first root shapes it.
        final long grafts = cluster.total(ProtocolCounter.GRAFTS);
        assertTrue(grafts <= 20, "seed " + seed + ": " + grafts);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReachEverySurvivorWhateverNodesCrashInMidStream(final long seed) {
        final int size = 3 + (int) (seed % 10);
        final ModelCluster cluster = new ModelCluster(seed, size, seed % 2 == 0 ? 0 : 0.01);
        final int crashes = 1 + cluster.random.nextInt(size - 2);
        final int sources = size - crashes;
        broadcastSteadily(cluster, 30, sources);
        for (int i = 0; i < crashes; i++) {
            cluster.broadcast(sources + i);
            cluster.broadcast(0);
            cluster.crash(sources + i);
            broadcastSteadily(cluster, 10, sources);
        }
        broadcastSteadily(cluster, 30, sources);
        cluster.run(15_000);
        assertAllHaveAll(seed, cluster);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReachEveryNodeThatIsThereWhenOthersNeverCame(final long seed) {
        final int size = 4 + (int) (seed % 17);
        final int absent = 1 + (int) (seed % (size - 2));
        final ModelCluster cluster = new ModelCluster(seed, size, absent, 0, UnaryOperator.identity());
        broadcastSteadily(cluster, 60, size - absent);
        cluster.run(10_000);
        assertAllHaveAll(seed, cluster);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldTakeANodeThatCrashedBackIntoEveryTree(final long seed) {
        final int size = 3 + (int) (seed % 8);
        final ModelCluster cluster = new ModelCluster(seed, size, 0);
        final int sources = size - 1;
        broadcastSteadily(cluster, 30, sources);
        cluster.crash(size - 1);
        // Half of the restarts come before anybody has noticed the crash.
        cluster.run(seed % 2 == 0 ? 100 : 2_000);
        broadcastSteadily(cluster, 20, sources);
        cluster.restart(size - 1);
        broadcastSteadily(cluster, 3 * sources, sources);
        cluster.run(15_000);
        assertAllHaveAll(seed, cluster);
        assertTrue(cluster.nodes.get(size - 1).stored.size() >= 20 + 3 * sources, "seed " + seed);
        for (int source = 0; source < sources; source++) {
            final long root = cluster.members[source];
            final long parents = cluster.nodes.stream().filter(node -> node.index != size - 1)
                .filter(node -> node.plumtree.isEager(root, node.plumtree.peerIndex(cluster.members[size - 1])))
                .count();
            assertTrue(parents > 0, "seed " + seed + ", root " + source);
        }
    }
}
