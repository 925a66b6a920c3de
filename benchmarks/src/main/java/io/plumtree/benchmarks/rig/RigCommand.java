package io.plumtree.benchmarks.rig;

import io.plumtree.api.PlumtreeException;
import io.plumtree.node.options.Ranges;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Measures a cluster beside raw Aeron, in turn, round by round. */
@Command(
    name = "benchmarks/rig",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
        "Measures a cluster of nodes in one JVM, and beside it, in turn, raw Aeron that relays along the same tree and"
            + " does nothing else.",
        "",
        "At a rate: latency, from the time at which each message was to be sent, per delivery and per message's last"
            + " delivery. With --throughput: how much gets through until every node has everything.",
        "docs/performance.md says what each figure means.",
        ""
    },
    footer = {
        "",
        "Such as:",
        "  benchmarks/rig --nodes 8 --payload 64 --rate 1000 --json latency.json --html latency.html",
        "  benchmarks/rig --nodes 8 --payload 64 --throughput --json throughput.json",
        "  benchmarks/rig --nodes 16 --stop-relay"
    })
public final class RigCommand implements Callable<Integer> {
    private static final String NAME = "benchmarks/rig";

    private final Function<RigOptions, Rounds.Turns> turns;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RigOptions options;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file, as JSON.")
    private File json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write the figures and plots to this file.")
    private File html;

    private RigCommand(final Function<RigOptions, Rounds.Turns> turns) {
        this.turns = turns;
    }

    /**
     * Runs it.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(commandLine(ClusterTurns::new).execute(args));
    }

    /** The command with what measures. */
    static CommandLine commandLine(final Function<RigOptions, Rounds.Turns> turns) {
        return new CommandLine(new RigCommand(turns))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(RigCommand::onUsageError)
            .setExecutionExceptionHandler(RigCommand::onFailure);
    }

    private static int onUsageError(final ParameterException ex, final String[] args) {
        final PrintWriter err = ex.getCommandLine().getErr();
        err.println(NAME + ": " + Ranges.message(ex));
        err.println("'" + NAME + " --help' lists what is allowed");
        return ExitCode.USAGE;
    }

    private static int onFailure(final Exception ex, final CommandLine line, final ParseResult result) {
        if (ex instanceof PlumtreeException failure) {
            line.getErr().println(NAME + ": " + failure.getMessage());
            return failure.category() == PlumtreeException.Category.CONFIGURATION
                ? ExitCode.USAGE : ExitCode.SOFTWARE;
        }
        ex.printStackTrace(line.getErr());
        return ExitCode.SOFTWARE;
    }

    @Override
    public Integer call() throws IOException {
        options.check(spec);
        checkFile("--json", json);
        checkFile("--html", html);
        final PrintWriter err = spec.commandLine().getErr();
        final Comparison comparison =
            new Rounds(turns.apply(options), options.initialTree(), !options.isRelayStopped(), text -> {
                err.println(text);
                err.flush();
            }).run(options.warmupRounds(), options.rounds());
        final PrintWriter out = spec.commandLine().getOut();
        out.print(RigTable.print(options.words(), comparison));
        out.flush();
        if (json != null) {
            RigJson.write(json, options.toMap(), comparison);
        }
        if (html != null) {
            Files.writeString(html.toPath(), RigHtml.print(options.words(), comparison));
        }
        return ExitCode.OK;
    }

    private void checkFile(final String flag, final File file) {
        if (file != null && (file.isDirectory() || !file.getAbsoluteFile().getParentFile().isDirectory())) {
            throw new ParameterException(
                spec.commandLine(), flag + " must be a file in a directory that exists: '" + file + "'");
        }
    }
}
