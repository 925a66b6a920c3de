package io.plumtree.node.simulate;

import io.plumtree.simulator.RunProgress;
import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;

/** Runs a scenario with one seed. */
@FunctionalInterface
interface ScenarioRunner {
    /**
     * Runs it.
     *
     * @param scenario the scenario.
     * @param seed     the seed.
     * @param progress is told how far it has come.
     * @return what it has shown.
     */
    RunResult run(Scenario scenario, long seed, RunProgress progress);
}
