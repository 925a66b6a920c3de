package io.plumtree.node.simulate;

import io.plumtree.api.PlumtreeException;
import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Range;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumtree simulate experiment}: runs the scenarios of a published experiment. */
@Command(
    name = "experiment",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "Runs the scenarios of a published experiment, and prints a table in Markdown with what was published beside, a"
            + " row as soon as it has run.",
        ""
    },
    footer = {
        "",
        "Such as:",
        "  plumtree simulate experiment plumtree-failures --nodes 1000"
    })
final class SimulateExperimentCommand implements Callable<Integer> {
    private final ScenarioRunner runner;

    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Which, see below.")
    private String name;

    @Range(min = 1, max = 10_000)
    @Option(names = "--seeds", paramLabel = "N",
        description = "How many runs of each scenario, each with a seed of its own: 1 to 10000. Default: the"
            + " experiment's.")
    private Integer seeds;

    @Range(min = 2, max = 1_000_000)
    @Option(names = "--nodes", paramLabel = "N",
        description = "The most nodes that a scenario may have: 2 to 1000000. Default: the experiment's.")
    private Integer nodes;

    @Option(names = "--set", split = ",", paramLabel = "OPTION=VALUE",
        description = "An option of the protocol for all scenarios, as for 'simulate run'. May be given again.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file, as JSON.")
    private File json;

    @Mixin
    private ConfigFile configFile;

    SimulateExperimentCommand(final ScenarioRunner runner) {
        this.runner = runner;
    }

    /** Takes what the parser makes of this class, and adds the experiments to its help. */
    @Spec
    void spec(final CommandSpec commandSpec) {
        spec = commandSpec;
        Experiments.addTo(spec.usageMessage());
    }

    @Override
    public Integer call() throws IOException {
        final Rows rows;
        try {
            rows = Experiments.rows(name, nodes, seeds, settings);
        } catch (final IllegalArgumentException | PlumtreeException ex) {
            throw new ParameterException(spec.commandLine(), ex.getMessage());
        }
        Simulation.print(spec, runner, rows, json);
        return ExitCode.OK;
    }
}
