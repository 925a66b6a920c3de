package io.plumtree.node.simulate;

import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Converters;
import io.plumtree.node.options.Range;
import io.plumtree.node.options.Ranges;
import io.plumtree.simulator.RunProgress;
import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;
import io.plumtree.simulator.ScenarioRun;
import io.plumtree.simulator.chaos.Chaos;
import io.plumtree.simulator.chaos.ChaosResult;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumtree simulate}: runs many nodes on virtual time and says what the trees did. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "Simulates a cluster: many nodes' protocol on virtual time.",
        "",
        "Builds a random overlay, broadcasts messages, first those of the warm-up and then those that are measured, and"
            + " tells how many payloads were redundant, how long deliveries took, what was missed and what it cost."
            + " The same seed gives the same run.",
        "",
        "With --chaos it runs random clusters under every fault at once and checks what must hold whatever happens."
            + " Exit status 1 if it did not.",
        ""
    },
    footer = {
        "",
        "Such as:",
        "  plumtree simulate --nodes 10000 --degree 5 --fail 0.5 --html failure.html",
        "  plumtree simulate --senders rotating:10 --seeds 5 --compare '--set graft.timeout=1s' --json both.json",
        "  plumtree simulate --chaos 1000"
    })
public final class SimulateCommand implements Callable<Integer> {
    private static final Set<String> CHAOS_FLAGS = Set.of("--chaos", "--from-seed", ConfigFile.FLAG);

    private final Runner runner;
    private final LongFunction<ChaosResult> chaosRunner;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioOptions options;

    @Range(min = 1, max = 10_000)
    @Option(names = "--seeds", defaultValue = "1", paramLabel = "N",
        description = "How many runs, each with a seed of its own: 1 to 10000. Default: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N",
        description = "Seed of the first run; the others' follow. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--compare", paramLabel = "FLAGS", preprocessor = OneWord.class,
        description = "A second configuration to set beside the first: the same, but for these flags, in one word and"
            + " each with its value, such as '--set graft.timeout=1s --senders fresh'. Both run with the same seeds.")
    private String compare;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file, as JSON.")
    private File json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write the figures and plots to this file.")
    private File html;

    @Range(min = 1, max = 1_000_000_000)
    @Option(names = "--chaos", paramLabel = "N",
        description = "Run so many random clusters instead, with crashes, partitions and loss: 1 to 1000000000. Goes"
            + " with --from-seed alone.")
    private Integer chaos;

    @Option(names = "--from-seed", paramLabel = "N", description = "The first seed of --chaos. Default: 1.")
    private Long fromSeed;

    @Mixin
    private ConfigFile configFile;

    /** Takes the next word for the value also where it looks like an option, which is what it is meant to be. */
    static final class OneWord implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
            final Stack<String> args, final CommandSpec command, final ArgSpec arg, final Map<String, Object> info) {
            if (args.isEmpty()) {
                return false;
            }
            arg.setValue(args.pop());
            return true;
        }
    }

    /** Runs a scenario with one seed. */
    interface Runner {
        /** Runs it. */
        RunResult run(Scenario scenario, long seed, RunProgress progress);
    }

    /** A command, to be filled in by the parser. */
    public SimulateCommand() {
        this(ScenarioRun::run, Chaos::run);
    }

    SimulateCommand(final Runner runner, final LongFunction<ChaosResult> chaosRunner) {
        this.runner = runner;
        this.chaosRunner = chaosRunner;
    }

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final ProgressBar bar = Boolean.getBoolean("plumtree.terminal")
            ? new ProgressBar(spec.commandLine().getErr(), System::nanoTime) : ProgressBar.NONE;
        if (chaos != null || fromSeed != null) {
            checkChaos();
            return new ChaosRuns(out, System::nanoTime, bar, chaosRunner).run(fromSeed == null ? 1 : fromSeed, chaos)
                ? ExitCode.OK : ExitCode.SOFTWARE;
        }
        final List<Scenario> scenarios = scenarios();
        checkFile("--json", json);
        checkFile("--html", html);
        final List<Configuration> configurations = run(scenarios, bar);
        out.print(SimulationTable.print(configurations));
        out.flush();
        if (json != null) {
            SimulationJson.write(json, configurations);
        }
        if (html != null) {
            Files.writeString(html.toPath(), SimulationHtml.print(configurations));
        }
        return ExitCode.OK;
    }

    private void checkChaos() {
        if (chaos == null) {
            throw usage("--from-seed goes with --chaos");
        }
        if (compare != null) {
            throw usage("--chaos goes with --from-seed alone: '--compare'");
        }
        for (final OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!CHAOS_FLAGS.contains(option.longestName())) {
                throw usage("--chaos goes with --from-seed alone: '" + option.longestName() + "'");
            }
        }
    }

    private void checkFile(final String flag, final File file) {
        if (file != null && (file.isDirectory() || !file.getAbsoluteFile().getParentFile().isDirectory())) {
            throw usage(flag + " must be a file in a directory that exists: '" + file + "'");
        }
    }

    private List<Scenario> scenarios() {
        final List<Scenario> scenarios = new ArrayList<>();
        scenarios.add(options.scenario(seeds, seed));
        if (compare != null) {
            try {
                scenarios.add(second().over(options).scenario(seeds, seed));
            } catch (final ParameterException ex) {
                throw usage("--compare: " + Ranges.message(ex));
            }
        }
        return scenarios;
    }

    /** What {@code --compare} has, parsed as the first configuration is, but for the environment and the file. */
    private ScenarioOptions second() {
        final ScenarioOptions.Second second = new ScenarioOptions.Second();
        final CommandLine line = Converters.register(new CommandLine(second));
        line.parseArgs(compare.isBlank() ? new String[0] : compare.strip().split("\\s+"));
        if (!second.unknown().isEmpty()) {
            throw new ParameterException(line, "no flag of a configuration: '" + second.unknown().get(0) + "'");
        }
        Ranges.check(line.getCommandSpec());
        return second.options();
    }

    private List<Configuration> run(final List<Scenario> scenarios, final ProgressBar bar) {
        final List<Configuration> configurations = new ArrayList<>();
        final int runs = scenarios.size() * seeds;
        int finished = 0;
        for (final Scenario scenario : scenarios) {
            final List<RunResult> results = new ArrayList<>();
            for (int i = 0; i < seeds; i++) {
                final double before = finished;
                final String what = "run " + (finished + 1) + " of " + runs;
                results.add(runner.run(scenario, seed + i, (done, total) ->
                    bar.show((before + Math.min(1, (double) done / Math.max(1, total))) / runs, what)));
                finished++;
            }
            configurations.add(new Configuration(configurations.isEmpty() ? "A" : "B", scenario, results));
        }
        bar.end();
        return configurations;
    }

    private ParameterException usage(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
