package io.plumtree.protocol;

/** Roots are values of nodes' ids; this is what stands for the tree of all roots that have none of their own. */
public final class Roots {
    /**
     * No node has this id: in a {@link ControlMessage#PRUNE} or {@link ControlMessage#ADOPT} it
     * stands for the common tree.
     */
    public static final long COMMON_TREE = 0;

    private Roots() {
    }
}
