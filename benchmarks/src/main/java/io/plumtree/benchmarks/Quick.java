package io.plumtree.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks for a short time each, with the allocation profiler; for {@code benchmarks/quick}. */
public final class Quick {
    private static final TimeValue WARMUP = TimeValue.milliseconds(400);
    private static final TimeValue MEASUREMENT = TimeValue.milliseconds(500);

    private Quick() {
    }

    /**
     * Runs them. Writes {@code quick.txt}, the table that it prints; {@code quick.json}, JMH's results; and
     * {@code quick.log}, what JMH says meanwhile.
     *
     * @param args the directory to write to, and JMH's options, which win.
     * @throws CommandLineOptionException if there is no such option.
     * @throws RunnerException            if a benchmark fails, or its JVM does not start.
     * @throws IOException                if the results can't be written.
     */
    public static void main(final String[] args) throws CommandLineOptionException, RunnerException, IOException {
        final Path directory = Path.of(args[0]);
        final CommandLineOptions given = new CommandLineOptions(Arrays.copyOfRange(args, 1, args.length));
        final OptionsBuilder options = new OptionsBuilder();
        options.parent(given);
        if (!given.getForkCount().hasValue()) {
            options.forks(1);
        }
        if (!given.getWarmupIterations().hasValue()) {
            options.warmupIterations(3);
        }
        if (!given.getWarmupTime().hasValue()) {
            options.warmupTime(WARMUP);
        }
        if (!given.getMeasurementIterations().hasValue()) {
            options.measurementIterations(3);
        }
        if (!given.getMeasurementTime().hasValue()) {
            options.measurementTime(MEASUREMENT);
        }
        options.addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .resultFormat(ResultFormatType.JSON)
            .result(directory.resolve("quick.json").toString())
            .output(directory.resolve("quick.log").toString());

        final Collection<RunResult> results = new Runner(options.build()).run();
        final String table = QuickTable.of(results);
        Files.writeString(directory.resolve("quick.txt"), table);
        System.out.print(table);
    }
}
