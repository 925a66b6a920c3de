package io.plumtree.protocol.options;

import io.plumtree.api.options.OptionChecks;
import io.plumtree.api.options.PropertyTable;
import java.util.concurrent.TimeUnit;

/**
 * How far a peer may fall behind, and how long new payloads wait for one that is behind. Reached by
 * {@link PlumtreeOptions#flowControl()}.
 */
public final class FlowControlOptions {
    /** Property of {@link #congestionBudgetNs()}. */
    public static final String CONGESTION_BUDGET_PROPERTY = "plumtree.congestion.budget";
    /** Property of {@link #maxOutstanding()}. */
    public static final String MAX_OUTSTANDING_PROPERTY = "plumtree.max.outstanding";
    /** Property of {@link #maxOutstandingPerPeer()}. */
    public static final String MAX_OUTSTANDING_PER_PEER_PROPERTY = "plumtree.max.outstanding.per.peer";
    /** Default of {@link #congestionBudgetNs()}. */
    public static final long CONGESTION_BUDGET_DEFAULT_NS = TimeUnit.SECONDS.toNanos(2);
    /** Default of {@link #maxOutstanding()}. */
    public static final int MAX_OUTSTANDING_DEFAULT = 64 * 1024;
    /** Default of {@link #maxOutstandingPerPeer()}. */
    public static final int MAX_OUTSTANDING_PER_PEER_DEFAULT = 16 * 1024;

    static final PropertyTable<FlowControlOptions> TABLE = new PropertyTable<FlowControlOptions>()
        .number(MAX_OUTSTANDING_PROPERTY, FlowControlOptions::maxOutstanding, FlowControlOptions::maxOutstanding)
        .number(MAX_OUTSTANDING_PER_PEER_PROPERTY, FlowControlOptions::maxOutstandingPerPeer,
            FlowControlOptions::maxOutstandingPerPeer)
        .duration(CONGESTION_BUDGET_PROPERTY, FlowControlOptions::congestionBudgetNs,
            FlowControlOptions::congestionBudgetNs);

    private static final long MAX_TIMEOUT_NS = TimeUnit.MINUTES.toNanos(10);

    private long congestionBudgetNs = CONGESTION_BUDGET_DEFAULT_NS;
    private int maxOutstanding = MAX_OUTSTANDING_DEFAULT;
    private int maxOutstandingPerPeer = MAX_OUTSTANDING_PER_PEER_DEFAULT;

    /** The defaults. */
    public FlowControlOptions() {
    }

    /**
     * Checks every range and relation.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public FlowControlOptions conclude() {
        OptionChecks.checkRange(MAX_OUTSTANDING_PROPERTY, maxOutstanding, 1, 1 << 24);
        OptionChecks.checkRange(MAX_OUTSTANDING_PER_PEER_PROPERTY, maxOutstandingPerPeer, 1, maxOutstanding,
            MAX_OUTSTANDING_PROPERTY + " (" + maxOutstanding + ")");
        OptionChecks.checkTime(CONGESTION_BUDGET_PROPERTY, congestionBudgetNs, 0, MAX_TIMEOUT_NS);
        return this;
    }

    /**
     * How long new payloads wait for a connected peer whose oldest unacknowledged message lies three quarters of
     * {@link #maxOutstandingPerPeer()} behind, counted in messages and in KiB of their payloads: until it is less than
     * half, or there has been no progress for this time; then its table may overflow.
     *
     * @return nanoseconds; 0 to let it overflow at once.
     */
    public long congestionBudgetNs() {
        return congestionBudgetNs;
    }

    /**
     * How long new payloads wait for a peer that is behind with its acknowledgements. Default 2 s, range 0 (not at
     * all) to 10 min. Counted: {@code protocol.congestion.budgets.spent}.
     *
     * @param budgetNs nanoseconds.
     * @return these options.
     */
    public FlowControlOptions congestionBudgetNs(final long budgetNs) {
        this.congestionBudgetNs = budgetNs;
        return this;
    }

    /**
     * The most outstanding announcements in all.
     *
     * @return the bound.
     */
    public int maxOutstanding() {
        return maxOutstanding;
    }

    /**
     * The most outstanding announcements in all. Default 65,536, range 1 to 16,777,216. What overflows is left to an
     * exchange: {@code protocol.outstanding.overflows}.
     *
     * @param bound the bound.
     * @return these options.
     */
    public FlowControlOptions maxOutstanding(final int bound) {
        this.maxOutstanding = bound;
        return this;
    }

    /**
     * The most outstanding announcements to one peer.
     *
     * @return the bound.
     */
    public int maxOutstandingPerPeer() {
        return maxOutstandingPerPeer;
    }

    /**
     * The most outstanding announcements to one peer, and how far back they may lie, in messages and in KiB of their
     * payloads. Default 16,384, range 1 to {@link #maxOutstanding()}; no more than a quarter of what handlers keep.
     * What overflows is left to an exchange: {@code protocol.outstanding.overflows}.
     *
     * @param bound the bound.
     * @return these options.
     */
    public FlowControlOptions maxOutstandingPerPeer(final int bound) {
        this.maxOutstandingPerPeer = bound;
        return this;
    }
}
