package io.plumtree.node.demo;

import io.plumtree.api.NodeId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A tree as indented text, in ASCII so that every terminal and log shows it. */
final class TreePrinter {
    private TreePrinter() {
    }

    /**
     * Draws a tree.
     *
     * @param tree the tree.
     * @param down nodes known to be down.
     * @return one line a node, each ended.
     */
    static String print(final BroadcastTree tree, final Set<NodeId> down) {
        final StringBuilder out = new StringBuilder();
        node(out, tree, tree.root(), "", "");
        final Set<NodeId> unreached = tree.unreached();
        list(out, "down: ", unreached.stream().filter(down::contains).toList());
        list(out, "not in the tree: ", unreached.stream().filter(node -> !down.contains(node)).toList());
        return out.toString();
    }

    private static void node(
        final StringBuilder out, final BroadcastTree tree, final NodeId node, final String first, final String rest) {
        out.append(first).append(node);
        final Set<NodeId> spare = tree.spareLinks(node);
        if (!spare.isEmpty()) {
            out.append("  (also eager: ").append(join(List.copyOf(spare))).append(')');
        }
        out.append('\n');
        final List<NodeId> children = tree.children(node);
        for (int i = 0; i < children.size(); i++) {
            final boolean isLast = i == children.size() - 1;
            node(out, tree, children.get(i), rest + (isLast ? "`-- " : "|-- "), rest + (isLast ? "    " : "|   "));
        }
    }

    private static void list(final StringBuilder out, final String title, final List<NodeId> nodes) {
        if (!nodes.isEmpty()) {
            out.append(title).append(join(nodes)).append('\n');
        }
    }

    private static String join(final List<NodeId> nodes) {
        return nodes.stream().sorted().map(NodeId::name).collect(Collectors.joining(", "));
    }
}
