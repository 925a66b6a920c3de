package io.plumtree.engine.protocol;

import java.util.concurrent.TimeUnit;

/**
 * When relays of one channel wait, for peers that are back-pressured or behind with their acknowledgements.
 *
 * <p>A relay that waits keeps all that its sender has to say behind it from being heard, acknowledgements and exchanges
 * among it: nodes that wait for each other in a circle would wait for ever. So one passes from time to time; where it
 * can't be pushed, it is announced.
 */
final class RelayHold {
    /** One message passes in that time: 2,000 a second. Several that travel as one take so many times as long. */
    private static final long PERIOD_NS = TimeUnit.MICROSECONDS.toNanos(500);
    /** So long after the last time that one had to wait, what waited may not have been taken in yet. */
    private static final long RECENT_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /** What is missing is asked for after so long, even if it may be here and waiting. */
    private static final long MAX_PAUSE_NS = TimeUnit.SECONDS.toNanos(2);

    private final ProtocolCounters counters;
    private boolean isHolding;
    private long sinceNs;
    private long lastNs;
    private long nextNs;

    RelayHold(final ProtocolCounters counters) {
        this.counters = counters;
    }

    /**
     * A relay would have to wait.
     *
     * @return true if it may pass all the same.
     */
    boolean mayPass(final int messageCount, final long nowNs) {
        if (!isRecent(nowNs)) {
            isHolding = true;
            sinceNs = nowNs;
            nextNs = nowNs + PERIOD_NS;
        }
        lastNs = nowNs;
        if (nowNs - nextNs < 0) {
            return false;
        }
        nextNs = nowNs + messageCount * PERIOD_NS;
        counters.increment(ProtocolCounter.RELAYS_PASSED);
        return true;
    }

    /** Whether what is missing may be here already, among what waits. Asking for it would bring it twice. */
    boolean isPausingGrafts(final long nowNs) {
        return isRecent(nowNs) && nowNs - sinceNs < MAX_PAUSE_NS;
    }

    /** When a timer that is due at some time is looked at: not while grafts pause. */
    long afterPause(final long deadlineNs) {
        if (!isHolding) {
            return deadlineNs;
        }
        final long endNs = lastNs + Math.min(RECENT_NS, sinceNs + MAX_PAUSE_NS - lastNs);
        return endNs - deadlineNs > 0 ? endNs : deadlineNs;
    }

    private boolean isRecent(final long nowNs) {
        isHolding &= nowNs - lastNs < RECENT_NS;
        return isHolding;
    }
}
