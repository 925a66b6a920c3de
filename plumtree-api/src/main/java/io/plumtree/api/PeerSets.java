package io.plumtree.api;

import java.util.Set;

/**
 * One node's place in the tree of one root (the reference's {@code get_peers/1}).
 *
 * @param eager peers to which payloads are pushed.
 * @param lazy  peers to which messages are announced.
 */
public record PeerSets(Set<NodeId> eager, Set<NodeId> lazy) {
    /**
     * Copies both sets, so that the record is immutable.
     *
     * @param eager peers to which payloads are pushed.
     * @param lazy  peers to which messages are announced.
     */
    public PeerSets {
        eager = Set.copyOf(eager);
        lazy = Set.copyOf(lazy);
    }
}
