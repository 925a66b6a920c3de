package io.plumtree.engine.options;

import io.plumtree.api.Durations;
import io.plumtree.api.options.OptionChecks;
import java.util.concurrent.TimeUnit;

/**
 * How links to peers are looked after, and how much they take at a time.
 *
 * <p>Set before the launch, not changed afterwards.
 */
public final class LinkOptions {
    /** Property name of {@link #heartbeatPeriodNs(long)}, a duration. */
    public static final String HEARTBEAT_PERIOD_PROPERTY = "plumtree.heartbeat.period";
    /** Default of {@link #heartbeatPeriodNs(long)}: 100 ms. */
    public static final long HEARTBEAT_PERIOD_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Property name of {@link #livenessTimeoutNs(long)}, a duration. */
    public static final String LIVENESS_TIMEOUT_PROPERTY = "plumtree.liveness.timeout";
    /** Default of {@link #livenessTimeoutNs(long)}: 800 ms, so that a killed peer is noticed within a second. */
    public static final long LIVENESS_TIMEOUT_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(800);
    /** Property name of {@link #sendBudgetNs(long)}, a duration. */
    public static final String SEND_BUDGET_PROPERTY = "plumtree.send.budget";
    /**
     * Default of {@link #sendBudgetNs(long)}: 2 s. Longer than the liveness timeout, so that a peer that is gone does
     * not use it up, and one that is only slow slows its senders: 200 ms, tried on an overloaded machine, made such
     * peers lazy, and announcing and grafting cost what was left.
     */
    public static final long SEND_BUDGET_DEFAULT_NS = TimeUnit.SECONDS.toNanos(2);
    /** Property name of {@link #nameWaitNs(long)}, a duration. */
    public static final String NAME_WAIT_PROPERTY = "plumtree.name.wait";
    /** Default of {@link #nameWaitNs(long)}: no longer than a run that was killed can be told from one that lives. */
    public static final long NAME_WAIT_DEFAULT_NS = 0;
    /** Property name of {@link #sendQueueLength(int)}, a size. */
    public static final String SEND_QUEUE_LENGTH_PROPERTY = "plumtree.send.queue.length";
    /** Default of {@link #sendQueueLength(int)}: four of what the transport sends in one piece. */
    public static final int SEND_QUEUE_LENGTH_DEFAULT = 0;
    /** Property name of {@link #sendQueueWaitNs(long)}, a duration. */
    public static final String SEND_QUEUE_WAIT_PROPERTY = "plumtree.send.queue.wait";
    /**
     * Default of {@link #sendQueueWaitNs(long)}: 20 ms, as long as a relay waits. A queue that still is not short is
     * filled by what is relayed, or does not move.
     */
    public static final long SEND_QUEUE_WAIT_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Property name of {@link #frameLimit(int)}. */
    public static final String FRAME_LIMIT_PROPERTY = "plumtree.frame.limit";
    /** Default of {@link #frameLimit(int)}. */
    public static final int FRAME_LIMIT_DEFAULT = 64;

    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private long heartbeatPeriodNs = HEARTBEAT_PERIOD_DEFAULT_NS;
    private long livenessTimeoutNs = LIVENESS_TIMEOUT_DEFAULT_NS;
    private long sendBudgetNs = SEND_BUDGET_DEFAULT_NS;
    private long nameWaitNs = NAME_WAIT_DEFAULT_NS;
    private int sendQueueLength = SEND_QUEUE_LENGTH_DEFAULT;
    private long sendQueueWaitNs = SEND_QUEUE_WAIT_DEFAULT_NS;
    private int frameLimit = FRAME_LIMIT_DEFAULT;

    /** The defaults. */
    public LinkOptions() {
    }

    /**
     * Checks every range and relation.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public LinkOptions conclude() {
        OptionChecks.checkTime(HEARTBEAT_PERIOD_PROPERTY, heartbeatPeriodNs, MS, MINUTE);
        OptionChecks.checkTime(LIVENESS_TIMEOUT_PROPERTY, livenessTimeoutNs, 2 * MS, 10 * MINUTE);
        OptionChecks.checkTime(SEND_BUDGET_PROPERTY, sendBudgetNs, 0, MINUTE);
        OptionChecks.checkTime(NAME_WAIT_PROPERTY, nameWaitNs, 0, 60 * MINUTE);
        OptionChecks.checkRange(SEND_QUEUE_LENGTH_PROPERTY, sendQueueLength, 0, 1 << 30);
        OptionChecks.checkTime(SEND_QUEUE_WAIT_PROPERTY, sendQueueWaitNs, 0, MINUTE);
        OptionChecks.checkRange(FRAME_LIMIT_PROPERTY, frameLimit, 1, 1 << 16);
        if (livenessTimeoutNs < 2 * heartbeatPeriodNs) {
            throw new IllegalArgumentException(LIVENESS_TIMEOUT_PROPERTY + " (" + Durations.exact(livenessTimeoutNs) +
                ") must be at least twice " + HEARTBEAT_PERIOD_PROPERTY + " (" + Durations.exact(heartbeatPeriodNs) +
                ")");
        }
        return this;
    }

    /**
     * Sets how often a heartbeat goes to each peer.
     *
     * @param periodNs 1 ms to 1 minute, in nanoseconds; at most half of {@link #livenessTimeoutNs()}.
     * @return these options.
     */
    public LinkOptions heartbeatPeriodNs(final long periodNs) {
        this.heartbeatPeriodNs = periodNs;
        return this;
    }

    /**
     * How often a heartbeat goes to each peer.
     *
     * @return nanoseconds.
     */
    public long heartbeatPeriodNs() {
        return heartbeatPeriodNs;
    }

    /**
     * Sets how long a peer may be silent before its link is down.
     *
     * @param timeoutNs nanoseconds, at least twice {@link #heartbeatPeriodNs()}, at most 10 minutes.
     * @return these options.
     */
    public LinkOptions livenessTimeoutNs(final long timeoutNs) {
        this.livenessTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * How long a peer may be silent before its link is down.
     *
     * @return nanoseconds.
     */
    public long livenessTimeoutNs() {
        return livenessTimeoutNs;
    }

    /**
     * Sets how long a peer may stay back-pressured, while others wait for it, before messages are announced to it
     * instead of pushed.
     *
     * @param budgetNs 0 to 1 minute, in nanoseconds; 0 to never wait for a peer.
     * @return these options.
     */
    public LinkOptions sendBudgetNs(final long budgetNs) {
        this.sendBudgetNs = budgetNs;
        return this;
    }

    /**
     * How long a peer may stay back-pressured while others wait.
     *
     * @return nanoseconds.
     */
    public long sendBudgetNs() {
        return sendBudgetNs;
    }

    /**
     * How long the node waits for another one to end that has its name and was there first; then it ends itself. At
     * least two liveness timeouts, so that a run that was killed is not taken for another node. Longer where the first
     * one may be about to be given up.
     *
     * @param waitNs nanoseconds, 0 to 1 hour.
     * @return these options.
     */
    public LinkOptions nameWaitNs(final long waitNs) {
        this.nameWaitNs = waitNs;
        return this;
    }

    /**
     * How long the node waits for another one of its name.
     *
     * @return nanoseconds.
     */
    public long nameWaitNs() {
        return nameWaitNs;
    }

    /**
     * Sets how much may stand in a peer's link, taken in by the transport and not gone out yet, before broadcasts of
     * this node's own wait in the command ring, where those that wait are made to travel together. More than keeps the
     * transport busy from one duty cycle to the next makes everything later and nothing faster.
     *
     * @param length bytes, up to 2^30; from half of the link's window on without effect. 0 for four times what the
     *               transport sends in one piece.
     * @return these options.
     */
    public LinkOptions sendQueueLength(final int length) {
        this.sendQueueLength = length;
        return this;
    }

    /**
     * How much may stand in a peer's link before broadcasts of this node's own wait.
     *
     * @return bytes; 0 for four times what the transport sends in one piece.
     */
    public int sendQueueLength() {
        return sendQueueLength;
    }

    /**
     * Sets how long broadcasts of this node's own wait for a peer's queue to become as short as
     * {@link #sendQueueLength(int)} says. What is relayed may keep it longer than that: after this time they only wait
     * until half of the link's window is free, for {@link #sendBudgetNs(long)} at most.
     *
     * @param waitNs 0 to 1 minute, in nanoseconds; 0 to not wait for a short queue.
     * @return these options.
     */
    public LinkOptions sendQueueWaitNs(final long waitNs) {
        this.sendQueueWaitNs = waitNs;
        return this;
    }

    /**
     * How long broadcasts of this node's own wait for a peer's queue to become short.
     *
     * @return nanoseconds.
     */
    public long sendQueueWaitNs() {
        return sendQueueWaitNs;
    }

    /**
     * Sets how many frames one duty cycle takes from the transport. One that comes in several pieces counts as so many.
     *
     * @param limit 1 to 65,536.
     * @return these options.
     */
    public LinkOptions frameLimit(final int limit) {
        this.frameLimit = limit;
        return this;
    }

    /**
     * How many frames one duty cycle takes from the transport.
     *
     * @return the number.
     */
    public int frameLimit() {
        return frameLimit;
    }
}
