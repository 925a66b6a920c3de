package io.plumtree.protocol.options;

import io.plumtree.api.options.OptionChecks;
import io.plumtree.api.options.PropertyTable;
import java.util.concurrent.TimeUnit;

/**
 * How messages that were announced and have not come are fetched: when they are grafted, from whom, and how many at a
 * time. Reached by {@link PlumtreeOptions#grafts()}.
 */
public final class GraftOptions {
    /** Property of {@link #graftTimeoutNs()}. */
    public static final String GRAFT_TIMEOUT_PROPERTY = "plumtree.graft.timeout";
    /** Property of {@link #graftRetryTimeoutNs()}. */
    public static final String GRAFT_RETRY_TIMEOUT_PROPERTY = "plumtree.graft.retry.timeout";
    /** Property of {@link #adaptiveGraft()}. */
    public static final String ADAPTIVE_GRAFT_PROPERTY = "plumtree.adaptive.graft";
    /** Property of {@link #minGraftTimeoutNs()}. */
    public static final String MIN_GRAFT_TIMEOUT_PROPERTY = "plumtree.min.graft.timeout";
    /** Property of {@link #maxMissing()}. */
    public static final String MAX_MISSING_PROPERTY = "plumtree.max.missing";
    /** Property of {@link #maxAnnouncers()}. */
    public static final String MAX_ANNOUNCERS_PROPERTY = "plumtree.max.announcers";
    /** Property of {@link #maxGrafts()}. */
    public static final String MAX_GRAFTS_PROPERTY = "plumtree.max.grafts";
    /** Property of {@link #negativeGraftReplies()}. */
    public static final String NEGATIVE_GRAFT_REPLIES_PROPERTY = "plumtree.negative.graft.replies";
    /** Default of {@link #graftTimeoutNs()}: a guess that outlasts the pauses of a loaded machine. */
    public static final long GRAFT_TIMEOUT_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(400);
    /** Default of {@link #graftRetryTimeoutNs()}. */
    public static final long GRAFT_RETRY_TIMEOUT_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(500);
    /** Default of {@link #adaptiveGraft()}. */
    public static final boolean ADAPTIVE_GRAFT_DEFAULT = true;
    /** Default of {@link #minGraftTimeoutNs()}. */
    public static final long MIN_GRAFT_TIMEOUT_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Default of {@link #maxMissing()}. */
    public static final int MAX_MISSING_DEFAULT = 16 * 1024;
    /** Default of {@link #maxAnnouncers()}. */
    public static final int MAX_ANNOUNCERS_DEFAULT = 4;
    /** Default of {@link #maxGrafts()}. */
    public static final int MAX_GRAFTS_DEFAULT = 256;

    static final PropertyTable<GraftOptions> TABLE = new PropertyTable<GraftOptions>()
        .duration(GRAFT_TIMEOUT_PROPERTY, GraftOptions::graftTimeoutNs, GraftOptions::graftTimeoutNs)
        .duration(GRAFT_RETRY_TIMEOUT_PROPERTY, GraftOptions::graftRetryTimeoutNs, GraftOptions::graftRetryTimeoutNs)
        .flag(ADAPTIVE_GRAFT_PROPERTY, GraftOptions::adaptiveGraft, GraftOptions::adaptiveGraft)
        .duration(MIN_GRAFT_TIMEOUT_PROPERTY, GraftOptions::minGraftTimeoutNs, GraftOptions::minGraftTimeoutNs)
        .number(MAX_MISSING_PROPERTY, GraftOptions::maxMissing, GraftOptions::maxMissing)
        .number(MAX_ANNOUNCERS_PROPERTY, GraftOptions::maxAnnouncers, GraftOptions::maxAnnouncers)
        .number(MAX_GRAFTS_PROPERTY, GraftOptions::maxGrafts, GraftOptions::maxGrafts)
        .flag(NEGATIVE_GRAFT_REPLIES_PROPERTY, GraftOptions::negativeGraftReplies, GraftOptions::negativeGraftReplies);

    private static final long MAX_TIMEOUT_NS = TimeUnit.MINUTES.toNanos(10);

    private long graftTimeoutNs = GRAFT_TIMEOUT_DEFAULT_NS;
    private long graftRetryTimeoutNs = GRAFT_RETRY_TIMEOUT_DEFAULT_NS;
    private boolean adaptiveGraft = ADAPTIVE_GRAFT_DEFAULT;
    private long minGraftTimeoutNs = MIN_GRAFT_TIMEOUT_DEFAULT_NS;
    private int maxMissing = MAX_MISSING_DEFAULT;
    private int maxAnnouncers = MAX_ANNOUNCERS_DEFAULT;
    private int maxGrafts = MAX_GRAFTS_DEFAULT;
    private boolean negativeGraftReplies = true;

    /** The defaults. */
    public GraftOptions() {
    }

    /**
     * Checks every range and relation.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public GraftOptions conclude() {
        OptionChecks.checkTime(GRAFT_TIMEOUT_PROPERTY, graftTimeoutNs, 0, MAX_TIMEOUT_NS);
        OptionChecks.checkTime(GRAFT_RETRY_TIMEOUT_PROPERTY, graftRetryTimeoutNs, 1, MAX_TIMEOUT_NS);
        OptionChecks.checkTime(MIN_GRAFT_TIMEOUT_PROPERTY, minGraftTimeoutNs, 1, MAX_TIMEOUT_NS);
        OptionChecks.checkRange(MAX_MISSING_PROPERTY, maxMissing, 1, 1 << 24);
        OptionChecks.checkRange(MAX_ANNOUNCERS_PROPERTY, maxAnnouncers, 1, 64);
        OptionChecks.checkRange(MAX_GRAFTS_PROPERTY, maxGrafts, 1, 1 << 20);
        return this;
    }

    /**
     * How long an announced message may stay away before it is grafted (paper, algorithm 3, first timeout).
     *
     * @return nanoseconds; 0 to graft at once.
     */
    public long graftTimeoutNs() {
        return graftTimeoutNs;
    }

    /**
     * How long an announced message may stay away before it is grafted. Default 400 ms, range 0 (at once) to 10 min.
     *
     * @param timeoutNs nanoseconds.
     * @return these options.
     */
    public GraftOptions graftTimeoutNs(final long timeoutNs) {
        this.graftTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * How long a grafted message may stay away before the next announcer is asked (paper, algorithm 3, second
     * timeout: about a round trip).
     *
     * @return nanoseconds.
     */
    public long graftRetryTimeoutNs() {
        return graftRetryTimeoutNs;
    }

    /**
     * How long a grafted message may stay away before the next announcer is asked. Default 500 ms, range 1 ns to
     * 10 min: a peer that can't serve a graft says so, and one that is gone is noticed; this is for the slow.
     *
     * @param timeoutNs nanoseconds.
     * @return these options.
     */
    public GraftOptions graftRetryTimeoutNs(final long timeoutNs) {
        this.graftRetryTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * Whether graft timeouts follow what is measured: how long payloads of a tree come after their announcement, and
     * how long a graft's answer takes.
     *
     * @return true if so; then {@link #graftTimeoutNs()} and {@link #graftRetryTimeoutNs()} are where they begin, and
     *     their upper bounds.
     */
    public boolean adaptiveGraft() {
        return adaptiveGraft;
    }

    /**
     * Whether graft timeouts follow what is measured. Default true.
     *
     * @param adaptive false for fixed ones.
     * @return these options.
     */
    public GraftOptions adaptiveGraft(final boolean adaptive) {
        this.adaptiveGraft = adaptive;
        return this;
    }

    /**
     * The least that adaptive graft timeouts come down to.
     *
     * @return nanoseconds.
     */
    public long minGraftTimeoutNs() {
        return minGraftTimeoutNs;
    }

    /**
     * The least that adaptive graft timeouts come down to. Default 50 ms, range 1 ns to 10 min; more than
     * {@link #graftTimeoutNs()} stands for that. Of no meaning where timeouts are fixed or grafts are sent at once.
     *
     * @param timeoutNs nanoseconds.
     * @return these options.
     */
    public GraftOptions minGraftTimeoutNs(final long timeoutNs) {
        this.minGraftTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * The most announced messages waited for at a time.
     *
     * @return the bound.
     */
    public int maxMissing() {
        return maxMissing;
    }

    /**
     * The most announced messages waited for at a time. Default 16,384, range 1 to 16,777,216. One that finds no room
     * waits for its next announcement: {@code protocol.missing.overflows}.
     *
     * @param bound the bound.
     * @return these options.
     */
    public GraftOptions maxMissing(final int bound) {
        this.maxMissing = bound;
        return this;
    }

    /**
     * The most announcers remembered for one missing message.
     *
     * @return the bound.
     */
    public int maxAnnouncers() {
        return maxAnnouncers;
    }

    /**
     * The most announcers remembered for one missing message. Default 4, range 1 to 64. Others have to announce
     * again: {@code protocol.announcers.overflows}.
     *
     * @param bound the bound.
     * @return these options.
     */
    public GraftOptions maxAnnouncers(final int bound) {
        this.maxAnnouncers = bound;
        return this;
    }

    /**
     * The most messages grafted and not here yet.
     *
     * @return the bound.
     */
    public int maxGrafts() {
        return maxGrafts;
    }

    /**
     * The most messages grafted and not here yet. Default 256, range 1 to 1,048,576. Others wait for their turn:
     * {@code protocol.grafts.queued}.
     *
     * @param bound the bound.
     * @return these options.
     */
    public GraftOptions maxGrafts(final int bound) {
        this.maxGrafts = bound;
        return this;
    }

    /**
     * Whether a graft that cannot be served is answered, so that the next announcer is asked at once.
     *
     * @return true if so.
     */
    public boolean negativeGraftReplies() {
        return negativeGraftReplies;
    }

    /**
     * Whether a graft that cannot be served is answered. Default true.
     *
     * @param reply false for the reference's silence.
     * @return these options.
     */
    public GraftOptions negativeGraftReplies(final boolean reply) {
        this.negativeGraftReplies = reply;
        return this;
    }
}
