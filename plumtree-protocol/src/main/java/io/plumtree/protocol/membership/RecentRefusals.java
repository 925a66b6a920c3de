package io.plumtree.protocol.membership;

/** Whom this node has told lately that they are no neighbours: a greeting is repeated, the answer only now and then. */
final class RecentRefusals {
    private static final int CAPACITY = 16;

    private final long[] ids = new long[CAPACITY];
    private final Alarm[] until = new Alarm[CAPACITY];
    private final long pauseNs;
    private int next;

    RecentRefusals(final long pauseNs) {
        this.pauseNs = pauseNs;
        for (int i = 0; i < CAPACITY; i++) {
            until[i] = new Alarm();
        }
    }

    /** Whether a node is to be told now; it counts as told then. */
    boolean isDue(final NodeDescriptor node, final long nowNs) {
        final long id = node.id().value();
        int slot = next;
        for (int i = 0; i < CAPACITY; i++) {
            if (until[i].isSet() && ids[i] == id) {
                if (!until[i].isDue(nowNs)) {
                    return false;
                }
                slot = i;
            }
        }
        if (slot == next) {
            next = (next + 1) % CAPACITY;
        }
        ids[slot] = id;
        until[slot].set(nowNs + pauseNs);
        return true;
    }
}
