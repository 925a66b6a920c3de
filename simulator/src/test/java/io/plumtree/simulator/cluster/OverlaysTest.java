package io.plumtree.simulator.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OverlaysTest {
    private static int[] degrees(final int nodes, final int[] ends) {
        final int[] degrees = new int[nodes];
        for (final int end : ends) {
            degrees[end]++;
        }
        return degrees;
    }

    private static void assertSound(final int nodes, final int[] ends, final String what) {
        final Set<Long> links = new HashSet<>();
        final BitSet reached = new BitSet();
        reached.set(0);
        for (int i = 0; i < ends.length; i += 2) {
            assertNotEquals(ends[i], ends[i + 1], what + ": a loop");
            assertTrue(links.add((long) Math.min(ends[i], ends[i + 1]) << 32 | Math.max(ends[i], ends[i + 1])),
                what + ": a link twice");
        }
        for (int before = 0; before < reached.cardinality();) {
            before = reached.cardinality();
            for (int i = 0; i < ends.length; i += 2) {
                if (reached.get(ends[i]) || reached.get(ends[i + 1])) {
                    reached.set(ends[i]);
                    reached.set(ends[i + 1]);
                }
            }
        }
        assertEquals(nodes, reached.cardinality(), what + ": connected");
    }

    @Test
    void shouldGiveEachNodeAsManyLinksAndConnectAll() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int nodes = 4; nodes < 120; nodes += 1 + nodes / 8) {
            for (int degree = 3; degree < Math.min(9, nodes - 1); degree++) {
                final String what = nodes + " nodes of degree " + degree;
                final int[] ends = Overlays.random(nodes, degree, random);
                assertSound(nodes, ends, what);
                final int[] degrees = degrees(nodes, ends);
                int less = 0;
                for (final int each : degrees) {
                    assertTrue(each == degree || each == degree - 1, what);
                    less += degree - each;
                }
                assertEquals(nodes * degree % 2, less, what);
            }
        }
    }

    @Test
    void shouldLinkAllWithAllWhereTheDegreeAsksForIt() {
        for (int nodes = 2; nodes < 10; nodes++) {
            final int[] ends = Overlays.random(nodes, nodes - 1, new SplittableRandom(1));
            assertSound(nodes, ends, nodes + " nodes");
            assertEquals(nodes * (nodes - 1), ends.length);
        }
    }

    @Test
    void shouldFindWhoIsConnectedOverLivingNodes() {
        final Cluster cluster = new Cluster(new NetworkSettings(), 1, new ClusterObserver() {
        });
        for (int node = 0; node < 5; node++) {
            cluster.addNode();
        }
        for (int node = 0; node < 4; node++) {
            cluster.links().add(node, node + 1, TimeUnit.MILLISECONDS.toNanos(1));
        }
        for (int node = 0; node < 5; node++) {
            cluster.start(node);
        }
        cluster.crash(2);
        final boolean[] component = Overlays.component(cluster.view(), 0);
        assertTrue(component[0] && component[1] && !component[2] && !component[3] && !component[4]);
    }
}
