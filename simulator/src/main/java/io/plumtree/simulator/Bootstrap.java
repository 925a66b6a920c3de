package io.plumtree.simulator;

import io.plumtree.simulator.cluster.Members;
import java.util.SplittableRandom;

/** Nodes that make an overlay, and do nothing else with it: each joins through one contact. */
public final class Bootstrap {
    private static final int PATH_SAMPLES = 100;

    private Bootstrap() {
    }

    /**
     * What an overlay has become.
     *
     * @param seed       of the run.
     * @param nodes      how many nodes there are.
     * @param isolated   how many of them are not in the largest connected part.
     * @param meanDegree neighbours of a node.
     * @param clustering clustering coefficient: of the pairs of a node's neighbours, the share that are neighbours
     *                   themselves; mean over the nodes.
     * @param meanHops   length of the shortest path, mean over the paths from some nodes to all others.
     * @param inDegrees  how many nodes are the neighbours of 0, 1, 2, … others.
     * @param messages   of the membership, sent by all nodes together.
     */
    public record Result(
        long seed,
        int nodes,
        int isolated,
        double meanDegree,
        double clustering,
        double meanHops,
        int[] inDegrees,
        long messages) {
    }

    /**
     * Makes an overlay.
     *
     * @param scenario how many nodes, how they join, and over what network.
     * @param seed     what chance depends on.
     * @return what it has become.
     * @throws IllegalArgumentException if an option is out of its range.
     */
    public static Result run(final Scenario scenario, final long seed) {
        scenario.conclude();
        final SplittableRandom random = new SplittableRandom(seed);
        final Members members = Members.alone(
            scenario.membership(), random.split(), new PairLatency(scenario, random.nextLong()));
        for (int node = 0; node < scenario.nodes(); node++) {
            members.run(node * scenario.joinIntervalNs());
            members.start(node, 0);
        }
        members.run(scenario.overlayNs());
        final OverlayGraph graph = OverlayGraph.of(scenario.nodes(), members::active);
        final int[] inDegrees = graph.inDegrees();
        long links = 0;
        for (int degree = 0; degree < inDegrees.length; degree++) {
            links += (long) degree * inDegrees[degree];
        }
        return new Result(
            seed, scenario.nodes(), graph.isolated(), (double) links / scenario.nodes(), graph.clustering(),
            graph.meanHops(Math.min(PATH_SAMPLES, scenario.nodes()), random), inDegrees, members.messageCount());
    }
}
