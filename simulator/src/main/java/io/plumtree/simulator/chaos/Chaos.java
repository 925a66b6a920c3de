package io.plumtree.simulator.chaos;

import java.util.List;

/**
 * A run in which the seed draws everything: size, overlay, network, clocks, options, load and faults. Then all faults
 * end, and what a broadcast protocol is for has to hold.
 *
 * <p>What is demanded: every living node gets every message that a living node has; nothing is delivered that nobody
 * sent, or twice, or sent to its root; no table grows above its bound; and when all is quiet the trees of those who
 * send are spanning trees without redundancy, and nobody sends anything.
 */
public final class Chaos {
    private Chaos() {
    }

    /**
     * Runs a seed; the same one gives the same result.
     *
     * @param seed the seed.
     * @return what it has shown.
     */
    public static ChaosResult run(final long seed) {
        return run(new ChaosPlan(seed));
    }

    static ChaosResult run(final ChaosPlan plan) {
        final ChaosRun run = new ChaosRun(plan, List.of());
        final Findings findings = run.run();
        String trace = "";
        if (!findings.isEmpty()) {
            final Journey journey = new Journey(findings.firstMessage(), findings.firstNode());
            new ChaosRun(plan, List.of(journey)).run();
            trace = journey.toString();
        }
        return new ChaosResult(plan.seed, plan.toString(), findings.texts(), trace, run.figures());
    }
}
