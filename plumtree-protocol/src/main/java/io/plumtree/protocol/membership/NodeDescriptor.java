package io.plumtree.protocol.membership;

import io.plumtree.api.NodeId;

/**
 * A run of a node, as views hold it and nodes tell each other of it.
 *
 * @param id          the node.
 * @param endpoint    where it listens, {@code host:port}.
 * @param incarnation its run: a greater one is a later one.
 */
public record NodeDescriptor(NodeId id, String endpoint, long incarnation) {
    /** No run has a greater incarnation: milliseconds until the year 10889. */
    public static final long MAX_INCARNATION = 1L << 48;

    /**
     * Whether a run can have this incarnation.
     *
     * @param incarnation of the network's.
     * @return false if no clock is there.
     */
    public static boolean isPossible(final long incarnation) {
        return incarnation > 0 && incarnation <= MAX_INCARNATION;
    }

    /**
     * Whether this is a later run of the same node.
     *
     * @param other a run of the same node.
     * @return true if so.
     */
    public boolean isLaterThan(final NodeDescriptor other) {
        return incarnation > other.incarnation;
    }
}
