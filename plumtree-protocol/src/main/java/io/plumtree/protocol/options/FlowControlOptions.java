package io.plumtree.protocol.options;

import io.plumtree.api.Durations;
import io.plumtree.api.options.OptionChecks;
import io.plumtree.api.options.PropertyTable;
import java.util.concurrent.TimeUnit;

/**
 * How far a peer may fall behind, how long new payloads wait for one that is behind, and how roots are told to slow
 * down. Reached by {@link PlumtreeOptions#flowControl()}.
 */
public final class FlowControlOptions {
    /** Property of {@link #enabled()}. */
    public static final String ENABLED_PROPERTY = "plumtree.flow.control";
    /** Property of {@link #congestionBudgetNs()}. */
    public static final String CONGESTION_BUDGET_PROPERTY = "plumtree.congestion.budget";
    /** Property of {@link #maxOutstanding()}. */
    public static final String MAX_OUTSTANDING_PROPERTY = "plumtree.max.outstanding";
    /** Property of {@link #maxOutstandingPerPeer()}. */
    public static final String MAX_OUTSTANDING_PER_PEER_PROPERTY = "plumtree.max.outstanding.per.peer";
    /** Property of {@link #relayHoldNs()}. */
    public static final String RELAY_HOLD_PROPERTY = "plumtree.relay.hold";
    /** Property of {@link #quenchPeriodNs()}. */
    public static final String QUENCH_PERIOD_PROPERTY = "plumtree.quench.period";
    /** Property of {@link #limitPeriodNs()}. */
    public static final String LIMIT_PERIOD_PROPERTY = "plumtree.limit.period";
    /** Property of {@link #limitReactionNs()}. */
    public static final String LIMIT_REACTION_PROPERTY = "plumtree.limit.reaction";
    /** Property of {@link #limitQuietNs()}. */
    public static final String LIMIT_QUIET_PROPERTY = "plumtree.limit.quiet";
    /** Property of {@link #limitExpiryNs()}. */
    public static final String LIMIT_EXPIRY_PROPERTY = "plumtree.limit.expiry";
    /** Default of {@link #congestionBudgetNs()}. */
    public static final long CONGESTION_BUDGET_DEFAULT_NS = TimeUnit.SECONDS.toNanos(2);
    /** Default of {@link #maxOutstanding()}. */
    public static final int MAX_OUTSTANDING_DEFAULT = 64 * 1024;
    /** Default of {@link #maxOutstandingPerPeer()}. */
    public static final int MAX_OUTSTANDING_PER_PEER_DEFAULT = 16 * 1024;
    /** Default of {@link #relayHoldNs()}. */
    public static final long RELAY_HOLD_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Default of {@link #quenchPeriodNs()}. */
    public static final long QUENCH_PERIOD_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Default of {@link #limitPeriodNs()}. */
    public static final long LIMIT_PERIOD_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Default of {@link #limitReactionNs()}. */
    public static final long LIMIT_REACTION_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Default of {@link #limitQuietNs()}. */
    public static final long LIMIT_QUIET_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Default of {@link #limitExpiryNs()}. */
    public static final long LIMIT_EXPIRY_DEFAULT_NS = TimeUnit.SECONDS.toNanos(20);

    static final PropertyTable<FlowControlOptions> TABLE = new PropertyTable<FlowControlOptions>()
        .flag(ENABLED_PROPERTY, FlowControlOptions::enabled, FlowControlOptions::enabled)
        .number(MAX_OUTSTANDING_PROPERTY, FlowControlOptions::maxOutstanding, FlowControlOptions::maxOutstanding)
        .number(MAX_OUTSTANDING_PER_PEER_PROPERTY, FlowControlOptions::maxOutstandingPerPeer,
            FlowControlOptions::maxOutstandingPerPeer)
        .duration(CONGESTION_BUDGET_PROPERTY, FlowControlOptions::congestionBudgetNs,
            FlowControlOptions::congestionBudgetNs)
        .duration(RELAY_HOLD_PROPERTY, FlowControlOptions::relayHoldNs, FlowControlOptions::relayHoldNs)
        .duration(QUENCH_PERIOD_PROPERTY, FlowControlOptions::quenchPeriodNs, FlowControlOptions::quenchPeriodNs)
        .duration(LIMIT_PERIOD_PROPERTY, FlowControlOptions::limitPeriodNs, FlowControlOptions::limitPeriodNs)
        .duration(LIMIT_REACTION_PROPERTY, FlowControlOptions::limitReactionNs, FlowControlOptions::limitReactionNs)
        .duration(LIMIT_QUIET_PROPERTY, FlowControlOptions::limitQuietNs, FlowControlOptions::limitQuietNs)
        .duration(LIMIT_EXPIRY_PROPERTY, FlowControlOptions::limitExpiryNs, FlowControlOptions::limitExpiryNs);

    private static final long MAX_TIMEOUT_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long MIN_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_PERIOD_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_PERIODS = 10_000;

    private boolean enabled = true;
    private long congestionBudgetNs = CONGESTION_BUDGET_DEFAULT_NS;
    private long relayHoldNs = RELAY_HOLD_DEFAULT_NS;
    private long quenchPeriodNs = QUENCH_PERIOD_DEFAULT_NS;
    private long limitPeriodNs = LIMIT_PERIOD_DEFAULT_NS;
    private long limitReactionNs = LIMIT_REACTION_DEFAULT_NS;
    private long limitQuietNs = LIMIT_QUIET_DEFAULT_NS;
    private long limitExpiryNs = LIMIT_EXPIRY_DEFAULT_NS;
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
        OptionChecks.checkTime(RELAY_HOLD_PROPERTY, relayHoldNs, 0, MAX_TIMEOUT_NS);
        OptionChecks.checkTime(QUENCH_PERIOD_PROPERTY, quenchPeriodNs, 0, MAX_TIMEOUT_NS);
        OptionChecks.checkTime(LIMIT_PERIOD_PROPERTY, limitPeriodNs, MIN_PERIOD_NS, MAX_PERIOD_NS);
        checkFrom(LIMIT_REACTION_PROPERTY, limitReactionNs, LIMIT_PERIOD_PROPERTY, limitPeriodNs);
        checkFrom(LIMIT_QUIET_PROPERTY, limitQuietNs, LIMIT_REACTION_PROPERTY, limitReactionNs);
        checkFrom(LIMIT_EXPIRY_PROPERTY, limitExpiryNs, LIMIT_QUIET_PROPERTY, limitQuietNs);
        if (limitQuietNs <= quenchPeriodNs) {
            throw new IllegalArgumentException(LIMIT_QUIET_PROPERTY + " (" + Durations.exact(limitQuietNs) +
                ") must be greater than " + QUENCH_PERIOD_PROPERTY + " (" + Durations.exact(quenchPeriodNs) + ")");
        }
        if (limitExpiryNs > MAX_PERIODS * limitPeriodNs) {
            throw new IllegalArgumentException(LIMIT_EXPIRY_PROPERTY + " (" + Durations.exact(limitExpiryNs) +
                ") must be at most " + MAX_PERIODS + " times " + LIMIT_PERIOD_PROPERTY + " (" +
                Durations.exact(limitPeriodNs) + ")");
        }
        return this;
    }

    /**
     * Whether payloads wait for peers at all.
     *
     * @return false if they are pushed always, as the reference does.
     */
    public boolean enabled() {
        return enabled;
    }

    /**
     * Whether payloads wait for peers at all. Default true. Without, payloads are pushed always, as the reference does:
     * what a link does not take is announced ({@code protocol.pushes.deferred}), what overflows is left to an exchange,
     * and roots are neither told to slow down nor do so. All times here have no effect then.
     *
     * @param enable false to push always.
     * @return these options.
     */
    public FlowControlOptions enabled(final boolean enable) {
        this.enabled = enable;
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

    /**
     * How long relays wait for a peer that is back-pressured or behind. Then what their sender says passes, for as long
     * as it would have to wait; what cannot be pushed is announced.
     *
     * @return nanoseconds; 0 for not at all.
     */
    public long relayHoldNs() {
        return relayHoldNs;
    }

    /**
     * How long relays wait for a peer that is back-pressured or behind. Default 20 ms, range 0 (not at all) to 10 min:
     * far longer than a peer that runs takes to make room, and far shorter than what is waited for elsewhere. Counted:
     * {@code protocol.relays.passed}.
     *
     * @param timeNs nanoseconds; 0 for not at all.
     * @return these options.
     */
    public FlowControlOptions relayHoldNs(final long timeNs) {
        this.relayHoldNs = timeNs;
        return this;
    }

    /**
     * How often the root of one tree is told to slow down, at most.
     *
     * @return nanoseconds.
     */
    public long quenchPeriodNs() {
        return quenchPeriodNs;
    }

    /**
     * How often the root of one tree is told to slow down, at most. Default 10 ms, range 0 to 10 min; less than
     * {@link #limitQuietNs()}, so that a root that is being told does not go faster in between.
     *
     * @param periodNs nanoseconds.
     * @return these options.
     */
    public FlowControlOptions quenchPeriodNs(final long periodNs) {
        this.quenchPeriodNs = periodNs;
        return this;
    }

    /**
     * The period in which a node that was told to slow down counts its broadcasts. The limit grows by 8 and a 64th in
     * each.
     *
     * @return nanoseconds.
     */
    public long limitPeriodNs() {
        return limitPeriodNs;
    }

    /**
     * The period in which a node that was told to slow down counts its broadcasts. Default 10 ms, range 1 ms to 1 s.
     *
     * @param periodNs nanoseconds.
     * @return these options.
     */
    public FlowControlOptions limitPeriodNs(final long periodNs) {
        this.limitPeriodNs = periodNs;
        return this;
    }

    /**
     * How long it takes until a change of the limit shows. Until then the limit is not halved again.
     *
     * @return nanoseconds.
     */
    public long limitReactionNs() {
        return limitReactionNs;
    }

    /**
     * How long it takes until a change of the limit shows. Default 20 ms, range {@link #limitPeriodNs()} to 10 min.
     *
     * @param timeNs nanoseconds.
     * @return these options.
     */
    public FlowControlOptions limitReactionNs(final long timeNs) {
        this.limitReactionNs = timeNs;
        return this;
    }

    /**
     * How long nobody must have complained before the limit grows.
     *
     * @return nanoseconds.
     */
    public long limitQuietNs() {
        return limitQuietNs;
    }

    /**
     * How long nobody must have complained before the limit grows. Default 50 ms, range {@link #limitReactionNs()} to
     * 10 min; more than {@link #quenchPeriodNs()}.
     *
     * @param timeNs nanoseconds.
     * @return these options.
     */
    public FlowControlOptions limitQuietNs(final long timeNs) {
        this.limitQuietNs = timeNs;
        return this;
    }

    /**
     * How long a node that broadcasts nothing remembers its limit.
     *
     * @return nanoseconds.
     */
    public long limitExpiryNs() {
        return limitExpiryNs;
    }

    /**
     * How long a node that broadcasts nothing remembers its limit. Default 20 s, range {@link #limitQuietNs()} to 10
     * min; at most 10,000 times {@link #limitPeriodNs()}, since each period that has passed is reckoned.
     *
     * @param timeNs nanoseconds.
     * @return these options.
     */
    public FlowControlOptions limitExpiryNs(final long timeNs) {
        this.limitExpiryNs = timeNs;
        return this;
    }

    private static void checkFrom(final String key, final long valueNs, final String minKey, final long minNs) {
        OptionChecks.checkTime(
            key, valueNs, minNs, MAX_TIMEOUT_NS, minKey + " (" + Durations.exact(minNs) + ")");
    }
}
