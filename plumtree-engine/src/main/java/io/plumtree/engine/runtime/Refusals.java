package io.plumtree.engine.runtime;

/**
 * Nodes that are turned away since they come in an outdated incarnation: since when, and when they were told so last.
 * A node that is turned away again and again is let in after a time, since it cannot, or will not, raise its
 * incarnation. Bounded: the one that came longest ago makes room.
 */
final class Refusals {
    private static final int CAPACITY = 64;

    private final long[] nodes = new long[CAPACITY];
    private final long[] sinceNs = new long[CAPACITY];
    private final long[] lastNs = new long[CAPACITY];
    private final long[] toldNs = new long[CAPACITY];
    private final long patienceNs;
    private final long pauseNs;
    private final long tellPeriodNs;
    private int size;

    /**
     * Nobody is turned away.
     *
     * @param patienceNs   how long a node is turned away.
     * @param pauseNs      a node that has not come for so long begins anew.
     * @param tellPeriodNs how often a node is told at most.
     */
    Refusals(final long patienceNs, final long pauseNs, final long tellPeriodNs) {
        this.patienceNs = patienceNs;
        this.pauseNs = pauseNs;
        this.tellPeriodNs = tellPeriodNs;
    }

    /** A node comes, and is outdated; false if it has been turned away for long enough. */
    boolean refuses(final long node, final long nowNs) {
        final int slot = slot(node, nowNs);
        if (nowNs - lastNs[slot] > pauseNs) {
            sinceNs[slot] = nowNs;
        }
        lastNs[slot] = nowNs;
        return nowNs - sinceNs[slot] < patienceNs;
    }

    /** Whether a node is to be told now; it counts as told then. */
    boolean isTellingDue(final long node, final long nowNs) {
        final int slot = slot(node, nowNs);
        if (nowNs - toldNs[slot] < tellPeriodNs) {
            return false;
        }
        toldNs[slot] = nowNs;
        return true;
    }

    private int slot(final long node, final long nowNs) {
        int slot = 0;
        for (int i = 0; i < size; i++) {
            if (nodes[i] == node) {
                return i;
            }
            slot = lastNs[i] - lastNs[slot] < 0 ? i : slot;
        }
        if (size < CAPACITY) {
            slot = size++;
        }
        nodes[slot] = node;
        sinceNs[slot] = nowNs;
        lastNs[slot] = nowNs;
        toldNs[slot] = nowNs - tellPeriodNs;
        return slot;
    }
}
