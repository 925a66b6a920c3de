package io.plumtree.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** A line for each benchmark: how long an operation takes, give or take, and what it allocates. */
final class QuickTable {
    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final String PACKAGE = QuickTable.class.getPackageName() + ".";

    private QuickTable() {
    }

    /** The table of results, in their order. */
    static String of(final Collection<RunResult> results) {
        final int width = results.stream().mapToInt(result -> name(result.getParams()).length()).max().orElse(1);
        final String name = "%-" + width + "s ";
        final StringBuilder table = new StringBuilder(
            String.format(name + "%12s %10s %10s%n", "benchmark", "ns/op", "+/-", "B/op"));
        for (final RunResult result : results) {
            final Result<?> time = result.getPrimaryResult();
            final Result<?> bytes = result.getSecondaryResults().get(ALLOCATION);
            table.append(String.format(
                Locale.ROOT, name + "%12.1f %10.1f %10.3f%n", name(result.getParams()),
                time.getScore(), time.getScoreError(), bytes == null ? Double.NaN : bytes.getScore()));
        }
        return table.toString();
    }

    private static String name(final BenchmarkParams params) {
        final String benchmark = params.getBenchmark();
        final String name = benchmark.startsWith(PACKAGE) ? benchmark.substring(PACKAGE.length()) : benchmark;
        final String values = params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(", "));
        return values.isEmpty() ? name : name + " (" + values + ")";
    }
}
