package io.plumtree.api;

/** Why a peer went down. Each reason has a counter of its own; {@code engine.links.down} counts all of them. */
public enum DownReason {
    /** The peer said goodbye: its node was closed, or has removed this one. {@code engine.links.down.goodbye}. */
    GOODBYE,

    /** The transport lost the connection, and no goodbye came. {@code engine.links.down.disconnected}. */
    DISCONNECTED,

    /** Nothing was heard of the peer for the liveness timeout. {@code engine.links.down.silent}. */
    SILENT,

    /** Another run of the peer greeted: it was started again. {@code engine.links.down.restarted}. */
    RESTARTED,

    /**
     * The peer runs on, but had lost sight of this node, or what it sent was interrupted. Both ends begin the link
     * anew, and it comes up again at once if nothing else is wrong. {@code engine.links.down.reset}.
     */
    RESET,

    /**
     * An update of the members removed the peer; or, where nodes find each other, it is a neighbour no more, perhaps
     * because it leaves. {@code engine.links.down.removed}.
     */
    REMOVED,

    /** The peer has another endpoint now, and comes up again there. {@code engine.links.down.moved}. */
    MOVED
}
