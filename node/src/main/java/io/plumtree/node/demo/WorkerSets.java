package io.plumtree.node.demo;

import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@link PeerSets}, by name, as a worker tells its parent.
 *
 * @param eager names of the eager peers.
 * @param lazy  names of the lazy peers.
 */
record WorkerSets(SortedSet<String> eager, SortedSet<String> lazy) {
    static WorkerSets of(final PeerSets sets) {
        return new WorkerSets(names(sets.eager()), names(sets.lazy()));
    }

    PeerSets toPeerSets() {
        return new PeerSets(ids(eager), ids(lazy));
    }

    private static SortedSet<String> names(final Set<NodeId> ids) {
        return ids.stream().map(NodeId::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<NodeId> ids(final Set<String> names) {
        return names.stream().map(NodeId::of).collect(Collectors.toSet());
    }
}
