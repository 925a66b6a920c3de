package io.plumtree.benchmarks;

import java.util.List;
import java.util.stream.IntStream;

/** The peers that a node's messages go to: some eager ones, and a lazy one that acknowledges announcements. */
final class Receivers {
    final List<MemoryPeer> eagers;
    final MemoryPeer lazy = new MemoryPeer("lazy");

    Receivers(final int eagerCount) {
        eagers = IntStream.range(0, eagerCount).mapToObj(i -> new MemoryPeer("eager-" + i)).toList();
    }

    /** Fails unless each message came once: to the eager ones itself, to the lazy one itself or its announcement. */
    void check(final long messages) {
        for (final MemoryPeer eager : eagers) {
            check("an eager peer was sent", messages, eager.payloads);
            check("an eager peer was told of", 0, eager.announcements + eager.others);
        }
        check("the lazy peer was sent, or told of", messages, lazy.payloads + lazy.announcements);
        check("unexpected frames", 0, lazy.others);
    }

    /** Fails unless two numbers are the same. Allocates nothing otherwise: JMH puts it down to the last iteration. */
    static void check(final String what, final long expected, final long actual) {
        if (actual != expected) {
            throw new IllegalStateException(what + " " + actual + ", not " + expected);
        }
    }
}
