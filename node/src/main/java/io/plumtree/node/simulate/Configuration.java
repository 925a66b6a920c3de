package io.plumtree.node.simulate;

import io.plumtree.simulator.OverlayKind;
import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;
import java.util.List;

/**
 * A scenario and what its runs have shown.
 *
 * @param name     how tables and plots call it.
 * @param scenario what was asked.
 * @param runs     what was answered, a run a seed.
 */
record Configuration(String name, Scenario scenario, List<RunResult> runs) {
    /** Whether nodes crash at once. */
    boolean hasFailure() {
        return Math.round(scenario.fail() * scenario.nodes()) > 0;
    }

    /** Whether the nodes mend their overlay themselves. */
    boolean isMended() {
        return scenario.overlay() == OverlayKind.HYPARVIEW;
    }

    /**
     * Place of the last message of the warm-up.
     *
     * @param messages messages of a run, the warm-up's included.
     * @return how many of them are the warm-up's, whatever a message is with these senders.
     */
    int warmup(final int messages) {
        return (int) ((long) messages * scenario.warmup() / (scenario.warmup() + scenario.messages()));
    }
}
