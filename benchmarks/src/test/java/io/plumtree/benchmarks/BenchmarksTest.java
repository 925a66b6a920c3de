package io.plumtree.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Benchmarks don't rot: each runs a few times, and its own check finds that it did what it says. */
class BenchmarksTest {
    /** Of {@code benchmarks/quick}, at about 4 s each, with room for a slower machine, in less than 5 minutes. */
    private static final int MOST_FOR_FIVE_MINUTES = 64;

    @Test
    @Tag("slow")
    void shouldRunEveryBenchmark(@TempDir final Path directory) throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true");
        final Options options = new OptionsBuilder()
            .include("io\\.plumtree\\.benchmarks\\.")
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(3)
            .timeout(TimeValue.seconds(30))
            .timeUnit(TimeUnit.MICROSECONDS)
            .shouldFailOnError(true)
            .output(directory.resolve("jmh.txt").toString())
            .build();

        final Collection<RunResult> results = new Runner(options).run();

        assertTrue(
            results.size() > 50 && results.size() <= MOST_FOR_FIVE_MINUTES, () -> results.size() + " benchmarks");
        assertEquals(results.size() + 1, QuickTable.of(results).lines().count());
    }
}
