package io.plumtree.node.tree;

import io.plumtree.api.NodeId;
import io.plumtree.api.TreeView;

/**
 * A tree in Graphviz's language. Names are quoted, as they may be its keywords or begin with a digit; a name has no
 * character that would end the quotes.
 */
public final class TreeDot {
    private TreeDot() {
    }

    /**
     * Writes a tree down.
     *
     * @param view what the nodes say.
     * @return a directed graph: a line a node, then a line a link.
     */
    public static String print(final TreeView view) {
        final BroadcastTree tree = BroadcastTree.of(view);
        final StringBuilder out = new StringBuilder();
        out.append("digraph \"tree of ").append(tree.root()).append("\" {\n");
        out.append("  rankdir=LR;\n");
        out.append("  node [shape=box, style=rounded, fontname=\"monospace\"];\n");
        for (final NodeId node : tree.nodes()) {
            out.append("  \"").append(node).append('"').append(attributes(tree, node)).append(";\n");
        }
        for (final TreeLink link : tree.links()) {
            out.append("  \"").append(link.from()).append("\" -> \"").append(link.to()).append("\" [")
                .append(attributes(link.kind())).append(link.isMutual() ? ", dir=both" : "").append("];\n");
        }
        return out.append("}\n").toString();
    }

    private static String attributes(final BroadcastTree tree, final NodeId node) {
        final String root = node.equals(tree.root()) ? "penwidth=2" : "";
        final String standing = switch (tree.standing(node)) {
            case REACHED -> "";
            case UNREACHED -> gone(node, "not in the tree", "rounded");
            case DOWN -> gone(node, "down", "rounded,dashed");
            case STRANGER -> gone(node, "no member", "rounded,dotted");
        };
        if (root.isEmpty() && standing.isEmpty()) {
            return "";
        }
        return " [" + root + (root.isEmpty() || standing.isEmpty() ? "" : ", ") + standing + "]";
    }

    private static String gone(final NodeId node, final String why, final String style) {
        return "label=\"" + node + "\\n(" + why + ")\", style=\"" + style + "\", color=gray50, fontcolor=gray50";
    }

    /** Links beside the tree do not move its nodes. */
    private static String attributes(final TreeLink.Kind kind) {
        return switch (kind) {
            case TREE -> "style=solid, penwidth=2";
            case SPARE -> "style=solid, color=darkorange, constraint=false";
            case SILENT -> "style=solid, color=gray50, constraint=false";
            case LAZY -> "style=dashed, color=gray50, arrowhead=open, constraint=false";
        };
    }
}
