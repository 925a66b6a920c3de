package io.plumtree.engine.handlers;

import io.plumtree.engine.counting.EngineCounter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.agrona.concurrent.NanoClock;

/**
 * Finds out which handler holds the engine up. Callbacks that are rare are always timed. Those for each message are
 * timed for a while after a cycle that took too long, since reading the clock twice for each would cost as much as
 * passing the message on. So a handler that is slow again and again is named; one that was slow for once shows in
 * {@link EngineCounter#MAX_CYCLE_NS} only. For how long the process stood still meanwhile nobody is blamed.
 *
 * <p>Announcements and grafts come by the hundred in one frame, and again until they are answered. So that a slow
 * handler does not take all of the engine's time with them, links go down for the silence, and all is announced once
 * more, it rests after a slow callback: for {@value #REST_FACTOR} times as long it is not asked about them.
 */
public final class SlowHandlerWatch {
    /** For how long after a cycle that took too long each callback is timed. */
    static final long SUSPICION_NS = TimeUnit.SECONDS.toNanos(10);

    private static final int REST_FACTOR = 4;

    private final NanoClock clock;
    private final LongUnaryOperator stalls;
    private final long thresholdNs;
    private long lastCycleNs;
    private long suspiciousUntilNs;
    private boolean isSuspicious;
    private boolean isTimed;
    private long startNs;
    private long startStalledNs;

    /**
     * A watch.
     *
     * @param clock       the time.
     * @param stalls      for how long the process has stood still until a time, all in all, in nanoseconds.
     * @param thresholdNs how long a callback may take; 0 to watch none.
     * @param nowNs       the time.
     */
    public SlowHandlerWatch(
        final NanoClock clock, final LongUnaryOperator stalls, final long thresholdNs, final long nowNs) {
        this.clock = clock;
        this.stalls = stalls;
        this.thresholdNs = thresholdNs;
        this.lastCycleNs = nowNs;
    }

    /** The first cycle is about to begin. */
    public void onStart(final long nowNs) {
        lastCycleNs = nowNs;
    }

    /** A cycle begins. */
    public void onCycle(final long nowNs) {
        final long elapsedNs = nowNs - lastCycleNs;
        lastCycleNs = nowNs;
        if (thresholdNs > 0 && elapsedNs > thresholdNs) {
            isSuspicious = true;
            suspiciousUntilNs = nowNs + SUSPICION_NS;
        } else if (isSuspicious && nowNs - suspiciousUntilNs >= 0) {
            isSuspicious = false;
        }
    }

    /** Whether a handler, for its slowness, is not to be asked about announcements and grafts now. */
    boolean isResting(final HandlerSlot slot) {
        return slot.isResting(lastCycleNs);
    }

    /** A callback that there may be for each message is about to be made. */
    public void begin() {
        begin(isSuspicious);
    }

    /** A callback that is rare is about to be made. */
    public void beginRare() {
        begin(thresholdNs > 0);
    }

    private void begin(final boolean toTime) {
        isTimed = toTime;
        if (toTime) {
            startNs = clock.nanoTime();
            startStalledNs = stalls.applyAsLong(startNs);
        }
    }

    /** The callback has returned, or thrown. */
    public void end(final HandlerSlot slot, final String callback) {
        if (isTimed) {
            isTimed = false;
            final long endNs = clock.nanoTime();
            // A stall that ends at just that moment may be told twice: no callback took longer than from its start.
            final long stalledNs = Math.max(0, stalls.applyAsLong(endNs) - startStalledNs);
            final long elapsedNs = endNs - startNs - stalledNs;
            if (elapsedNs > thresholdNs) {
                slot.slow(callback, endNs, elapsedNs, thresholdNs);
                slot.restUntil(endNs + REST_FACTOR * elapsedNs);
            }
        }
    }
}
