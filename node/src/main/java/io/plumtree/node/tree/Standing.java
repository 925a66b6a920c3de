package io.plumtree.node.tree;

/** How a node stands to a tree. */
public enum Standing {
    /** A chain of eager links leads to it from the root, or it is the root. */
    REACHED,
    /** It answered, but no chain of eager links leads to it. */
    UNREACHED,
    /** It is a member and did not answer. */
    DOWN,
    /** Another node names it, or it is the root, but it is no member that the contact knows: it was not asked. */
    STRANGER
}
