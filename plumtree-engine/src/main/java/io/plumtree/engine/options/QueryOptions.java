package io.plumtree.engine.options;

import io.plumtree.api.options.OptionChecks;
import java.util.concurrent.TimeUnit;

/**
 * The options of queries: what nodes and inspectors ask each other about themselves.
 *
 * <p>Set before the launch, not changed afterwards. {@link #conclude()} checks ranges.
 */
public final class QueryOptions {
    /** Property of {@link #remote()}. */
    public static final String REMOTE_PROPERTY = "plumtree.query.remote";
    /** Property of {@link #maxPending()}. */
    public static final String MAX_PENDING_PROPERTY = "plumtree.query.max.pending";
    /** Property of {@link #maxWaiting()}. */
    public static final String MAX_WAITING_PROPERTY = "plumtree.query.max.waiting";
    /** Property of {@link #maxLinks()}. */
    public static final String MAX_LINKS_PROPERTY = "plumtree.query.max.links";
    /** Property of {@link #linkIdleTimeNs()}. */
    public static final String LINK_IDLE_TIME_PROPERTY = "plumtree.query.link.idle.time";
    /** Property of {@link #answerTimeoutNs()}. */
    public static final String ANSWER_TIMEOUT_PROPERTY = "plumtree.query.answer.timeout";
    /** Property name of {@link #queueLength(int)}. */
    public static final String QUEUE_LENGTH_PROPERTY = "plumtree.query.queue.length";
    /** Default of {@link #queueLength(int)}. */
    public static final int QUEUE_LENGTH_DEFAULT = 64;
    /** Default of {@link #maxPending()}. */
    public static final int MAX_PENDING_DEFAULT = 1024;
    /** Default of {@link #maxWaiting()}. */
    public static final int MAX_WAITING_DEFAULT = 256;
    /** Default of {@link #maxLinks()}. */
    public static final int MAX_LINKS_DEFAULT = 16;
    /** Default of {@link #linkIdleTimeNs()}. */
    public static final long LINK_IDLE_TIME_DEFAULT_NS = TimeUnit.SECONDS.toNanos(5);
    /** Default of {@link #answerTimeoutNs()}. */
    public static final long ANSWER_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(10);

    private static final long MIN_TIME_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MAX_TIME_NS = TimeUnit.MINUTES.toNanos(10);

    private boolean remote = true;
    private int queueLength = QUEUE_LENGTH_DEFAULT;
    private int maxPending = MAX_PENDING_DEFAULT;
    private int maxWaiting = MAX_WAITING_DEFAULT;
    private int maxLinks = MAX_LINKS_DEFAULT;
    private long linkIdleTimeNs = LINK_IDLE_TIME_DEFAULT_NS;
    private long answerTimeoutNs = ANSWER_TIMEOUT_DEFAULT_NS;

    /** The defaults. */
    public QueryOptions() {
    }

    /**
     * Checks every range.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public QueryOptions conclude() {
        OptionChecks.checkRange(MAX_PENDING_PROPERTY, maxPending, 1, 65_536);
        OptionChecks.checkRange(MAX_WAITING_PROPERTY, maxWaiting, 1, 65_536);
        OptionChecks.checkRange(MAX_LINKS_PROPERTY, maxLinks, 1, 1024);
        OptionChecks.checkTime(LINK_IDLE_TIME_PROPERTY, linkIdleTimeNs, MIN_TIME_NS, MAX_TIME_NS);
        OptionChecks.checkTime(ANSWER_TIMEOUT_PROPERTY, answerTimeoutNs, MIN_TIME_NS, MAX_TIME_NS);
        OptionChecks.checkRange(QUEUE_LENGTH_PROPERTY, queueLength, 2, 1 << 16);
        return this;
    }

    /**
     * Whether the node answers queries of who is no member. Members are always answered.
     *
     * @return true if so.
     */
    public boolean remote() {
        return remote;
    }

    /**
     * Whether the node answers queries of who is no member; those it does not answer it refuses. Names on the network
     * are not proven, so this keeps curious people out, not malicious ones. Default true.
     *
     * @param answers false to answer members only.
     * @return these options.
     */
    public QueryOptions remote(final boolean answers) {
        this.remote = answers;
        return this;
    }

    /**
     * Most queries of this node's own that wait for their answers. A tree takes one for each other node.
     *
     * @return how many.
     */
    public int maxPending() {
        return maxPending;
    }

    /**
     * Most queries of this node's own that wait for their answers; more are rejected at once. Default
     * {@value #MAX_PENDING_DEFAULT}.
     *
     * @param count 1 to 65536.
     * @return these options.
     */
    public QueryOptions maxPending(final int count) {
        this.maxPending = count;
        return this;
    }

    /**
     * Most queries of others whose answers wait to be sent.
     *
     * @return how many.
     */
    public int maxWaiting() {
        return maxWaiting;
    }

    /**
     * Most queries of others whose answers wait to be sent, for a link to connect or to have room; more are refused.
     * Those of who is no member take up half of it at most. Default {@value #MAX_WAITING_DEFAULT}.
     *
     * @param count 1 to 65536.
     * @return these options.
     */
    public QueryOptions maxWaiting(final int count) {
        this.maxWaiting = count;
        return this;
    }

    /**
     * Most links that are made for queries and their answers alone.
     *
     * @return how many.
     */
    public int maxLinks() {
        return maxLinks;
    }

    /**
     * Most links that are made for queries and their answers alone. When there are that many, the one that has been
     * idle longest is closed for another; those for which something waits take turns. Default
     * {@value #MAX_LINKS_DEFAULT}.
     *
     * @param count 1 to 1024.
     * @return these options.
     */
    public QueryOptions maxLinks(final int count) {
        this.maxLinks = count;
        return this;
    }

    /**
     * How long such a link is kept without use.
     *
     * @return nanoseconds.
     */
    public long linkIdleTimeNs() {
        return linkIdleTimeNs;
    }

    /**
     * How long such a link is kept without use. Default 5 s.
     *
     * @param timeNs nanoseconds, 100 ms to 10 min.
     * @return these options.
     */
    public QueryOptions linkIdleTimeNs(final long timeNs) {
        this.linkIdleTimeNs = timeNs;
        return this;
    }

    /**
     * How long an answer waits to be sent at most, even if who asked waits longer.
     *
     * @return nanoseconds.
     */
    public long answerTimeoutNs() {
        return answerTimeoutNs;
    }

    /**
     * How long an answer waits to be sent at most, even if who asked waits longer. Default 10 s.
     *
     * @param timeoutNs nanoseconds, 100 ms to 10 min.
     * @return these options.
     */
    public QueryOptions answerTimeoutNs(final long timeoutNs) {
        this.answerTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * Sets how many queries may wait for the engine; one more fails at once.
     *
     * @param length 2 to 65,536, rounded up to a power of two.
     * @return these options.
     */
    public QueryOptions queueLength(final int length) {
        this.queueLength = length;
        return this;
    }

    /**
     * How many queries may wait for the engine.
     *
     * @return the number.
     */
    public int queueLength() {
        return queueLength;
    }
}
