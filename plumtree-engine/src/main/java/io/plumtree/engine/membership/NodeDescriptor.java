package io.plumtree.engine.membership;

import io.plumtree.api.NodeId;

/**
 * A run of a node, as views hold it and nodes tell each other of it.
 *
 * @param id          the node.
 * @param endpoint    where it listens, {@code host:port}.
 * @param incarnation its run: a greater one is a later one.
 */
public record NodeDescriptor(NodeId id, String endpoint, long incarnation) {
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
