package io.plumtree.node.simulate;

import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Runs scenarios, each with every seed of its own, and shows how far all of them together are. */
final class Runs {
    private final ScenarioRunner runner;
    private final ProgressBar bar;
    private final int all;
    private int finished;

    /**
     * Nothing has run yet.
     *
     * @param runner    runs a scenario with one seed.
     * @param bar       for a terminal.
     * @param scenarios all that are to be run, one after the other.
     */
    Runs(final ScenarioRunner runner, final ProgressBar bar, final List<Scenario> scenarios) {
        this.runner = runner;
        this.bar = bar;
        this.all = scenarios.stream().mapToInt(Scenario::seeds).sum();
    }

    /**
     * Runs the next one.
     *
     * @param name     how tables and plots call it.
     * @param scenario the scenario.
     * @return what its runs have shown.
     */
    Configuration run(final String name, final Scenario scenario) {
        final List<RunResult> results = new ArrayList<>();
        for (int i = 0; i < scenario.seeds(); i++) {
            final double before = finished;
            final String what = "run " + (finished + 1) + " of " + all;
            results.add(runner.run(scenario, scenario.firstSeed() + i, (done, total) ->
                bar.show((before + Math.min(1, (double) done / Math.max(1, total))) / all, what)));
            finished++;
        }
        bar.end();
        return new Configuration(name, scenario, results);
    }
}
