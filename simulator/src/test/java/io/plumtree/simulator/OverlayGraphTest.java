package io.plumtree.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OverlayGraphTest {
    /** A triangle with a tail of one, a pair, a node alone, and one that does not run. */
    private final OverlayGraph graph = new OverlayGraph(
        new int[][] {{1, 2, 3}, {0, 2}, {0, 1}, {0}, {5}, {4}, {}, null});

    @Test
    void shouldCountWhoIsNotInTheLargestPart() {
        assertEquals(7, graph.running());
        assertEquals(3, graph.isolated());
        assertEquals(4, graph.reach(3));
        assertEquals(1, graph.reach(6));
        assertEquals(0, graph.reach(7));
    }

    @Test
    void shouldMeasureHopsOverLinksThatBothEndsHave() {
        assertArrayEquals(new int[] {1, 2, 2, 0, -1, -1, -1, -1}, graph.hops(3));
        assertArrayEquals(new int[] {0, -1}, new OverlayGraph(new int[][] {{1}, {}}).hops(0));
        final double mean = graph.meanHops(10_000, new SplittableRandom(1));
        assertEquals((3 + 4 + 4 + 5 + 1 + 1) / 14.0, mean, 0.02);
    }

    @Test
    void shouldMeasureClusteringAndInDegrees() {
        assertEquals((1 / 3.0 + 1 + 1) / 7, graph.clustering(), 1e-12);
        assertArrayEquals(new int[] {1, 3, 2, 1}, graph.inDegrees());
    }

    @Test
    void shouldReadAnOverlaysName() {
        assertEquals(OverlayKind.HYPARVIEW, OverlayKind.parse("hyparview"));
        assertEquals("overlay must be random or hyparview: 'ring'",
            assertThrows(IllegalArgumentException.class, () -> OverlayKind.parse("ring")).getMessage());
    }
}
