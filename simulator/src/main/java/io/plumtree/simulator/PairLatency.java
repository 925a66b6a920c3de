package io.plumtree.simulator;

import io.plumtree.simulator.cluster.MemberNetwork;
import java.util.SplittableRandom;

/** A scenario's network between any two nodes, whether there is a link or not. */
final class PairLatency implements MemberNetwork {
    private final Scenario scenario;
    private final long seed;
    private final SplittableRandom random;

    PairLatency(final Scenario scenario, final long seed) {
        this.scenario = scenario;
        this.seed = seed;
        random = new SplittableRandom(seed);
    }

    @Override
    public long latencyNs(final int from, final int to) {
        final long pair = (long) Math.min(from, to) << 32 | Math.max(from, to);
        return scenario.latency().draw(from, to, new SplittableRandom(seed ^ pair * 0x9e3779b97f4a7c15L));
    }

    @Override
    public boolean isLost(final int from, final int to) {
        return scenario.loss() > 0 && random.nextDouble() < scenario.loss();
    }

    @Override
    public long detectionNs(final SplittableRandom draws) {
        return scenario.detectionNs() / 2 + draws.nextLong(scenario.detectionNs() / 2 + 1);
    }
}
