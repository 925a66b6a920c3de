package io.plumtree.engine.view;

import java.util.concurrent.TimeUnit;

/** How many things may be believed: so many at once, and so many a second. One thread. */
final class Allowance {
    /** One of them; what is left is counted in billionths. */
    private static final long ONE = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_ELAPSED_NS = TimeUnit.HOURS.toNanos(1);

    private long left;
    private long refilledNs;

    Allowance(final long capacity, final long nowNs) {
        left = capacity * ONE;
        refilledNs = nowNs;
    }

    /** Brings it up to date; the capacity and the rate may be others than before. */
    void refill(final long nowNs, final long capacity, final double perSecond) {
        final long elapsedNs = Math.min(Math.max(0, nowNs - refilledNs), MAX_ELAPSED_NS);
        refilledNs = nowNs;
        left = Math.min(left + (long) (elapsedNs * perSecond), capacity * ONE);
    }

    /** Whether one can be taken. */
    boolean has() {
        return left >= ONE;
    }

    /** Takes one, if there is one. */
    boolean take() {
        final boolean isLeft = has();
        if (isLeft) {
            left -= ONE;
        }
        return isLeft;
    }

    /** What is left, to compare. */
    long left() {
        return left;
    }
}
