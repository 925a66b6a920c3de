package io.plumtree.transport.aeron;

import io.plumtree.api.options.PropertyTable;
import java.util.concurrent.TimeUnit;

/**
 * How long nodes, transports and media drivers may be silent: the options of the transport that go together. Pauses
 * longer than half a second that are to leave links up need all of them set.
 *
 * <p>Reached by {@link AeronTransportOptions#timeouts()}. Not for several threads.
 */
public final class AeronTimeoutOptions {
    /** Key of {@link #imageLivenessTimeoutNs()}. */
    public static final String IMAGE_LIVENESS_TIMEOUT_PROPERTY = "aeron.imageLivenessTimeout";
    /** Default of {@link #imageLivenessTimeoutNs()}. */
    public static final long IMAGE_LIVENESS_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(500);
    /** Key of {@link #connectionTimeoutNs()}. */
    public static final String CONNECTION_TIMEOUT_PROPERTY = "aeron.connectionTimeout";
    /** Default of {@link #connectionTimeoutNs()}. */
    public static final long CONNECTION_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(500);
    /** Key of {@link #statusMessageIntervalNs()}. */
    public static final String STATUS_MESSAGE_INTERVAL_PROPERTY = "aeron.statusMessageInterval";
    /** Default of {@link #statusMessageIntervalNs()}. */
    public static final long STATUS_MESSAGE_INTERVAL_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(50);
    /** Key of {@link #timerIntervalNs()}. */
    public static final String TIMER_INTERVAL_PROPERTY = "aeron.timerInterval";
    /** Default of {@link #timerIntervalNs()}. */
    public static final long TIMER_INTERVAL_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(50);
    /** Key of {@link #lingerTimeoutNs()}. */
    public static final String LINGER_TIMEOUT_PROPERTY = "aeron.lingerTimeout";
    /** Default of {@link #lingerTimeoutNs()}. */
    public static final long LINGER_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(200);
    /** Key of {@link #clientLivenessTimeoutNs()}. */
    public static final String CLIENT_LIVENESS_TIMEOUT_PROPERTY = "aeron.clientLivenessTimeout";
    /** Default of {@link #clientLivenessTimeoutNs()}. */
    public static final long CLIENT_LIVENESS_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(5000);
    /** Key of {@link #driverTimeoutNs()}. */
    public static final String DRIVER_TIMEOUT_PROPERTY = "aeron.driverTimeout";
    /** Default of {@link #driverTimeoutNs()}. */
    public static final long DRIVER_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(5000);

    static final PropertyTable<AeronTimeoutOptions> TABLE = new PropertyTable<AeronTimeoutOptions>()
        .duration(IMAGE_LIVENESS_TIMEOUT_PROPERTY, AeronTimeoutOptions::imageLivenessTimeoutNs,
            AeronTimeoutOptions::imageLivenessTimeoutNs)
        .duration(CONNECTION_TIMEOUT_PROPERTY, AeronTimeoutOptions::connectionTimeoutNs,
            AeronTimeoutOptions::connectionTimeoutNs)
        .duration(STATUS_MESSAGE_INTERVAL_PROPERTY, AeronTimeoutOptions::statusMessageIntervalNs,
            AeronTimeoutOptions::statusMessageIntervalNs)
        .duration(TIMER_INTERVAL_PROPERTY, AeronTimeoutOptions::timerIntervalNs, AeronTimeoutOptions::timerIntervalNs)
        .duration(LINGER_TIMEOUT_PROPERTY, AeronTimeoutOptions::lingerTimeoutNs, AeronTimeoutOptions::lingerTimeoutNs)
        .duration(CLIENT_LIVENESS_TIMEOUT_PROPERTY, AeronTimeoutOptions::clientLivenessTimeoutNs,
            AeronTimeoutOptions::clientLivenessTimeoutNs)
        .duration(DRIVER_TIMEOUT_PROPERTY, AeronTimeoutOptions::driverTimeoutNs, AeronTimeoutOptions::driverTimeoutNs);

    private long imageLivenessTimeoutNs = IMAGE_LIVENESS_TIMEOUT_NS_DEFAULT;
    private long connectionTimeoutNs = CONNECTION_TIMEOUT_NS_DEFAULT;
    private long statusMessageIntervalNs = STATUS_MESSAGE_INTERVAL_NS_DEFAULT;
    private long timerIntervalNs = TIMER_INTERVAL_NS_DEFAULT;
    private long lingerTimeoutNs = LINGER_TIMEOUT_NS_DEFAULT;
    private long clientLivenessTimeoutNs = CLIENT_LIVENESS_TIMEOUT_NS_DEFAULT;
    private long driverTimeoutNs = DRIVER_TIMEOUT_NS_DEFAULT;

    /** The defaults. */
    public AeronTimeoutOptions() {
    }

    /**
     * How long a sender may be silent before it is taken for gone: 100 ms to 1 h.
     *
     * @return nanoseconds.
     */
    public long imageLivenessTimeoutNs() {
        return imageLivenessTimeoutNs;
    }

    /**
     * Sets how long a sender may be silent.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTimeoutOptions imageLivenessTimeoutNs(final long value) {
        this.imageLivenessTimeoutNs = value;
        return this;
    }

    /**
     * How long a receiver may be silent before {@link io.plumtree.api.transport.Link#isConnected()} ends: 100 ms to 1
     * h, and at least four status message intervals.
     *
     * @return nanoseconds.
     */
    public long connectionTimeoutNs() {
        return connectionTimeoutNs;
    }

    /**
     * Sets how long a receiver may be silent.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTimeoutOptions connectionTimeoutNs(final long value) {
        this.connectionTimeoutNs = value;
        return this;
    }

    /**
     * How often a receiver reports to an idle sender: 1 ms to 1 min. It must be shorter than every peer's connection
     * timeout.
     *
     * @return nanoseconds.
     */
    public long statusMessageIntervalNs() {
        return statusMessageIntervalNs;
    }

    /**
     * Sets how often a receiver reports to an idle sender.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTimeoutOptions statusMessageIntervalNs(final long value) {
        this.statusMessageIntervalNs = value;
        return this;
    }

    /**
     * How often the driver looks at its timeouts: 1 ms to 10 s; shorter than each of them.
     *
     * @return nanoseconds.
     */
    public long timerIntervalNs() {
        return timerIntervalNs;
    }

    /**
     * Sets how often the driver looks at its timeouts.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTimeoutOptions timerIntervalNs(final long value) {
        this.timerIntervalNs = value;
        return this;
    }

    /**
     * How long a closed link goes on to serve what it has sent: 0 to 1 min.
     *
     * @return nanoseconds.
     */
    public long lingerTimeoutNs() {
        return lingerTimeoutNs;
    }

    /**
     * Sets how long a closed link goes on to serve what it has sent.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTimeoutOptions lingerTimeoutNs(final long value) {
        this.lingerTimeoutNs = value;
        return this;
    }

    /**
     * How long a transport may go without a cycle before a driver that it shares takes it for dead: 100 ms to 1 h. It
     * then builds itself anew. An embedded driver stands still with its transport.
     *
     * @return nanoseconds.
     */
    public long clientLivenessTimeoutNs() {
        return clientLivenessTimeoutNs;
    }

    /**
     * Sets how long the transport may go without a cycle.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTimeoutOptions clientLivenessTimeoutNs(final long value) {
        this.clientLivenessTimeoutNs = value;
        return this;
    }

    /**
     * How long a driver elsewhere may be silent before the transport takes it for dead: 100 ms to 1 h. It then builds
     * itself anew. Also how long any driver may take to do what it is asked for.
     *
     * @return nanoseconds.
     */
    public long driverTimeoutNs() {
        return driverTimeoutNs;
    }

    /**
     * Sets how long the driver may be silent.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTimeoutOptions driverTimeoutNs(final long value) {
        this.driverTimeoutNs = value;
        return this;
    }
}
