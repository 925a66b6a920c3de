package io.plumtree.engine.counters;

/** What a file of counters tells of the node that writes it. */
public enum Liveness {
    /** It runs. */
    LIVE,
    /** Its process is there, but has given no sign of life for a while: it is stopped, or nobody drives it. */
    STALLED,
    /** Its process is gone, and has left the file behind. */
    DEAD
}
