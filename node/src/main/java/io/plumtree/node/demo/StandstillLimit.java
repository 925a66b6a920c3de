package io.plumtree.node.demo;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** How long to go on waiting: as long as something changes, and for a while after that. */
final class StandstillLimit {
    /** A look that comes so much later than the one before it is one of a process that did not run meanwhile. */
    private static final long LONGEST_STEP_NS = TimeUnit.SECONDS.toNanos(1);

    private final Pace pace;
    private final long usualLimitNs;
    private final int mostLimits;
    private Object last;
    private long lastLookNs;
    private long unchangedNs;
    private long allNs;
    private boolean hasBegun;

    /**
     * Patience that is whole.
     *
     * @param pace         how fast this machine is.
     * @param usualLimitMs how long nothing may change, on a usual machine.
     * @param mostLimits   how many times that all may take, changes or not.
     */
    StandstillLimit(final Pace pace, final long usualLimitMs, final int mostLimits) {
        this.pace = pace;
        this.usualLimitNs = TimeUnit.MILLISECONDS.toNanos(usualLimitMs);
        this.mostLimits = mostLimits;
    }

    /** Whether to wait on, with things as they are now. */
    boolean goesOn(final Object progress, final long nowNs) {
        final long stepNs = hasBegun ? Math.min(LONGEST_STEP_NS, nowNs - lastLookNs) : 0;
        final int hash = Objects.hashCode(progress);
        unchangedNs = !hasBegun || !Objects.equals(hash, last) ? 0 : unchangedNs + stepNs;
        allNs += stepNs;
        hasBegun = true;
        last = hash;
        lastLookNs = nowNs;
        final long limitNs = pace.limitNs(usualLimitNs);
        return unchangedNs < limitNs && allNs < mostLimits * limitNs;
    }
}
