package io.plumtree.engine.peers;

/**
 * Nodes that are turned away since they come in an outdated incarnation: since when, and when they were told so last.
 * A node that is turned away again and again is let in after a time, since it cannot, or will not, raise its
 * incarnation.
 *
 * <p>Bounded, and so that whoever comes under many names gains nothing: a name keeps its place for as long as it may be
 * needed, and where there is no place left nobody is turned away, and nobody told.
 */
final class Refusals {
    private static final int CAPACITY = 64;
    /** A node that has not come for so many times as long as it is turned away begins anew. */
    private static final int MEMORY = 4;

    private final long[] nodes = new long[CAPACITY];
    private final long[] sinceNs = new long[CAPACITY];
    private final long[] lastNs = new long[CAPACITY];
    private final long[] told = new long[CAPACITY];
    private final long[] toldNs = new long[CAPACITY];
    private final long patienceNs;
    private final long tellPeriodNs;
    private int size;
    private int toldSize;

    /**
     * Nobody is turned away.
     *
     * @param patienceNs   how long a node is turned away.
     * @param tellPeriodNs how often a node is told at most.
     */
    Refusals(final long patienceNs, final long tellPeriodNs) {
        this.patienceNs = patienceNs;
        this.tellPeriodNs = tellPeriodNs;
    }

    /**
     * A node comes, and is outdated; false if it has been turned away for long enough.
     *
     * @param node  the node.
     * @param part  for what part of the time nodes are turned away this one is: 1 for all of it.
     * @param nowNs the time.
     */
    boolean refuses(final long node, final int part, final long nowNs) {
        int slot = slotOf(node, nodes, size);
        if (slot < 0) {
            slot = size < CAPACITY ? size++ : slotBefore(nowNs - MEMORY * patienceNs, lastNs);
            if (slot < 0) {
                return false;
            }
            nodes[slot] = node;
            sinceNs[slot] = nowNs;
        } else if (nowNs - lastNs[slot] > MEMORY * patienceNs) {
            sinceNs[slot] = nowNs;
        }
        lastNs[slot] = nowNs;
        return nowNs - sinceNs[slot] < patienceNs / part;
    }

    /** Whether a node is to be told now; it counts as told then. */
    boolean isTellingDue(final long node, final long nowNs) {
        int slot = slotOf(node, told, toldSize);
        if (slot < 0) {
            slot = toldSize < CAPACITY ? toldSize++ : slotBefore(nowNs - tellPeriodNs, toldNs);
            if (slot < 0) {
                return false;
            }
            told[slot] = node;
        } else if (nowNs - toldNs[slot] < tellPeriodNs) {
            return false;
        }
        toldNs[slot] = nowNs;
        return true;
    }

    private static int slotOf(final long node, final long[] nodes, final int size) {
        for (int i = 0; i < size; i++) {
            if (nodes[i] == node) {
                return i;
            }
        }
        return -1;
    }

    /** A slot last used no later than then, or -1. */
    private static int slotBefore(final long timeNs, final long[] usedNs) {
        for (int i = 0; i < CAPACITY; i++) {
            if (usedNs[i] - timeNs <= 0) {
                return i;
            }
        }
        return -1;
    }
}
