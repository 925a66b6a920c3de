package io.plumtree.node.tree;

import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.TreeView;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes tree views from names separated by blanks. */
final class Views {
    private final Map<NodeId, PeerSets> nodes = new TreeMap<>();
    private final Set<NodeId> down = new TreeSet<>();

    static Set<NodeId> ids(final String names) {
        return Arrays.stream(names.split(" ")).filter(name -> !name.isEmpty()).map(NodeId::of)
            .collect(Collectors.toSet());
    }

    Views node(final String name, final String eager, final String lazy) {
        nodes.put(NodeId.of(name), new PeerSets(ids(eager), ids(lazy)));
        return this;
    }

    Views node(final String name, final String eager) {
        return node(name, eager, "");
    }

    Views down(final String names) {
        down.addAll(ids(names));
        return this;
    }

    TreeView view(final String root) {
        return TreeView.of(NodeId.of(root), nodes, down);
    }

    BroadcastTree tree(final String root) {
        return BroadcastTree.of(view(root));
    }

    /** All that can be in a tree: links of each kind, and a node of each standing. */
    static Views mixed() {
        return new Views()
            .node("n1", "n2 n3 n4", "n5")
            .node("n2", "n1 n3 n6", "")
            .node("n3", "n1 n2", "n6")
            .node("n5", "n7", "n1 n3")
            .node("n6", "n2 stranger", "n3")
            .node("n7", "n5", "")
            .down("n4 n8");
    }

    /** Each of so many pushes to the three after it, as in a ternary heap, and announces to all others. */
    static Views heap(final int count) {
        final Views views = new Views();
        for (int i = 0; i < count; i++) {
            final StringBuilder eager = new StringBuilder(i == 0 ? "" : "n" + (i - 1) / 3);
            final StringBuilder lazy = new StringBuilder();
            for (int j = 0; j < count; j++) {
                if (j > 0 && (j - 1) / 3 == i) {
                    eager.append(" n").append(j);
                } else if (j != i && (i == 0 || j != (i - 1) / 3)) {
                    lazy.append(" n").append(j);
                }
            }
            views.node("n" + i, eager.toString(), lazy.toString());
        }
        return views;
    }
}
