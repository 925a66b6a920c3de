package io.plumtree.node.simulate;

import io.plumtree.api.PlumtreeException;
import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Converters;
import io.plumtree.node.options.Range;
import io.plumtree.node.options.Ranges;
import io.plumtree.node.output.OutputFiles;
import io.plumtree.simulator.Bootstrap;
import io.plumtree.simulator.OverlayKind;
import io.plumtree.simulator.RunProgress;
import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;
import io.plumtree.simulator.ScenarioRun;
import io.plumtree.simulator.chaos.Chaos;
import io.plumtree.simulator.chaos.ChaosResult;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
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
        "With --experiment or --sweep it prints a table in Markdown, a row as soon as it has run.",
        "",
        "With --bootstraps it only makes overlays, and tells how many nodes were left out.",
        "",
        "With --chaos it runs random clusters under every fault at once and checks what must hold whatever happens."
            + " Exit status 1 if it did not.",
        ""
    },
    footer = {
        "",
        "Such as:",
        "  plumtree simulate --nodes 10000 --degree 5 --fail 0.5 --html failure.html",
        "  plumtree simulate --senders rotating:10 --seeds 5 \\",
        "      --compare '--set graft.timeout=1s' --json both.json",
        "  plumtree simulate --experiment plumtree-failures --nodes 1000",
        "  plumtree simulate --overlay hyparview --nodes 10000 --fail 0.8 \\",
        "      --messages 1000 --json healed.json",
        "  plumtree simulate --overlay hyparview --bootstraps 1000 --nodes 1000",
        "  plumtree simulate --nodes 1000 --loss 0.02 \\",
        "      --sweep graft.timeout=100ms,500ms,2s",
        "  plumtree simulate --chaos 1000"
    })
public final class SimulateCommand implements Callable<Integer> {
    private static final Set<String> CHAOS_FLAGS = Set.of("--chaos", "--from-seed", ConfigFile.FLAG);
    private static final Set<String> EXPERIMENT_FLAGS = Set.of(
        "--experiment", "--seeds", "--nodes", "--set", "--json", ConfigFile.FLAG);

    private static final Set<String> BOOTSTRAP_FLAGS = Set.of(
        "--bootstraps", "--overlay", "--nodes", "--degree", "--join-interval", "--cycles", "--latency", "--loss",
        "--detection", "--seed", "--json", ConfigFile.FLAG);
    /** Shuffles after the last join: a node left out by then would have to be let in by itself. */
    private static final int BOOTSTRAP_CYCLES = 4;

    private final Runner runner;
    private final LongFunction<ChaosResult> chaosRunner;

    private CommandSpec spec;

    @Mixin
    private ScenarioOptions options;

    @Range(min = 1, max = 10_000)
    @Option(names = "--seeds", paramLabel = "N",
        description = "How many runs, each with a seed of its own: 1 to 10000. Default: 1, or the experiment's.")
    private Integer seeds;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N",
        description = "Seed of the first run; the others' follow. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--compare", paramLabel = "FLAGS", preprocessor = OneWord.class,
        description = "A second configuration to set beside the first: the same, but for these flags, in one word and"
            + " each with its value, such as '--set graft.timeout=1s --senders fresh'. Both run with the same seeds.")
    private String compare;

    @Option(names = "--sweep", paramLabel = "OPTION=V1,V2,...",
        description = "Run the configuration once with each of these values of an option of the protocol, named as for"
            + " --set. Goes without --compare and --html.")
    private String sweep;

    @Option(names = "--experiment", paramLabel = "NAME",
        description = "Run the scenarios of a published experiment, see below, with what was published beside. Goes"
            + " with --seeds, --nodes (the most that a scenario may have), --set and --json alone.")
    private String experiment;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file, as JSON.")
    private File json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write the figures and plots to this file.")
    private File html;

    @Range(min = 1, max = 1_000_000)
    @Option(names = "--bootstraps", paramLabel = "N",
        description = "Make so many overlays of hyparview instead, without any message, and count nodes left out: 1 to"
            + " 1000000. Goes with --nodes, --degree, --join-interval, --cycles, --latency, --loss, --detection, --seed"
            + " and --json alone.")
    private Integer bootstraps;

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

    /** Takes what the parser makes of this class, and adds the experiments to its help. */
    @Spec
    void spec(final CommandSpec commandSpec) {
        spec = commandSpec;
        Experiments.addTo(spec.usageMessage());
    }

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final ProgressBar bar = Boolean.getBoolean("plumtree.terminal")
            ? new ProgressBar(spec.commandLine().getErr(), System::nanoTime) : ProgressBar.NONE;
        if (chaos != null || fromSeed != null) {
            if (chaos == null) {
                throw usage("--from-seed goes with --chaos");
            }
            checkAlone("--chaos goes with --from-seed alone", CHAOS_FLAGS);
            return new ChaosRuns(out, System::nanoTime, bar, chaosRunner).run(fromSeed == null ? 1 : fromSeed, chaos)
                ? ExitCode.OK : ExitCode.SOFTWARE;
        }
        if (bootstraps != null) {
            bootstrap(out, bar);
            return ExitCode.OK;
        }
        if (experiment != null || sweep != null) {
            final Rows rows = rows();
            checkFile("--json", json);
            final List<Configuration> configurations = rows.run(out, runner, bar);
            if (json != null) {
                OutputFiles.write(json, file -> SimulationJson.write(file, rows, configurations));
            }
            return ExitCode.OK;
        }
        final List<Scenario> scenarios = scenarios();
        checkFile("--json", json);
        checkFile("--html", html);
        final Runs runs = new Runs(runner, bar, scenarios);
        final List<Configuration> configurations = new ArrayList<>();
        for (final Scenario scenario : scenarios) {
            configurations.add(runs.run(configurations.isEmpty() ? "A" : "B", scenario));
        }
        out.print(SimulationTable.print(configurations));
        out.flush();
        if (json != null) {
            OutputFiles.write(json, file -> SimulationJson.write(file, configurations));
        }
        if (html != null) {
            OutputFiles.write(html, SimulationHtml.print(configurations));
        }
        return ExitCode.OK;
    }

    private void bootstrap(final PrintWriter out, final ProgressBar bar) throws IOException {
        checkAlone("--bootstraps goes with flags of the overlay, --seed and --json alone", BOOTSTRAP_FLAGS);
        final Scenario scenario = scenario(options);
        if (scenario.overlay() != OverlayKind.HYPARVIEW) {
            throw usage("--bootstraps goes with --overlay hyparview");
        }
        if (options.cycles() == null) {
            scenario.cycles(BOOTSTRAP_CYCLES);
        }
        checkFile("--json", json);
        final Bootstraps.Summary summary = new Bootstraps(Bootstrap::run, bar).run(scenario, bootstraps);
        Bootstraps.print(out, scenario, summary);
        if (json != null) {
            OutputFiles.write(json, file -> Bootstraps.write(file, summary));
        }
    }

    private void checkAlone(final String message, final Set<String> flags) {
        if (compare != null) {
            throw usage(message + ": '--compare'");
        }
        for (final OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!flags.contains(option.longestName())) {
                throw usage(message + ": '" + option.longestName() + "'");
            }
        }
    }

    private void checkFile(final String flag, final File file) {
        if (file != null && (file.isDirectory() || !file.getAbsoluteFile().getParentFile().isDirectory())) {
            throw usage(flag + " must be a file in a directory that exists: '" + file + "'");
        }
    }

    private Rows rows() {
        try {
            if (experiment != null) {
                checkAlone("--experiment goes with --seeds, --nodes, --set and --json alone", EXPERIMENT_FLAGS);
                return Experiments.rows(experiment, options.nodes(), seeds, options.settings());
            }
            if (compare != null || html != null) {
                throw usage("--sweep and " + (compare == null ? "--html" : "--compare") + " exclude each other");
            }
            return Sweep.rows(sweep, setting -> scenario(options, setting));
        } catch (final IllegalArgumentException | PlumtreeException ex) {
            throw usage(ex.getMessage());
        }
    }

    private List<Scenario> scenarios() {
        final List<Scenario> scenarios = new ArrayList<>();
        scenarios.add(scenario(options));
        if (compare != null) {
            try {
                scenarios.add(scenario(second().over(options)));
            } catch (final ParameterException ex) {
                throw usage("--compare: " + Ranges.message(ex));
            }
        }
        return scenarios;
    }

    private Scenario scenario(final ScenarioOptions of, final String... settings) {
        return of.scenario(seeds == null ? 1 : seeds, seed, settings);
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

    private ParameterException usage(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
