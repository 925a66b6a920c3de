package io.plumtree.transport.aeron;

import io.plumtree.api.options.PropertyTable;
import java.util.concurrent.TimeUnit;

/**
 * How many senders may be open to this node, how fast they may come, and how long one may stay that nobody confirms:
 * what guards the node against senders that are no members. An embedded driver alone holds to these.
 *
 * <p>Reached by {@link AeronTransportOptions#sessions()}. Not for several threads.
 */
public final class AeronSessionOptions {
    /** Key of {@link #maxSessions()}. */
    public static final String MAX_SESSIONS_PROPERTY = "aeron.maxSessions";
    /** Default of {@link #maxSessions()}. */
    public static final int MAX_SESSIONS_DEFAULT = 0;
    /** Key of {@link #maxSessionsPerSource()}. */
    public static final String MAX_SESSIONS_PER_SOURCE_PROPERTY = "aeron.maxSessionsPerSource";
    /** Default of {@link #maxSessionsPerSource()}. */
    public static final int MAX_SESSIONS_PER_SOURCE_DEFAULT = 0;
    /** Key of {@link #maxSessionRate()}. */
    public static final String MAX_SESSION_RATE_PROPERTY = "aeron.maxSessionRate";
    /** Default of {@link #maxSessionRate()}. */
    public static final int MAX_SESSION_RATE_DEFAULT = 64;
    /** Key of {@link #unconfirmedTimeoutNs()}. */
    public static final String UNCONFIRMED_TIMEOUT_PROPERTY = "aeron.unconfirmedTimeout";
    /** Default of {@link #unconfirmedTimeoutNs()}. */
    public static final long UNCONFIRMED_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(900);

    static final PropertyTable<AeronSessionOptions> TABLE = new PropertyTable<AeronSessionOptions>()
        .number(MAX_SESSIONS_PROPERTY, AeronSessionOptions::maxSessions, AeronSessionOptions::maxSessions)
        .number(MAX_SESSIONS_PER_SOURCE_PROPERTY, AeronSessionOptions::maxSessionsPerSource,
            AeronSessionOptions::maxSessionsPerSource)
        .number(MAX_SESSION_RATE_PROPERTY, AeronSessionOptions::maxSessionRate, AeronSessionOptions::maxSessionRate)
        .duration(UNCONFIRMED_TIMEOUT_PROPERTY, AeronSessionOptions::unconfirmedTimeoutNs,
            AeronSessionOptions::unconfirmedTimeoutNs);

    private int maxSessions = MAX_SESSIONS_DEFAULT;
    private int maxSessionsPerSource = MAX_SESSIONS_PER_SOURCE_DEFAULT;
    private int maxSessionRate = MAX_SESSION_RATE_DEFAULT;
    private long unconfirmedTimeoutNs = UNCONFIRMED_TIMEOUT_NS_DEFAULT;

    /** The defaults. */
    public AeronSessionOptions() {
    }

    /**
     * How many senders may be open to this node at a time, once for each of their channels: 0 for half as many again as
     * {@link AeronTransportOptions#maxLinks()}, or up to 131,072. A third of them are for strangers: senders that
     * nobody has confirmed, from addresses to which this node has no links.
     *
     * @return number of sessions, or 0.
     */
    public int maxSessions() {
        return maxSessions;
    }

    /**
     * Sets how many senders may be open to this node at a time.
     *
     * @param value number of sessions, or 0.
     * @return this.
     */
    public AeronSessionOptions maxSessions(final int value) {
        this.maxSessions = value;
        return this;
    }

    /**
     * How many strangers may be open from one address at a time: 0 for half of all strangers, or up to 131,072.
     *
     * @return number of sessions, or 0.
     */
    public int maxSessionsPerSource() {
        return maxSessionsPerSource;
    }

    /**
     * Sets how many strangers may be open from one address at a time.
     *
     * @param value number of sessions, or 0.
     * @return this.
     */
    public AeronSessionOptions maxSessionsPerSource(final int value) {
        this.maxSessionsPerSource = value;
        return this;
    }

    /**
     * How many senders may come in a second, once there have been as many at once as may be open: 1 to 100,000.
     * Strangers have a rate as high of their own, of which one address may have a quarter; no more of them come at
     * once than in a second.
     *
     * @return number of sessions.
     */
    public int maxSessionRate() {
        return maxSessionRate;
    }

    /**
     * Sets how many senders may come in a second.
     *
     * @param value number of sessions.
     * @return this.
     */
    public AeronSessionOptions maxSessionRate(final int value) {
        this.maxSessionRate = value;
        return this;
    }

    /**
     * How long a sender may be open that nobody confirms ({@link io.plumtree.api.transport.Session#confirm()}): 50 ms
     * to 1 h. It may come back. An answer to the question whether it is where it says may take as long, and two seconds
     * at least.
     *
     * @return nanoseconds.
     */
    public long unconfirmedTimeoutNs() {
        return unconfirmedTimeoutNs;
    }

    /**
     * Sets how long a sender may be open that nobody confirms.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronSessionOptions unconfirmedTimeoutNs(final long value) {
        this.unconfirmedTimeoutNs = value;
        return this;
    }
}
