package io.plumtree.simulator.cluster;

import java.util.Arrays;

/** The messages of a run by number: who broadcasts each, and when. */
final class BroadcastTable {
    private static final long NOT_SENT = -1;

    private int[] roots = new int[64];
    private long[] sentNs = new long[64];
    private int count;

    /** Adds a message that is still to be sent; returns its number. */
    int add(final int root) {
        if (count == roots.length) {
            roots = Arrays.copyOf(roots, count * 2);
            sentNs = Arrays.copyOf(sentNs, count * 2);
        }
        roots[count] = root;
        sentNs[count] = NOT_SENT;
        return count++;
    }

    void onSent(final int message, final long nowNs) {
        sentNs[message] = nowNs;
    }

    int count() {
        return count;
    }

    int root(final int message) {
        return roots[message];
    }

    /** The time at which a message was sent; -1 if it was not. */
    long sentNs(final int message) {
        return sentNs[message];
    }
}
