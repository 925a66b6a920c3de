package io.plumtree.benchmarks.rig;

import java.util.Locale;

/** What is compared. */
enum NodesKind {
    /** Nodes of ours. */
    PLUMTREE,
    /** Aeron and nothing else. */
    RAW;

    /** What tables and files call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    NodesKind other() {
        return this == PLUMTREE ? RAW : PLUMTREE;
    }
}
