package io.plumtree.node.tree;

import io.plumtree.api.NodeId;
import java.util.Locale;

/**
 * What joins two nodes in a drawing: of all that both say of each other, that which counts most.
 *
 * @param from     the node that has the other as its peer; for {@link Kind#TREE} the one nearer to the root.
 * @param to       its peer.
 * @param kind     what the peer is to it.
 * @param isMutual whether it is the same to its peer; never for {@link Kind#TREE}.
 */
public record TreeLink(NodeId from, NodeId to, Kind kind, boolean isMutual) {
    /** Kinds of links; those that count more come first. */
    public enum Kind {
        /** Eager, and the shortest way from the root. */
        TREE,
        /** Eager beside the tree: carries payloads twice, or will if its node is reached. */
        SPARE,
        /** Eager, to a node that did not answer. */
        SILENT,
        /** Messages are announced, not pushed. */
        LAZY
    }

    /** The kind, for programs. */
    String kindName() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
