package io.plumtree.node.simulate;

import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Range;
import io.plumtree.node.output.OutputFiles;
import io.plumtree.simulator.chaos.ChaosResult;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumtree simulate chaos}: runs random clusters under every fault at once. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "Runs random clusters under every fault at once, with crashes, partitions and loss, and checks what must hold"
            + " whatever happens. Exit status 1 if it did not.",
        ""
    },
    footer = {
        "",
        "Such as:",
        "  plumtree simulate chaos 1000",
        "  plumtree simulate chaos 600 --json before.json"
    })
final class SimulateChaosCommand implements Callable<Integer> {
    /** The figures of each seed are kept until all have run. */
    private static final int MAX_WRITTEN = 1_000_000;

    private final LongFunction<ChaosResult> chaos;

    @Spec
    private CommandSpec spec;

    @Range(min = 1, max = 1_000_000_000)
    @Parameters(paramLabel = "N", description = "How many clusters, each with a seed of its own: 1 to 1000000000.")
    private int count;

    @Option(names = "--from-seed", defaultValue = "1", paramLabel = "N",
        description = "The first seed. Default: ${DEFAULT-VALUE}.")
    private long fromSeed;

    @Option(names = "--json", paramLabel = "FILE",
        description = "Also write the figures of each seed, and their sums, to this file, as JSON: two builds of which"
            + " one has only been rearranged have the same. Up to " + MAX_WRITTEN + " seeds.")
    private File json;

    @Mixin
    private ConfigFile configFile;

    SimulateChaosCommand(final LongFunction<ChaosResult> chaos) {
        this.chaos = chaos;
    }

    @Override
    public Integer call() throws IOException {
        OutputFiles.check(spec.commandLine(), "--json", json);
        if (json != null && count > MAX_WRITTEN) {
            throw new ParameterException(
                spec.commandLine(), "--json goes with " + MAX_WRITTEN + " seeds or fewer: '" + count + "'");
        }
        final ChaosJson figures = json == null ? null : new ChaosJson(fromSeed);
        final boolean isPassed = ChaosRuns.of(spec, chaos, result -> {
            if (figures != null) {
                figures.add(result);
            }
        }).run(fromSeed, count);
        if (figures != null) {
            OutputFiles.write(json, figures::write);
        }
        return isPassed ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
