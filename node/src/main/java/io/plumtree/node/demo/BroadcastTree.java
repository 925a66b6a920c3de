package io.plumtree.node.demo;

import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tree of one root, put together from what each node says of its own peers: a node hangs below the one from which
 * a payload reaches it with the fewest hops. Eager links that are not needed for that are kept apart, as they carry
 * payloads twice.
 */
final class BroadcastTree {
    private final NodeId root;
    private final Map<NodeId, List<NodeId>> children = new LinkedHashMap<>();
    private final SortedMap<NodeId, Set<NodeId>> spareLinks = new TreeMap<>();
    private final Set<NodeId> unreached;

    private BroadcastTree(final NodeId root, final Set<NodeId> nodes) {
        this.root = root;
        this.unreached = new TreeSet<>(nodes);
    }

    /**
     * Puts a tree together.
     *
     * @param root where it begins.
     * @param sets the peers of each node that answered, for this root.
     * @param all  every node, also those that did not answer.
     * @return the tree.
     */
    static BroadcastTree of(final NodeId root, final Map<NodeId, PeerSets> sets, final Set<NodeId> all) {
        final BroadcastTree tree = new BroadcastTree(root, all);
        final Map<NodeId, NodeId> parents = new LinkedHashMap<>();
        final ArrayDeque<NodeId> queue = new ArrayDeque<>();
        parents.put(root, root);
        queue.add(root);
        while (!queue.isEmpty()) {
            final NodeId node = queue.remove();
            tree.unreached.remove(node);
            final List<NodeId> below = new ArrayList<>();
            tree.children.put(node, below);
            for (final NodeId peer : eager(sets, node)) {
                if (!sets.containsKey(peer)) {
                    continue;
                }
                if (parents.putIfAbsent(peer, node) == null) {
                    below.add(peer);
                    queue.add(peer);
                }
            }
        }
        tree.findSpareLinks(sets, parents);
        return tree;
    }

    /** A link to the parent is the way back on which nothing is sent, and so is none to spare. */
    private void findSpareLinks(final Map<NodeId, PeerSets> sets, final Map<NodeId, NodeId> parents) {
        for (final NodeId node : children.keySet()) {
            for (final NodeId peer : eager(sets, node)) {
                final boolean isTreeLink = node.equals(parents.get(peer)) || peer.equals(parents.get(node));
                if (!isTreeLink && !peer.equals(root) && sets.containsKey(peer)) {
                    spareLinks.computeIfAbsent(node, key -> new TreeSet<>()).add(peer);
                }
            }
        }
    }

    private static Set<NodeId> eager(final Map<NodeId, PeerSets> sets, final NodeId node) {
        final PeerSets peers = sets.get(node);
        return peers == null ? Set.of() : new TreeSet<>(peers.eager());
    }

    /** Where the tree begins. */
    NodeId root() {
        return root;
    }

    /** The nodes right below one; empty for a leaf. */
    List<NodeId> children(final NodeId node) {
        return children.getOrDefault(node, List.of());
    }

    /** Eager links of a node beside those of the tree. */
    Set<NodeId> spareLinks(final NodeId node) {
        return spareLinks.getOrDefault(node, Set.of());
    }

    /** Nodes to which no chain of eager links leads, or that did not answer. */
    Set<NodeId> unreached() {
        return Collections.unmodifiableSet(unreached);
    }

    /** Nodes by how many others hang right below them, the most first: who does most harm by dying. */
    List<NodeId> busiestFirst() {
        final List<NodeId> nodes = new ArrayList<>(children.keySet());
        nodes.addAll(unreached);
        nodes.sort(Comparator.comparingInt((NodeId node) -> -children(node).size())
            .thenComparing(Comparator.naturalOrder()));
        return nodes;
    }
}
