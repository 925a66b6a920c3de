package io.plumtree.protocol;

import java.util.Arrays;

/**
 * How many messages of a root have been seen, and who brought the last one, in a table that forgets: a root takes the
 * place of another one with the same hash, so that any number of roots costs no more than it has room for.
 */
final class RootCounts {
    private final long[] roots;
    private final int[] counts;
    private final int[] bringers;
    private final long[] lastNs;

    /** Room for at least so many roots, were it not for hashes that meet. */
    RootCounts(final int capacity) {
        roots = new long[Integer.highestOneBit(Math.max(2, capacity * 2 - 1))];
        counts = new int[roots.length];
        bringers = new int[roots.length];
        lastNs = new long[roots.length];
    }

    /** Counts a message that a peer brought, or NO_PEER; returns how many there were, this one included. */
    int increment(final long root, final int from, final long nowNs) {
        final int index = index(root);
        if (roots[index] != root) {
            roots[index] = root;
            counts[index] = 0;
        }
        bringers[index] = from;
        lastNs[index] = nowNs;
        return counts[index] == Integer.MAX_VALUE ? Integer.MAX_VALUE : ++counts[index];
    }

    /** The peer that brought the last message of a root, if that was less than so long ago; otherwise NO_PEER. */
    int bringer(final long root, final long nowNs, final long withinNs) {
        final int index = index(root);
        return roots[index] == root && counts[index] > 0 && nowNs - lastNs[index] < withinNs
            ? bringers[index] : Peers.NO_PEER;
    }

    /** A peer is gone, and another may get its index. */
    void forgetPeer(final int peer) {
        for (int index = 0; index < bringers.length; index++) {
            if (bringers[index] == peer) {
                bringers[index] = Peers.NO_PEER;
            }
        }
    }

    /** Begins anew with a root. */
    void reset(final long root) {
        final int index = index(root);
        if (roots[index] == root) {
            counts[index] = 0;
        }
    }

    /** Begins anew with every root. */
    void reset() {
        Arrays.fill(counts, 0);
    }

    private int index(final long root) {
        return (int) (root * 0x9e3779b97f4a7c15L >>> Integer.SIZE) & roots.length - 1;
    }
}
