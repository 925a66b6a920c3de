package io.plumtree.protocol.membership;

/** Why a node was asked to become a neighbour. */
enum RequestKind {
    /** A contact is to let this node in, as it has no neighbour. A place in the active view is kept for it. */
    JOIN,
    /** A contact that nobody here seems to know: another part of the cluster may be behind it. */
    PROBE,
    /** A candidate is to fill a gap, which is kept for it. */
    PROMOTION,
    /** A join's random walk has ended here. */
    WALK_END,
    /** A lost node may be back. */
    REUNION,
    /** A lost node is back, but has no place, and is asked to make one. */
    INSISTENCE,
    /** A neighbour is to be exchanged for somebody far away. */
    MIX,
    /** A neighbour is to show which run of it is there, as another one has been heard of. */
    DOUBT
}
