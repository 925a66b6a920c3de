package io.plumtree.node.tree;

import io.plumtree.api.NodeId;
import io.plumtree.api.TreeView;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A tree as indented text, in ASCII so that every terminal and log shows it. */
public final class TreeText {
    /** More names than these are counted, since a line that wraps hides the tree's shape. */
    private static final int NAME_LIMIT = 8;

    private final StringBuilder out = new StringBuilder();
    private final BroadcastTree tree;
    private final boolean isBrief;

    private TreeText(final BroadcastTree tree, final boolean isBrief) {
        this.tree = tree;
        this.isBrief = isBrief;
    }

    /**
     * Draws a tree with all that is known of it.
     *
     * @param view what the nodes say.
     * @return one line a node, each ended.
     */
    public static String print(final TreeView view) {
        return new TreeText(BroadcastTree.of(view), false).print();
    }

    /**
     * Draws a tree without its lazy links.
     *
     * @param tree the tree.
     * @return one line for each node in the tree, and one for each reason not to be, each ended.
     */
    public static String brief(final BroadcastTree tree) {
        return new TreeText(tree, true).print();
    }

    private String print() {
        node(tree.root(), "", "");
        list("down: ", tree.beside(Standing.DOWN));
        list("no member, not asked: ", tree.beside(Standing.STRANGER));
        final List<NodeId> unreached = tree.beside(Standing.UNREACHED);
        if (isBrief) {
            list("not in the tree: ", unreached);
        } else if (!unreached.isEmpty()) {
            out.append("not in the tree:\n");
            for (final NodeId node : unreached) {
                out.append("  ").append(node).append(links(node)).append('\n');
            }
        }
        if (!isBrief && tree.standing(tree.root()) == Standing.STRANGER) {
            out.append(tree.root()).append(" is not among the members\n");
        }
        return out.toString();
    }

    private void node(final NodeId node, final String first, final String rest) {
        out.append(first).append(node);
        if (tree.standing(node) == Standing.DOWN) {
            out.append("  (down)");
        }
        out.append(links(node)).append('\n');
        final List<NodeId> children = tree.children(node);
        for (int i = 0; i < children.size(); i++) {
            final boolean isLast = i == children.size() - 1;
            node(children.get(i), rest + (isLast ? "`-- " : "|-- "), rest + (isLast ? "    " : "|   "));
        }
    }

    private String links(final NodeId node) {
        final StringBuilder links = new StringBuilder();
        links(links, tree.parent(node) == null && !node.equals(tree.root()) ? "eager: " : "also eager: ",
            tree.spareLinks(node));
        if (!isBrief) {
            links(links, "eager, no answer: ",
                tree.eager(node).stream().filter(peer -> tree.standing(peer).ordinal() >= Standing.DOWN.ordinal())
                    .toList());
            links(links, "lazy: ", tree.lazy(node));
        }
        return links.isEmpty() ? "" : links.insert(0, "  (").append(')').toString();
    }

    private static void links(final StringBuilder links, final String title, final Collection<NodeId> peers) {
        if (!peers.isEmpty()) {
            links.append(links.isEmpty() ? "" : "; ").append(title).append(join(peers));
        }
    }

    private void list(final String title, final List<NodeId> nodes) {
        if (!nodes.isEmpty()) {
            out.append(title).append(nodes.stream().map(NodeId::name).collect(Collectors.joining(", "))).append('\n');
        }
    }

    private static String join(final Collection<NodeId> nodes) {
        final String names = nodes.stream().limit(NAME_LIMIT).map(NodeId::name).collect(Collectors.joining(", "));
        return nodes.size() > NAME_LIMIT ? names + " and " + (nodes.size() - NAME_LIMIT) + " more" : names;
    }
}
