package io.plumtree.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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
        assertEquals(first.digest(), second.digest());
        assertEquals(first.events(), second.events());
        assertEquals(first.counters(), second.counters());
        assertArrayEquals(first.redundancyByMessage(), second.redundancyByMessage());
        assertNotEquals(first.digest(), run(small(), 4).digest());
    }

    @Test
    void shouldSettleOnATreeAndMissNothing() {
        final RunResult result = run(new Scenario().nodes(200).warmup(20).messages(10), 1);
        assertEquals(0, result.redundancy());
        assertEquals(0, result.missedInAll());
        assertEquals(0, result.repaired());
        assertEquals(199L * 30, result.deliveries());
    }

    @Test
    void shouldLetNodesJoinWhichMissNothingFromThenOn() {
        final RunResult result = run(new Scenario().nodes(100).warmup(10).messages(20).joinPerMessage(1), 1);
        assertEquals(0, result.missedInAll());
        // The nodes of the start all messages, the k-th that joins those from the k-th on.
        assertEquals(99L * 30 + 20 * 21 / 2, result.deliveries());
    }
}
