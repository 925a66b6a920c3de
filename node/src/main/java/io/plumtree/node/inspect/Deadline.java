package io.plumtree.node.inspect;

import java.time.Duration;

/** Until when everything must be said and done. Immutable. */
final class Deadline {
    /** What is kept for writing the answer down and ending: a tenth, this at most. */
    private static final long MAX_RESERVE_NS = 200_000_000;

    /** On a busy machine a late answer is better than none. */
    private static final long GRACE_NS = 1_000_000_000;

    private final long endNs;
    private final long reserveNs;

    private Deadline(final long endNs, final long reserveNs) {
        this.endNs = endNs;
        this.reserveNs = reserveNs;
    }

    /** From now. */
    static Deadline in(final Duration timeout) {
        final long timeoutNs = timeout.toNanos();
        return new Deadline(System.nanoTime() + timeoutNs, Math.min(MAX_RESERVE_NS, timeoutNs / 10));
    }

    /** What is left for questions; never less than a millisecond, as nobody takes a timeout of nothing. */
    Duration forAnswers() {
        return Duration.ofNanos(Math.max(1_000_000, endNs - reserveNs - System.nanoTime()));
    }

    /** When to give up on questions that have not even noticed that their time is over. */
    long untilLostNs() {
        return Math.max(0, endNs - System.nanoTime()) + GRACE_NS;
    }
}
