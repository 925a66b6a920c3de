package io.plumtree.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static Scenario scenario() {
        return new Scenario().overlay(OverlayKind.HYPARVIEW).nodes(200).cycles(10);
    }

    @Test
    void shouldMakeTheSameOverlayForTheSameSeed() {
        final Bootstrap.Result first = Bootstrap.run(scenario(), 5);
        final Bootstrap.Result second = Bootstrap.run(scenario(), 5);
        assertEquals(first.messages(), second.messages());
        assertEquals(first.meanHops(), second.meanHops());
        assertArrayEquals(first.inDegrees(), second.inDegrees());
    }

    @Test
    void shouldLeaveNobodyOutWhenAllJoinAtOnce() {
        for (int seed = 1; seed <= 5; seed++) {
            final Bootstrap.Result result = Bootstrap.run(scenario().joinIntervalNs(0), seed);
            assertEquals(0, result.isolated(), "seed " + seed);
            assertTrue(result.meanDegree() > 4.8, "seed " + seed + ": " + result.meanDegree());
            // A random graph of so many links has 3.5 hops.
            assertTrue(result.meanHops() < 4, "seed " + seed + ": " + result.meanHops());
        }
    }

    @Test
    void shouldMakeAnOverlayOverALossyNetwork() {
        assertEquals(0, Bootstrap.run(scenario().loss(0.1), 1).isolated());
    }
}
