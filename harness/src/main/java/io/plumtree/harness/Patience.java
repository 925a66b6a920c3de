package io.plumtree.harness;

import java.util.concurrent.TimeUnit;

/**
 * For how long something is waited for that may never come: as long as there is progress, and for a time after.
 *
 * <p>The time is that in which the waiting thread ran: between two looks no more than a second counts, so that it does
 * not matter for how long the machine stood still. Not thread-safe.
 */
public final class Patience {
    private static final long MAX_STEP_NS = TimeUnit.SECONDS.toNanos(1);

    private final long limitNs;
    private long lastLookNs;
    private long waitedNs;
    private long lastProgress;

    /**
     * Patience that begins now.
     *
     * @param seconds for how long to wait without progress, in seconds; 1 or more.
     */
    public Patience(final long seconds) {
        this(TimeUnit.SECONDS.toNanos(seconds), System.nanoTime());
    }

    Patience(final long limitNs, final long nowNs) {
        this.limitNs = limitNs;
        lastLookNs = nowNs;
    }

    /**
     * Whether it is used up. To be asked in each turn of a loop that waits.
     *
     * @return true after the given time.
     */
    public boolean isOver() {
        return isOver(lastProgress);
    }

    /**
     * Whether it is used up; it begins anew when there was progress.
     *
     * @param progress a number that changes when there is progress, and only then.
     * @return true after the given time without progress.
     */
    public boolean isOver(final long progress) {
        return isOver(progress, System.nanoTime());
    }

    boolean isOver(final long progress, final long nowNs) {
        waitedNs += Math.min(MAX_STEP_NS, nowNs - lastLookNs);
        lastLookNs = nowNs;
        if (progress != lastProgress) {
            lastProgress = progress;
            waitedNs = 0;
        }
        return waitedNs >= limitNs;
    }
}
