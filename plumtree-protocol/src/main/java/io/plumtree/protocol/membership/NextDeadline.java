package io.plumtree.protocol.membership;

/** When there is something to do next: the earliest time of all that wait for one. */
final class NextDeadline {
    private final Shuffling shuffling;
    private final PendingRequests pending;
    private final ActiveView active;
    private final GapFilling gaps;
    private final Reunions reunions;
    private final Doubts doubts;
    private final ContactProbing probing;
    private long dueNs;

    NextDeadline(
        final Shuffling shuffling,
        final PendingRequests pending,
        final ActiveView active,
        final GapFilling gaps,
        final Reunions reunions,
        final Doubts doubts,
        final ContactProbing probing) {
        this.shuffling = shuffling;
        this.pending = pending;
        this.active = active;
        this.gaps = gaps;
        this.reunions = reunions;
        this.doubts = doubts;
        this.probing = probing;
        dueNs = shuffling.dueNs();
    }

    long dueNs() {
        return dueNs;
    }

    /** Something is to be done at another time, until the next {@link #plan}. */
    void set(final long atNs) {
        dueNs = atNs;
    }

    void plan() {
        long nextNs = shuffling.dueNs();
        nextNs = pending.earlierDeadlineNs(nextNs);
        nextNs = active.earlierDeadlineNs(nextNs);
        nextNs = gaps.earlierNs(nextNs);
        nextNs = reunions.earlierNs(nextNs);
        nextNs = doubts.earlierNs(nextNs);
        dueNs = probing.earlierNs(nextNs);
    }
}
