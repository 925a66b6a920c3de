package io.plumtree.node.simulate;

import io.plumtree.simulator.Experiment;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Scenarios that become rows of one table: what experiments and sweeps have in common.
 *
 * @param introduction what is to be read before the table.
 * @param table        the table.
 * @param rows         the scenarios, concluded; nothing is published of a sweep's.
 */
record Rows(String introduction, RowsTable table, List<Experiment.Row> rows) {
    /**
     * Runs one after the other and prints each as soon as it has run, since the next may take a minute.
     *
     * @param out    for the table.
     * @param runner runs a scenario with one seed.
     * @param bar    for a terminal.
     * @return what the runs have shown, row by row.
     */
    List<Configuration> run(final PrintWriter out, final ScenarioRunner runner, final ProgressBar bar) {
        out.print(introduction + "\n\n" + table.head());
        out.flush();
        final Runs runs = new Runs(runner, bar, rows.stream().map(Experiment.Row::scenario).toList());
        final List<Configuration> configurations = new ArrayList<>();
        for (final Experiment.Row row : rows) {
            final Configuration configuration = runs.run(row.label(), row.scenario());
            out.print(table.row(configuration, row.published()));
            configurations.add(configuration);
            if (out.checkError()) {
                // Nobody reads it any more, or it can't be written: the exit status will tell.
                break;
            }
        }
        return configurations;
    }
}
