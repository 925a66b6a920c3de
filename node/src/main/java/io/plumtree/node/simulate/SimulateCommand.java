package io.plumtree.node.simulate;

import io.plumtree.api.PlumtreeException;
import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.simulator.OverlayKind;
import io.plumtree.simulator.Scenario;
import io.plumtree.simulator.ScenarioRun;
import io.plumtree.simulator.chaos.Chaos;
import io.plumtree.simulator.chaos.ChaosResult;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumtree simulate}: many nodes on virtual time. Without a command after it, it does what {@code run} does. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "Simulates a cluster: many nodes' protocol on virtual time. The same seed gives the same run.",
        "",
        "Without one of the commands below it does what 'simulate run' does, and takes the same options.",
        ""
    },
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
        "",
        "Such as:",
        "  plumtree simulate run --nodes 10000 --degree 5 --fail 0.5 --html failure.html",
        "  plumtree simulate experiment plumtree-failures --nodes 1000",
        "  plumtree simulate bootstraps 1000 --nodes 1000",
        "  plumtree simulate chaos 1000"
    })
public final class SimulateCommand implements Callable<Integer> {
    private static final Set<String> CHAOS_FLAGS = Set.of("--chaos", "--from-seed", ConfigFile.FLAG);
    private static final Set<String> EXPERIMENT_FLAGS = Set.of(
        "--experiment", "--seeds", "--nodes", "--set", "--json", ConfigFile.FLAG);
    private static final Set<String> BOOTSTRAP_FLAGS = Set.of(
        "--bootstraps", "--overlay", "--nodes", "--degree", "--join-interval", "--cycles", "--latency", "--loss",
        "--detection", "--seed", "--json", ConfigFile.FLAG);

    private final ScenarioRunner runner;
    private final LongFunction<ChaosResult> chaosRunner;

    private CommandSpec spec;

    @Mixin
    private ScenarioOptions options;

    @Mixin
    private RunOptions run;

    @Mixin
    private OldSimulateFlags old;

    @Mixin
    private ConfigFile configFile;

    /** A command, to be filled in by the parser. */
    public SimulateCommand() {
        this(ScenarioRun::run, Chaos::run);
    }

    SimulateCommand(final ScenarioRunner runner, final LongFunction<ChaosResult> chaosRunner) {
        this.runner = runner;
        this.chaosRunner = chaosRunner;
    }

    /** Takes what the parser makes of this class, and adds the commands below it. */
    @Spec
    void spec(final CommandSpec commandSpec) {
        spec = commandSpec;
        for (final Object command : new Object[]{new SimulateRunCommand(runner), new SimulateExperimentCommand(runner),
            new SimulateBootstrapsCommand(), new SimulateChaosCommand(chaosRunner)}) {
            final CommandLine line = new CommandLine(command);
            spec.addSubcommand(line.getCommandName(), line);
        }
    }

    @Override
    public Integer call() throws IOException {
        if (old.chaos() != null || old.fromSeed() != null) {
            return chaos();
        }
        if (old.bootstraps() != null) {
            bootstraps();
        } else if (old.experiment() != null) {
            Simulation.print(spec, runner, experiment(), run.json());
        } else {
            new Simulation(spec, runner, options, run).run();
        }
        return ExitCode.OK;
    }

    private int chaos() {
        if (old.chaos() == null) {
            throw usage("--from-seed goes with --chaos");
        }
        checkAlone("--chaos goes with --from-seed alone", CHAOS_FLAGS);
        return ChaosRuns.of(spec, chaosRunner, result -> { })
            .run(old.fromSeed() == null ? 1 : old.fromSeed(), old.chaos()) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void bootstraps() throws IOException {
        checkAlone("--bootstraps goes with flags of the overlay, --seed and --json alone", BOOTSTRAP_FLAGS);
        final Scenario scenario = options.scenario(1, run.seed());
        if (scenario.overlay() != OverlayKind.HYPARVIEW) {
            throw usage("--bootstraps goes with --overlay hyparview");
        }
        Bootstraps.run(spec, scenario, options.links(), old.bootstraps(), run.json());
    }

    private Rows experiment() {
        checkAlone("--experiment goes with --seeds, --nodes, --set and --json alone", EXPERIMENT_FLAGS);
        try {
            return Experiments.rows(old.experiment(), options.links().nodes(), run.seeds(), options.settings());
        } catch (final IllegalArgumentException | PlumtreeException ex) {
            throw usage(ex.getMessage());
        }
    }

    private void checkAlone(final String message, final Set<String> flags) {
        if (run.compare() != null) {
            throw usage(message + ": '--compare'");
        }
        for (final OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!flags.contains(option.longestName())) {
                throw usage(message + ": '" + option.longestName() + "'");
            }
        }
    }

    private ParameterException usage(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
