package io.plumtree.api;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tree of one root as its nodes told it (the reference's {@code debug_get_tree}). The answers are not of one
 * instant: while the tree changes, two nodes can disagree about the link between them.
 *
 * @param root  the root.
 * @param nodes the nodes that answered, with their places in the tree.
 * @param down  the nodes that did not answer in time.
 */
public record TreeView(NodeId root, SortedMap<NodeId, PeerSets> nodes, SortedSet<NodeId> down) {
    /**
     * Copies both collections, so that the record is immutable.
     *
     * @param root  the root.
     * @param nodes the nodes that answered.
     * @param down  the nodes that did not.
     */
    public TreeView {
        Objects.requireNonNull(root, "root");
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        down = Collections.unmodifiableSortedSet(new TreeSet<>(down));
    }

    /**
     * The tree of one root.
     *
     * @param root  the root.
     * @param nodes the nodes that answered.
     * @param down  the nodes that did not.
     * @return the view.
     */
    public static TreeView of(final NodeId root, final Map<NodeId, PeerSets> nodes, final Set<NodeId> down) {
        return new TreeView(root, new TreeMap<>(nodes), new TreeSet<>(down));
    }
}
