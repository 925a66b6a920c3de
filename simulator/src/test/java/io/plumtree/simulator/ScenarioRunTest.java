package io.plumtree.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScenarioRunTest {
    private static Scenario small() {
        return new Scenario().nodes(100).warmup(10).messages(10).loss(0.01).jitterNs(5_000_000).fail(0.1);
    }

    private static RunResult run(final Scenario scenario, final long seed) {
        return ScenarioRun.run(scenario, seed, (delivered, expected) -> {
        });
    }

    @Test
    void shouldDoTheSameForTheSameSeed() {
        final RunResult first = run(small(), 3);
        final RunResult second = run(small(), 3);
        assertEquals(first.course().digest(), second.course().digest());
        assertEquals(first.course().events(), second.course().events());
        assertEquals(first.details().counters(), second.details().counters());
        assertArrayEquals(first.details().redundancyByMessage(), second.details().redundancyByMessage());
        assertNotEquals(first.course().digest(), run(small(), 4).course().digest());
    }

    @Test
    void shouldSettleOnATreeAndMissNothing() {
        final RunResult result = run(new Scenario().nodes(200).warmup(20).messages(10), 1);
        assertEquals(0, result.quality().redundancy());
        assertEquals(0, result.quality().missedInAll());
        assertEquals(0, result.speed().repaired());
        assertEquals(199L * 30, result.course().deliveries());
    }

    @Test
    void shouldLetNodesJoinWhichMissNothingFromThenOn() {
        final RunResult result = run(new Scenario().nodes(100).warmup(10).messages(20).joinPerMessage(1), 1);
        assertEquals(0, result.quality().missedInAll());
        // The nodes of the start all messages, the k-th that joins those from the k-th on.
        assertEquals(99L * 30 + 20 * 21 / 2, result.course().deliveries());
    }

    private static Scenario mended() {
        return new Scenario().overlay(OverlayKind.HYPARVIEW).nodes(100).cycles(5).warmup(10).messages(20);
    }

    @Test
    void shouldMakeTheSameOverlayForTheSameSeed() {
        final RunResult first = run(mended().loss(0.01).fail(0.5), 3);
        final RunResult second = run(mended().loss(0.01).fail(0.5), 3);
        assertEquals(first.course().digest(), second.course().digest());
        assertEquals(first.details().counters(), second.details().counters());
        assertNotEquals(first.course().digest(), run(mended().loss(0.01).fail(0.5), 4).course().digest());
    }

    @Test
    void shouldReachEverybodyOverAnOverlayThatTheNodesMake() {
        final RunResult result = run(mended(), 1);
        assertEquals(1, result.recovery().meanReliability());
        assertEquals(1, result.recovery().floodReliability());
        assertEquals(0, result.quality().missedInAll());
        assertEquals(99L * 30, result.course().deliveries());
    }

    @Test
    void shouldMendTheOverlayWhenMostNodesCrash() {
        final RunResult result = run(mended().fail(0.8), 1);
        assertEquals(1, result.recovery().meanReliability(), "sooner or later");
        assertTrue(result.recovery().floodReliability() < 1);
        assertTrue(result.recovery().messagesToHeal() > 0 && result.recovery().messagesToHeal() < 20,
            result.recovery().messagesToHeal() + " messages");
        assertEquals(1, result.details().floodReliabilityByMessage()[19]);
    }

    @Test
    void shouldLetNodesJoinAnOverlayOfTheirOwn() {
        final RunResult result = run(mended().joinPerMessage(1).failPerMessage(1), 1);
        assertTrue(result.recovery().meanReliability() > 0.99, result.recovery().meanReliability() + "");
        assertTrue(Double.isNaN(run(new Scenario().nodes(20).messages(1), 1).recovery().floodReliability()),
            "it is fixed");
    }
}
