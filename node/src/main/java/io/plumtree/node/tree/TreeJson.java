package io.plumtree.node.tree;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumtree.api.NodeId;
import io.plumtree.api.TreeView;
import java.util.Collection;
import java.util.Locale;

/**
 * A tree for programs: an object with
 * <ul>
 * <li>{@code root}: the root's name;</li>
 * <li>{@code rootIsMember}: whether it is a member that the contact knows;</li>
 * <li>{@code nodes}: every node that is known of, by name, each with {@code name}, {@code standing} ({@code reached},
 * {@code unreached}, {@code down} or {@code stranger}, as {@link Standing} has them), {@code parent} and {@code depth}
 * (null where it does not hang in the tree; the root has no parent), {@code children}, and what it says itself:
 * {@code eager} and {@code lazy} peers (null if it did not answer), and {@code spare}, those of the eager ones that are
 * beside the tree.</li>
 * </ul>
 * Names are sorted wherever there are several.
 */
public final class TreeJson {
    private TreeJson() {
    }

    /**
     * Writes a tree down.
     *
     * @param view what the nodes say.
     * @return indented JSON, its last line ended.
     */
    public static String print(final TreeView view) {
        final BroadcastTree tree = BroadcastTree.of(view);
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("root", tree.root().name());
        json.put("rootIsMember", tree.standing(tree.root()) != Standing.STRANGER);
        final ArrayNode nodes = json.putArray("nodes");
        tree.nodes().forEach(node -> node(nodes.addObject(), tree, node));
        return json.toPrettyString() + "\n";
    }

    private static void node(final ObjectNode json, final BroadcastTree tree, final NodeId node) {
        final Standing standing = tree.standing(node);
        final NodeId parent = tree.parent(node);
        final int depth = tree.depth(node);
        json.put("name", node.name());
        json.put("standing", standing.name().toLowerCase(Locale.ROOT));
        json.put("parent", parent == null ? null : parent.name());
        json.put("depth", depth < 0 ? null : depth);
        names(json, "children", tree.children(node));
        if (standing == Standing.DOWN || standing == Standing.STRANGER) {
            json.putNull("eager").putNull("lazy").putNull("spare");
        } else {
            names(json, "eager", tree.eager(node));
            names(json, "lazy", tree.lazy(node));
            names(json, "spare", tree.spareLinks(node));
        }
    }

    private static void names(final ObjectNode json, final String field, final Collection<NodeId> nodes) {
        final ArrayNode names = json.putArray(field);
        nodes.forEach(node -> names.add(node.name()));
    }
}
