package io.plumtree.node.tree;

import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.TreeView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The tree of one root, put together from what each node says of its own peers: a node hangs below the one from which
 * a payload reaches it with the fewest hops. Eager links that are not needed for that are kept apart, as they carry
 * payloads twice.
 */
public final class BroadcastTree {
    private final TreeView view;
    private final SortedSet<NodeId> nodes = new TreeSet<>();
    private final Map<NodeId, NodeId> parents = new HashMap<>();
    private final Map<NodeId, List<NodeId>> children = new LinkedHashMap<>();

    private BroadcastTree(final TreeView view) {
        this.view = view;
        nodes.add(view.root());
        nodes.addAll(view.down());
        view.nodes().forEach((node, peers) -> {
            nodes.add(node);
            nodes.addAll(peers.eager());
            nodes.addAll(peers.lazy());
        });
    }

    /**
     * Puts a tree together.
     *
     * @param view what the nodes say.
     * @return the tree.
     */
    public static BroadcastTree of(final TreeView view) {
        final BroadcastTree tree = new BroadcastTree(view);
        final ArrayDeque<NodeId> queue = new ArrayDeque<>();
        queue.add(view.root());
        while (!queue.isEmpty()) {
            final NodeId node = queue.remove();
            final List<NodeId> below = new ArrayList<>();
            tree.children.put(node, below);
            for (final NodeId peer : tree.eager(node)) {
                if (tree.hasAnswered(peer) && !peer.equals(view.root())
                    && tree.parents.putIfAbsent(peer, node) == null) {
                    below.add(peer);
                    queue.add(peer);
                }
            }
        }
        return tree;
    }

    /**
     * Where the tree begins.
     *
     * @return the root.
     */
    public NodeId root() {
        return view.root();
    }

    /**
     * Every node that is known of: members, peers that they name, and the root.
     *
     * @return the nodes, by name.
     */
    public SortedSet<NodeId> nodes() {
        return Collections.unmodifiableSortedSet(nodes);
    }

    /**
     * How a node stands to the tree.
     *
     * @param node the node.
     * @return its standing.
     */
    public Standing standing(final NodeId node) {
        if (!hasAnswered(node)) {
            return view.down().contains(node) ? Standing.DOWN : Standing.STRANGER;
        }
        return children.containsKey(node) ? Standing.REACHED : Standing.UNREACHED;
    }

    /**
     * The nodes of one standing that do not hang in the tree.
     *
     * @param standing the standing.
     * @return the nodes, by name; without the root, which every picture shows first.
     */
    public List<NodeId> beside(final Standing standing) {
        return nodes.stream().filter(node -> !children.containsKey(node) && standing(node) == standing).toList();
    }

    /**
     * The node right above one.
     *
     * @param node the node.
     * @return its parent; null for the root and for what does not hang in the tree.
     */
    public NodeId parent(final NodeId node) {
        return parents.get(node);
    }

    /**
     * The nodes right below one.
     *
     * @param node the node.
     * @return its children, by name; none for a leaf.
     */
    public List<NodeId> children(final NodeId node) {
        return Collections.unmodifiableList(children.getOrDefault(node, List.of()));
    }

    /**
     * How many hops a payload takes from the root.
     *
     * @param node the node.
     * @return 0 for the root, -1 for what does not hang in the tree.
     */
    public int depth(final NodeId node) {
        if (!children.containsKey(node)) {
            return -1;
        }
        int depth = 0;
        for (NodeId above = parent(node); above != null; above = parent(above)) {
            depth++;
        }
        return depth;
    }

    /**
     * The eager peers of a node, as it says.
     *
     * @param node the node.
     * @return the peers, by name; none if it did not answer.
     */
    public SortedSet<NodeId> eager(final NodeId node) {
        final PeerSets peers = view.nodes().get(node);
        return peers == null ? new TreeSet<>() : others(node, peers.eager());
    }

    /**
     * The lazy peers of a node, as it says.
     *
     * @param node the node.
     * @return the peers, by name; none if it did not answer.
     */
    public SortedSet<NodeId> lazy(final NodeId node) {
        final PeerSets peers = view.nodes().get(node);
        return peers == null ? new TreeSet<>() : others(node, peers.lazy());
    }

    /**
     * Eager links of a node beside those of the tree. A link to the parent is none: it is the way back, on which
     * nothing is sent; nor is one to the root, to which nothing of its own is sent.
     *
     * @param node the node.
     * @return the peers at their ends, by name.
     */
    public SortedSet<NodeId> spareLinks(final NodeId node) {
        final SortedSet<NodeId> spare = eager(node);
        spare.removeIf(peer -> !hasAnswered(peer) || peer.equals(root()) || isTreeLink(node, peer));
        return spare;
    }

    /**
     * What joins the nodes: one link at most for two of them.
     *
     * @return the links, by kind and then by name.
     */
    public List<TreeLink> links() {
        final Map<List<NodeId>, TreeLink> links = new HashMap<>();
        parents.forEach((node, parent) -> add(links, parent, node, TreeLink.Kind.TREE));
        for (final NodeId node : view.nodes().keySet()) {
            spareLinks(node).forEach(peer -> add(links, node, peer, TreeLink.Kind.SPARE));
            eager(node).stream().filter(peer -> !hasAnswered(peer))
                .forEach(peer -> add(links, node, peer, TreeLink.Kind.SILENT));
        }
        for (final NodeId node : view.nodes().keySet()) {
            lazy(node).forEach(peer -> add(links, node, peer, TreeLink.Kind.LAZY));
        }
        final List<TreeLink> sorted = new ArrayList<>(links.values());
        sorted.sort(Comparator.comparing(TreeLink::kind).thenComparing(TreeLink::from).thenComparing(TreeLink::to));
        return sorted;
    }

    /**
     * Nodes by how many others hang right below them, the most first: who does most harm by dying.
     *
     * @return all nodes.
     */
    public List<NodeId> busiestFirst() {
        final List<NodeId> sorted = new ArrayList<>(nodes);
        sorted.sort(Comparator.comparingInt((NodeId node) -> -children(node).size())
            .thenComparing(Comparator.naturalOrder()));
        return sorted;
    }

    private boolean hasAnswered(final NodeId node) {
        return view.nodes().containsKey(node);
    }

    private boolean isTreeLink(final NodeId node, final NodeId peer) {
        return node.equals(parent(peer)) || peer.equals(parent(node));
    }

    /** What came over the network may say that a node is its own peer. */
    private static SortedSet<NodeId> others(final NodeId node, final Iterable<NodeId> peers) {
        final SortedSet<NodeId> others = new TreeSet<>();
        peers.forEach(others::add);
        others.remove(node);
        return others;
    }

    /** Added by kind, those that count most first. */
    private static void add(
        final Map<List<NodeId>, TreeLink> links, final NodeId from, final NodeId to, final TreeLink.Kind kind) {
        final boolean isOrdered = from.compareTo(to) < 0;
        final TreeLink added = new TreeLink(from, to, kind, false);
        links.merge(isOrdered ? List.of(from, to) : List.of(to, from), added, (link, same) ->
            link.kind() == kind && !link.from().equals(from) ? new TreeLink(link.from(), link.to(), kind, true) : link);
    }
}
