package io.plumtree.node.simulate;

import io.plumtree.api.PlumtreeException;
import io.plumtree.node.options.Converters;
import io.plumtree.node.options.Ranges;
import io.plumtree.node.output.OutputFiles;
import io.plumtree.simulator.Scenario;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Runs one configuration, two to compare, or one with each value of an option, and tells the figures. */
final class Simulation {
    private final CommandSpec command;
    private final ScenarioRunner runner;
    private final ScenarioOptions options;
    private final RunOptions run;

    /**
     * Nothing has run yet.
     *
     * @param command has been parsed.
     * @param runner  runs a scenario with one seed.
     * @param options what is simulated.
     * @param run     how often, and where the figures go.
     */
    Simulation(
        final CommandSpec command, final ScenarioRunner runner, final ScenarioOptions options, final RunOptions run) {
        this.command = command;
        this.runner = runner;
        this.options = options;
        this.run = run;
    }

    /** Runs it all. */
    void run() throws IOException {
        if (run.sweep() != null) {
            print(command, runner, sweep(), run.json());
            return;
        }
        final List<Scenario> scenarios = scenarios();
        OutputFiles.check(command.commandLine(), "--json", run.json());
        OutputFiles.check(command.commandLine(), "--html", run.html());
        final Runs runs = new Runs(runner, ProgressBar.of(command.commandLine()), scenarios);
        final List<Configuration> configurations = new ArrayList<>();
        for (final Scenario scenario : scenarios) {
            configurations.add(runs.run(configurations.isEmpty() ? "A" : "B", scenario));
        }
        final PrintWriter out = command.commandLine().getOut();
        out.print(SimulationTable.print(configurations));
        out.flush();
        if (run.json() != null) {
            OutputFiles.write(run.json(), file -> SimulationJson.write(file, configurations));
        }
        if (run.html() != null) {
            OutputFiles.write(run.html(), SimulationHtml.print(configurations));
        }
    }

    /** Runs the rows of a table, and prints each as soon as it has run. */
    static void print(final CommandSpec command, final ScenarioRunner runner, final Rows rows, final File json)
        throws IOException {
        OutputFiles.check(command.commandLine(), "--json", json);
        final List<Configuration> configurations =
            rows.run(command.commandLine().getOut(), runner, ProgressBar.of(command.commandLine()));
        if (json != null) {
            OutputFiles.write(json, file -> SimulationJson.write(file, rows, configurations));
        }
    }

    private Rows sweep() {
        if (run.compare() != null || run.html() != null) {
            throw usage("--sweep and " + (run.compare() == null ? "--html" : "--compare") + " exclude each other");
        }
        try {
            return Sweep.rows(run.sweep(), setting -> scenario(options, setting));
        } catch (final IllegalArgumentException | PlumtreeException ex) {
            throw usage(ex.getMessage());
        }
    }

    private List<Scenario> scenarios() {
        final List<Scenario> scenarios = new ArrayList<>();
        scenarios.add(scenario(options));
        if (run.compare() != null) {
            try {
                scenarios.add(scenario(second().over(options)));
            } catch (final ParameterException ex) {
                throw usage("--compare: " + Ranges.message(ex));
            }
        }
        return scenarios;
    }

    private Scenario scenario(final ScenarioOptions of, final String... settings) {
        return of.scenario(run.seeds() == null ? 1 : run.seeds(), run.seed(), settings);
    }

    /** What {@code --compare} has, parsed as the first configuration is, but for the environment and the file. */
    private ScenarioOptions second() {
        final ScenarioOptions.Second second = new ScenarioOptions.Second();
        final CommandLine line = Converters.register(new CommandLine(second));
        line.parseArgs(run.compare().isBlank() ? new String[0] : run.compare().strip().split("\\s+"));
        if (!second.unknown().isEmpty()) {
            throw new ParameterException(line, "no flag of a configuration: '" + second.unknown().get(0) + "'");
        }
        Ranges.check(line.getCommandSpec());
        return second.options();
    }

    private ParameterException usage(final String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
