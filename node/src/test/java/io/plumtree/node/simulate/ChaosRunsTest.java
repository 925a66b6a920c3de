package io.plumtree.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.simulator.chaos.ChaosFigures;
import io.plumtree.simulator.chaos.ChaosResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class ChaosRunsTest {
    private final StringWriter out = new StringWriter();
    private final List<ChaosResult> results = new ArrayList<>();
    private long nowNs;

    private boolean run(final long first, final int count, final LongFunction<ChaosResult> chaos) {
        return new ChaosRuns(new PrintWriter(out, true), () -> nowNs, ProgressBar.NONE, chaos, results::add)
            .run(first, count);
    }

    @Test
    void shouldPassWhenEverySeedDoes() {
        assertTrue(run(5, 3, seed -> new ChaosResult(seed, "any", List.of(), "", ChaosFigures.NONE)));
        assertEquals("chaos: 3 seeds from 5, 0 failed\n", out.toString());
    }

    @Test
    void shouldTellAllOfASeedThatFailsAndHowToSeeItAgain() {
        assertFalse(run(1, 3, seed -> new ChaosResult(
            seed, "8 nodes", seed == 2 ? List.of("n1 missed 7", "n2 has a cycle") : List.of(), "at 1\nat 2\n",
            ChaosFigures.NONE)));
        assertEquals("""
            chaos seed 2 FAILED: 8 nodes
              n1 missed 7
              n2 has a cycle
            trace:
              at 1
              at 2
            to see it again: ./plumtree simulate chaos 1 --from-seed 2

            chaos: 3 seeds from 1, 1 failed: 2
            """, out.toString());
    }

    @Test
    void shouldGoOnAfterASeedThatBreaksTheSimulator() {
        assertFalse(run(1, 2, seed -> {
            if (seed == 1) {
                throw new IllegalStateException("broken");
            }
            return new ChaosResult(seed, "any", List.of(), "", ChaosFigures.NONE);
        }));
        assertTrue(out.toString().contains("IllegalStateException: broken"), out.toString());
        assertTrue(out.toString().contains("--from-seed 1\n"), out.toString());
        assertTrue(out.toString().endsWith("chaos: 2 seeds from 1, 1 failed: 1\n"), out.toString());
    }

    @Test
    void shouldSayNowAndThenHowFarItHasCome() {
        run(1, 3, seed -> {
            nowNs += 6_000_000_000L;
            return new ChaosResult(seed, "any", List.of(), "", ChaosFigures.NONE);
        });
        assertEquals("2 of 3 seeds, 0 failed\nchaos: 3 seeds from 1, 0 failed\n", out.toString());
    }
}
