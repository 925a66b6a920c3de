package io.plumtree.node.simulate;

import io.plumtree.simulator.chaos.ChaosFigures;
import io.plumtree.simulator.chaos.ChaosResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one chaos seed after the other and tells of those that fail. */
final class ChaosRuns {
    private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int MAX_NAMED = 20;

    private final PrintWriter out;
    private final LongSupplier clock;
    private final ProgressBar bar;
    private final LongFunction<ChaosResult> chaos;
    private final Consumer<ChaosResult> results;

    /**
     * Not yet begun.
     *
     * @param out   for what is to be told.
     * @param clock nanoseconds.
     * @param bar   for a terminal; where it is {@link ProgressBar#NONE}, a line is written now and then.
     * @param chaos runs a seed.
     * @param results is given what each seed has shown.
     */
    ChaosRuns(
        final PrintWriter out,
        final LongSupplier clock,
        final ProgressBar bar,
        final LongFunction<ChaosResult> chaos,
        final Consumer<ChaosResult> results) {
        this.out = out;
        this.clock = clock;
        this.bar = bar;
        this.chaos = chaos;
        this.results = results;
    }

    /** Those of a command. */
    static ChaosRuns of(
        final CommandSpec command, final LongFunction<ChaosResult> chaos, final Consumer<ChaosResult> results) {
        final CommandLine line = command.commandLine();
        return new ChaosRuns(line.getOut(), System::nanoTime, ProgressBar.of(line), chaos, results);
    }

    /**
     * Runs some seeds.
     *
     * @param first the first seed.
     * @param count how many.
     * @return whether all passed.
     */
    boolean run(final long first, final int count) {
        final List<Long> failed = new ArrayList<>();
        long nextNs = clock.getAsLong() + PERIOD_NS;
        for (int i = 0; i < count && !out.checkError(); i++) {
            final long seed = first + i;
            if (bar != ProgressBar.NONE) {
                bar.show((double) i / count, "chaos seed " + seed + ", " + failed.size() + " failed");
            } else if (clock.getAsLong() - nextNs >= 0) {
                nextNs = clock.getAsLong() + PERIOD_NS;
                out.println(i + " of " + count + " seeds, " + failed.size() + " failed");
            }
            if (!passes(seed)) {
                failed.add(seed);
            }
        }
        bar.end();
        out.println("chaos: " + count + (count == 1 ? " seed" : " seeds") + " from " + first + ", " + failed.size()
            + " failed" + (failed.isEmpty() ? "" : ": " + failed.stream().limit(MAX_NAMED).map(String::valueOf)
            .collect(Collectors.joining(", ")) + (failed.size() > MAX_NAMED ? ", ..." : "")));
        return failed.isEmpty();
    }

    private boolean passes(final long seed) {
        final ChaosResult result;
        try {
            result = chaos.apply(seed);
        } catch (final RuntimeException | AssertionError ex) {
            bar.end();
            out.println("chaos seed " + seed + " FAILED");
            ex.printStackTrace(out);
            replay(seed);
            results.accept(new ChaosResult(seed, "", List.of(String.valueOf(ex)), "", ChaosFigures.NONE));
            return false;
        }
        results.accept(result);
        if (result.passed()) {
            return true;
        }
        bar.end();
        out.println("chaos seed " + seed + " FAILED: " + result.configuration());
        result.failures().forEach(failure -> out.println("  " + failure));
        if (!result.trace().isBlank()) {
            out.println("trace:");
            out.println(result.trace().stripTrailing().indent(2).stripTrailing());
        }
        replay(seed);
        return false;
    }

    private void replay(final long seed) {
        out.println("to see it again: ./plumtree simulate chaos 1 --from-seed " + seed);
        out.println();
    }
}
