package io.plumtree.simulator.chaos;

import java.util.List;

/**
 * What one seed has shown.
 *
 * @param seed          the seed.
 * @param configuration what was drawn, in one line.
 * @param failures      what did not hold, each with its node, message and time; empty if all did.
 * @param trace         the journey of the first message concerned, in virtual time; empty if all held.
 * @param figures       what happened.
 */
public record ChaosResult(
    long seed, String configuration, List<String> failures, String trace, ChaosFigures figures) {
    /**
     * Whether all held.
     *
     * @return true if so.
     */
    public boolean passed() {
        return failures.isEmpty();
    }
}
