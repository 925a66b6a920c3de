package io.plumtree.engine.options;

import io.plumtree.api.options.OptionChecks;
import java.util.concurrent.TimeUnit;

/**
 * The options of the full view, by which every node learns of all members though each has links to a few. It takes
 * effect only where membership is HyParView's.
 *
 * <p>Set before the launch, not changed afterwards. {@link #conclude()} checks ranges.
 */
public final class FullViewOptions {
    /** Property of {@link #enabled()}. */
    public static final String ENABLED_PROPERTY = "plumtree.full.view";
    /** Property of {@link #refreshPeriodNs()}. */
    public static final String REFRESH_PERIOD_PROPERTY = "plumtree.full.view.refresh.period";
    /** Property of {@link #expiryNs()}. */
    public static final String EXPIRY_PROPERTY = "plumtree.full.view.expiry";
    /** Property of {@link #tombstoneTimeNs()}. */
    public static final String TOMBSTONE_TIME_PROPERTY = "plumtree.full.view.tombstone.time";
    /** Property of {@link #maxMembers()}. */
    public static final String MAX_MEMBERS_PROPERTY = "plumtree.full.view.max.members";
    /** Property of {@link #newcomers()}. */
    public static final String NEWCOMERS_PROPERTY = "plumtree.full.view.newcomers";
    /** Property of {@link #newcomersPerSecond()}. */
    public static final String NEWCOMERS_PER_SECOND_PROPERTY = "plumtree.full.view.newcomers.per.second";
    /** Property of {@link #maxRumors()}. */
    public static final String MAX_RUMORS_PROPERTY = "plumtree.full.view.max.rumors";
    /** Default of {@link #refreshPeriodNs()}. */
    public static final long REFRESH_PERIOD_DEFAULT_NS = TimeUnit.SECONDS.toNanos(10);
    /** Default of {@link #expiryNs()}. */
    public static final long EXPIRY_DEFAULT_NS = TimeUnit.SECONDS.toNanos(35);
    /** Default of {@link #tombstoneTimeNs()}. */
    public static final long TOMBSTONE_TIME_DEFAULT_NS = TimeUnit.MINUTES.toNanos(2);
    /** Default of {@link #maxMembers()}. */
    public static final int MAX_MEMBERS_DEFAULT = 16_384;
    /** Default of {@link #newcomers()}. */
    public static final int NEWCOMERS_DEFAULT = 1024;
    /** Default of {@link #newcomersPerSecond()}. */
    public static final int NEWCOMERS_PER_SECOND_DEFAULT = 50;
    /** Default of {@link #maxRumors()}. */
    public static final int MAX_RUMORS_DEFAULT = 4096;

    private static final long MIN_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MAX_PERIOD_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long MAX_EXPIRY_NS = TimeUnit.HOURS.toNanos(1);
    private static final long MAX_TOMBSTONE_TIME_NS = TimeUnit.DAYS.toNanos(1);
    private static final int MOST_MEMBERS = 1 << 18;
    private static final int MOST_PER_SECOND = 1_000_000;

    private boolean enabled = true;
    private long refreshPeriodNs = REFRESH_PERIOD_DEFAULT_NS;
    private long expiryNs = EXPIRY_DEFAULT_NS;
    private long tombstoneTimeNs = TOMBSTONE_TIME_DEFAULT_NS;
    private int maxMembers = MAX_MEMBERS_DEFAULT;
    private int newcomers = NEWCOMERS_DEFAULT;
    private int newcomersPerSecond = NEWCOMERS_PER_SECOND_DEFAULT;
    private int maxRumors = MAX_RUMORS_DEFAULT;

    /** The defaults. */
    public FullViewOptions() {
    }

    /**
     * Checks every range.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public FullViewOptions conclude() {
        OptionChecks.checkTime(REFRESH_PERIOD_PROPERTY, refreshPeriodNs, MIN_PERIOD_NS, MAX_PERIOD_NS);
        OptionChecks.checkTime(EXPIRY_PROPERTY, expiryNs, 2 * refreshPeriodNs, MAX_EXPIRY_NS);
        OptionChecks.checkTime(TOMBSTONE_TIME_PROPERTY, tombstoneTimeNs, expiryNs, MAX_TOMBSTONE_TIME_NS);
        OptionChecks.checkRange(MAX_MEMBERS_PROPERTY, maxMembers, 1, MOST_MEMBERS);
        OptionChecks.checkRange(NEWCOMERS_PROPERTY, newcomers, 1, MOST_MEMBERS);
        OptionChecks.checkRange(NEWCOMERS_PER_SECOND_PROPERTY, newcomersPerSecond, 1, MOST_PER_SECOND);
        OptionChecks.checkRange(MAX_RUMORS_PROPERTY, maxRumors, 0, MOST_MEMBERS);
        return this;
    }

    /**
     * Whether there is a full view.
     *
     * @return true if so.
     */
    public boolean enabled() {
        return enabled;
    }

    /**
     * Whether there is a full view. Without one a node knows its neighbours alone. The same on every node: one without
     * does not pass on what the others say of themselves. Default true.
     *
     * @param isEnabled false for none.
     * @return these options.
     */
    public FullViewOptions enabled(final boolean isEnabled) {
        this.enabled = isEnabled;
        return this;
    }

    /**
     * How often a node says that it is there.
     *
     * @return nanoseconds.
     */
    public long refreshPeriodNs() {
        return refreshPeriodNs;
    }

    /**
     * How often a node says that it is there, by a broadcast. Default 10 s.
     *
     * @param periodNs nanoseconds, 100 ms to 10 min.
     * @return these options.
     */
    public FullViewOptions refreshPeriodNs(final long periodNs) {
        this.refreshPeriodNs = periodNs;
        return this;
    }

    /**
     * After which a member that is not heard of is taken for failed.
     *
     * @return nanoseconds.
     */
    public long expiryNs() {
        return expiryNs;
    }

    /**
     * After which a member that is not heard of is taken for failed, by the time at which this node has heard of it
     * last. Default 35 s.
     *
     * @param timeNs nanoseconds, twice the refresh period to 1 h; the same on every node.
     * @return these options.
     */
    public FullViewOptions expiryNs(final long timeNs) {
        this.expiryNs = timeNs;
        return this;
    }

    /**
     * How long it is remembered that a member has left or failed.
     *
     * @return nanoseconds.
     */
    public long tombstoneTimeNs() {
        return tombstoneTimeNs;
    }

    /**
     * How long it is remembered that a member has left or failed, so that what is still under way does not bring it
     * back. Default 2 min.
     *
     * @param timeNs nanoseconds, the expiry to 24 h.
     * @return these options.
     */
    public FullViewOptions tombstoneTimeNs(final long timeNs) {
        this.tombstoneTimeNs = timeNs;
        return this;
    }

    /**
     * Most members beside this node.
     *
     * @return members.
     */
    public int maxMembers() {
        return maxMembers;
    }

    /**
     * Most members beside this node; of more, nothing is known, and a counter says so. As many that have left or failed
     * are remembered, the oldest of more are forgotten. Default {@value #MAX_MEMBERS_DEFAULT}.
     *
     * @param count 1 to 262144.
     * @return these options.
     */
    public FullViewOptions maxMembers(final int count) {
        this.maxMembers = count;
        return this;
    }

    /**
     * How many are believed at once of whom nothing was known.
     *
     * @return members.
     */
    public int newcomers() {
        return newcomers;
    }

    /**
     * How many are believed at once of whom nothing was known: of those that announce themselves for the first time,
     * and of those that one peer tells in exchanges. A quarter of the members that are known, if that is more. Who
     * greets this node is believed beside them, and so is all that the first exchange tells. Default
     * {@value #NEWCOMERS_DEFAULT}.
     *
     * @param count 1 to 262144.
     * @return these options.
     */
    public FullViewOptions newcomers(final int count) {
        this.newcomers = count;
        return this;
    }

    /**
     * How many more of those that announce themselves are believed each second.
     *
     * @return members.
     */
    public int newcomersPerSecond() {
        return newcomersPerSecond;
    }

    /**
     * How many more of those that announce themselves are believed each second. Default
     * {@value #NEWCOMERS_PER_SECOND_DEFAULT}.
     *
     * @param count 1 to 1000000.
     * @return these options.
     */
    public FullViewOptions newcomersPerSecond(final int count) {
        this.newcomersPerSecond = count;
        return this;
    }

    /**
     * Most rumors: names that were announced once, when there were too many to believe them.
     *
     * @return rumors.
     */
    public int maxRumors() {
        return maxRumors;
    }

    /**
     * Most rumors: names that were announced once, when there were too many to believe them. They are passed on, and
     * become members when they are announced again; more are dropped, and a counter says so. Default
     * {@value #MAX_RUMORS_DEFAULT}.
     *
     * @param count 0 to 262144.
     * @return these options.
     */
    public FullViewOptions maxRumors(final int count) {
        this.maxRumors = count;
        return this;
    }
}
