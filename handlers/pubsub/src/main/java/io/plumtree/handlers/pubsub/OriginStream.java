package io.plumtree.handlers.pubsub;

/** What is known of one incarnation of one origin. */
final class OriginStream {
    static final int NOT_WAITING = -1;

    long origin;
    long incarnation;

    /** Sequences that were taken in, or count as such. */
    final IntervalSet seen;

    /** What ordered subscriptions get next. */
    long expected;
    /** Sequences above {@link #expected} that wait for those before them. */
    final IntervalSet held;
    int heldCount;
    /** Since when {@link #expected} is waited for; valid if {@link #isGapTimed}. */
    long gapSinceNs;
    boolean isGapTimed;
    /** Its place among the streams that wait. */
    int waitingIndex = NOT_WAITING;

    OriginStream(final int maxIntervals, final int maxHeld) {
        seen = new IntervalSet(maxIntervals);
        // One more is held for a moment, before the first gap is given up; never so many that a hole is closed.
        held = new IntervalSet(maxHeld + 1);
    }

    void reset(final long newOrigin, final long newIncarnation) {
        origin = newOrigin;
        incarnation = newIncarnation;
        seen.clear();
        expected = 1;
        held.clear();
        heldCount = 0;
        isGapTimed = false;
    }
}
