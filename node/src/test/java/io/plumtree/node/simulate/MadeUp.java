package io.plumtree.node.simulate;

import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;
import java.util.Arrays;
import java.util.Map;

/** Results that nobody simulated. */
final class MadeUp {
    private MadeUp() {
    }

    static Scenario scenario() {
        return new Scenario().nodes(100).warmup(1).messages(2);
    }

    /** A run in which everything is some times as much. */
    static RunResult run(final long seed, final double times) {
        return new RunResult(
            seed,
            100,
            new RunResult.Quality(0.01 * times, 5 * times, Math.round(2 * times), 3),
            new RunResult.Cost(1.5 * times, 60 * times, 100),
            new RunResult.Speed(100 * times, 200 * times, 1_300 * times, 180, 200 * times / 180, 4, 900),
            new RunResult.Recovery(Double.NaN, -1, 1, 1, 0),
            new RunResult.Course(297, 50_000, 12_345, 7),
            new RunResult.Details(
                new double[] {3, 0.02 * times, 0}, new double[] {1, 0.99, 1}, new double[0], new int[] {4, 5, 6},
                histogram(), new int[] {0, 60, 30, 10}, Map.of("deliveries", 297L)));
    }

    /** A run in which nodes crashed. */
    static RunResult failed(final long seed, final double reach, final int toSettle) {
        final RunResult run = run(seed, 1);
        return new RunResult(
            seed, run.nodes(), run.quality(), run.cost(), run.speed(),
            new RunResult.Recovery(
                reach, toSettle, run.recovery().meanReliability(), run.recovery().floodReliability(),
                run.recovery().messagesToHeal()),
            run.course(), run.details());
    }

    private static long[] histogram() {
        final long[] histogram = new long[2_000];
        Arrays.fill(histogram, 50, 200, 10);
        histogram[1_300] = 1;
        return histogram;
    }
}
