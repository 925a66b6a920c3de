package io.plumtree.engine.settings;

import io.plumtree.protocol.membership.NodeDescriptor;
import java.util.concurrent.TimeUnit;

/**
 * The incarnation of a node: that of its launch, or one above what others know. It only grows. Any thread reads; the
 * engine's thread raises.
 *
 * <p>What others say is believed within bounds, since a frame can say anything: up to {@link #MAX}, beyond which no
 * clock is, and a few times at once, then once a minute.
 */
public final class Incarnation {
    /** The highest that a node raises its own to. */
    public static final long MAX = NodeDescriptor.MAX_INCARNATION;
    /** How often it may be raised at once. */
    public static final int MAX_RAISES = 8;
    /** After how long it may be raised once more. */
    public static final long RAISE_PERIOD_NS = TimeUnit.MINUTES.toNanos(1);

    private final long launched;
    private volatile long value;
    private int raisesLeft = MAX_RAISES;
    private long refilledNs;

    /**
     * That of a launch.
     *
     * @param launched milliseconds since 1970, positive.
     */
    public Incarnation(final long launched) {
        this.launched = launched;
        this.value = launched;
    }

    /**
     * The incarnation as of now.
     *
     * @return positive; never less than before.
     */
    public long get() {
        return value;
    }

    /** Whether this run has, or may have had, that incarnation. */
    public boolean includes(final long incarnation) {
        return incarnation >= launched && incarnation <= value;
    }

    /** Goes above one that others know; false if that is not needed, or not to be believed. */
    public boolean raiseAbove(final long known, final long nowNs) {
        if (known < value || known >= MAX || !isRaiseLeft(nowNs)) {
            return false;
        }
        raisesLeft--;
        value = known + 1;
        return true;
    }

    private boolean isRaiseLeft(final long nowNs) {
        if (raisesLeft == MAX_RAISES) {
            refilledNs = nowNs;
        } else {
            final long refill = Math.min(MAX_RAISES - raisesLeft, (nowNs - refilledNs) / RAISE_PERIOD_NS);
            raisesLeft += (int) refill;
            refilledNs += refill * RAISE_PERIOD_NS;
        }
        return raisesLeft > 0;
    }
}
