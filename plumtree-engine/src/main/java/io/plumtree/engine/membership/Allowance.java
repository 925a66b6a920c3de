package io.plumtree.engine.membership;

import java.util.concurrent.TimeUnit;

/** So many a second, and as many at once. */
final class Allowance {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final long periodNs;
    private final long burstNs;
    /** When all that was taken will be there again. */
    private long fullAtNs;

    Allowance(final int perSecond, final long nowNs) {
        periodNs = SECOND_NS / perSecond;
        burstNs = periodNs * perSecond;
        fullAtNs = nowNs;
    }

    /** Takes one; false if there is none now. */
    boolean take(final long nowNs) {
        final long fromNs = isWhole(nowNs) ? nowNs : fullAtNs;
        if (fromNs + periodNs - nowNs > burstNs) {
            return false;
        }
        fullAtNs = fromNs + periodNs;
        return true;
    }

    /** Whether nothing has been taken that is not there again. */
    boolean isWhole(final long nowNs) {
        return fullAtNs - nowNs <= 0;
    }
}
