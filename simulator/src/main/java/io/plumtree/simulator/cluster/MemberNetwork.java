package io.plumtree.simulator.cluster;

import java.util.SplittableRandom;

/** What members' messages travel over; nodes are numbers. */
public interface MemberNetwork {
    /**
     * How long messages take, always the same between two nodes.
     *
     * @param from a node.
     * @param to   another node.
     * @return nanoseconds.
     */
    long latencyNs(int from, int to);

    /**
     * Whether a message does not arrive.
     *
     * @param from a node.
     * @param to   another node.
     * @return true if it is lost.
     */
    boolean isLost(int from, int to);

    /**
     * How long it takes a node to notice that a neighbour is gone.
     *
     * @param random draws it.
     * @return nanoseconds.
     */
    long detectionNs(SplittableRandom random);
}
