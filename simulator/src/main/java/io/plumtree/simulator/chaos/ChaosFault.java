package io.plumtree.simulator.chaos;

/** Kinds of faults that come at random times. */
enum ChaosFault {
    /** Frames of one link vanish in one direction. */
    ONE_WAY_CUT("one-way cuts"),
    /** Frames of one link vanish in both directions. */
    CUT("cuts"),
    /** No frame passes between two groups of nodes. */
    PARTITION("partitions"),
    /** A node crashes, and stays away until all faults end, or for good. */
    CRASH("crashes"),
    /** A node crashes and starts again after a while. */
    RESTART("restarts"),
    /** A node crashes and starts again before its peers have noticed. */
    QUICK_RESTART("quick restarts"),
    /** A new node becomes a member. */
    JOIN("joins"),
    /** A node stops for good, and its peers are told. */
    LEAVE("leaves"),
    /** A node takes long for each frame. */
    SLOW("slow nodes"),
    /** Many frames are lost for a while. */
    LOSS("loss phases");

    final String label;

    ChaosFault(final String label) {
        this.label = label;
    }
}
