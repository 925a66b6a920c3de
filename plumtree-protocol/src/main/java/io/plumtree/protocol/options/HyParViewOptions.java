package io.plumtree.protocol.options;

import io.plumtree.api.options.OptionChecks;
import java.util.concurrent.TimeUnit;

/**
 * The options of HyParView, by which nodes that know one contact find their neighbours. The defaults are the paper's
 * (for 10,000 nodes), times are for a local network.
 *
 * <p>Set before the launch, not changed afterwards. {@link #conclude()} checks ranges.
 */
public final class HyParViewOptions {
    /** Property of {@link #activeViewSize()}. */
    public static final String ACTIVE_VIEW_SIZE_PROPERTY = "plumtree.hyparview.active.view.size";
    /** Property of {@link #passiveViewSize()}. */
    public static final String PASSIVE_VIEW_SIZE_PROPERTY = "plumtree.hyparview.passive.view.size";
    /** Property of {@link #activeRandomWalkLength()}. */
    public static final String ACTIVE_RANDOM_WALK_LENGTH_PROPERTY = "plumtree.hyparview.active.random.walk.length";
    /** Property of {@link #passiveRandomWalkLength()}. */
    public static final String PASSIVE_RANDOM_WALK_LENGTH_PROPERTY = "plumtree.hyparview.passive.random.walk.length";
    /** Property of {@link #shuffleActive()}. */
    public static final String SHUFFLE_ACTIVE_PROPERTY = "plumtree.hyparview.shuffle.active";
    /** Property of {@link #shufflePassive()}. */
    public static final String SHUFFLE_PASSIVE_PROPERTY = "plumtree.hyparview.shuffle.passive";
    /** Property of {@link #lostViewSize()}. */
    public static final String LOST_VIEW_SIZE_PROPERTY = "plumtree.hyparview.lost.view.size";
    /** Property of {@link #shufflePeriodNs()}. */
    public static final String SHUFFLE_PERIOD_PROPERTY = "plumtree.hyparview.shuffle.period";
    /** Property of {@link #requestTimeoutNs()}. */
    public static final String REQUEST_TIMEOUT_PROPERTY = "plumtree.hyparview.request.timeout";
    /** Property of {@link #linkTimeoutNs()}. */
    public static final String LINK_TIMEOUT_PROPERTY = "plumtree.hyparview.link.timeout";
    /** Property of {@link #retryMinNs()}. */
    public static final String RETRY_MIN_PROPERTY = "plumtree.hyparview.retry.min";
    /** Property of {@link #retryMaxNs()}. */
    public static final String RETRY_MAX_PROPERTY = "plumtree.hyparview.retry.max";
    /** Property of {@link #newcomers()}. */
    public static final String NEWCOMERS_PROPERTY = "plumtree.hyparview.newcomers";
    /** Property of {@link #joinsPerHost()}. */
    public static final String JOINS_PER_HOST_PROPERTY = "plumtree.hyparview.joins.per.host";
    /** Property of {@link #joinsPerSecond()}. */
    public static final String JOINS_PER_SECOND_PROPERTY = "plumtree.hyparview.joins.per.second";
    /** Default of {@link #activeViewSize()}. */
    public static final int ACTIVE_VIEW_SIZE_DEFAULT = 5;
    /** Default of {@link #passiveViewSize()}. */
    public static final int PASSIVE_VIEW_SIZE_DEFAULT = 30;
    /** Default of {@link #activeRandomWalkLength()}. */
    public static final int ACTIVE_RANDOM_WALK_LENGTH_DEFAULT = 6;
    /** Default of {@link #passiveRandomWalkLength()}. */
    public static final int PASSIVE_RANDOM_WALK_LENGTH_DEFAULT = 3;
    /** Default of {@link #shuffleActive()}. */
    public static final int SHUFFLE_ACTIVE_DEFAULT = 3;
    /** Default of {@link #shufflePassive()}. */
    public static final int SHUFFLE_PASSIVE_DEFAULT = 4;
    /** Default of {@link #lostViewSize()}. */
    public static final int LOST_VIEW_SIZE_DEFAULT = 30;
    /** Default of {@link #shufflePeriodNs()}. */
    public static final long SHUFFLE_PERIOD_DEFAULT_NS = TimeUnit.SECONDS.toNanos(5);
    /** Default of {@link #requestTimeoutNs()}. */
    public static final long REQUEST_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(1);
    /** Default of {@link #linkTimeoutNs()}. */
    public static final long LINK_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(2);
    /** Default of {@link #retryMinNs()}. */
    public static final long RETRY_MIN_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Default of {@link #retryMaxNs()}. */
    public static final long RETRY_MAX_DEFAULT_NS = TimeUnit.SECONDS.toNanos(10);
    /** Default of {@link #newcomers()}. */
    public static final int NEWCOMERS_DEFAULT = 5;
    /** Default of {@link #joinsPerHost()}. */
    public static final int JOINS_PER_HOST_DEFAULT = 100;
    /** Default of {@link #joinsPerSecond()}. */
    public static final int JOINS_PER_SECOND_DEFAULT = 1000;

    private static final int MAX_JOINS = 1_000_000;
    private static final long MIN_TIME_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long MAX_TIME_NS = TimeUnit.HOURS.toNanos(1);

    private int activeViewSize = ACTIVE_VIEW_SIZE_DEFAULT;
    private int passiveViewSize = PASSIVE_VIEW_SIZE_DEFAULT;
    private int activeRandomWalkLength = ACTIVE_RANDOM_WALK_LENGTH_DEFAULT;
    private int passiveRandomWalkLength = PASSIVE_RANDOM_WALK_LENGTH_DEFAULT;
    private int shuffleActive = SHUFFLE_ACTIVE_DEFAULT;
    private int shufflePassive = SHUFFLE_PASSIVE_DEFAULT;
    private int lostViewSize = LOST_VIEW_SIZE_DEFAULT;
    private long shufflePeriodNs = SHUFFLE_PERIOD_DEFAULT_NS;
    private long requestTimeoutNs = REQUEST_TIMEOUT_DEFAULT_NS;
    private long linkTimeoutNs = LINK_TIMEOUT_DEFAULT_NS;
    private long retryMinNs = RETRY_MIN_DEFAULT_NS;
    private long retryMaxNs = RETRY_MAX_DEFAULT_NS;
    private int newcomers = NEWCOMERS_DEFAULT;
    private int joinsPerHost = JOINS_PER_HOST_DEFAULT;
    private int joinsPerSecond = JOINS_PER_SECOND_DEFAULT;

    /** The defaults. */
    public HyParViewOptions() {
    }

    /**
     * Checks every range.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public HyParViewOptions conclude() {
        OptionChecks.checkRange(ACTIVE_VIEW_SIZE_PROPERTY, activeViewSize, 1, 64);
        OptionChecks.checkRange(PASSIVE_VIEW_SIZE_PROPERTY, passiveViewSize, 1, 1024);
        OptionChecks.checkRange(ACTIVE_RANDOM_WALK_LENGTH_PROPERTY, activeRandomWalkLength, 1, 32);
        OptionChecks.checkRange(
            PASSIVE_RANDOM_WALK_LENGTH_PROPERTY, passiveRandomWalkLength, 0, activeRandomWalkLength);
        OptionChecks.checkRange(SHUFFLE_ACTIVE_PROPERTY, shuffleActive, 0, 64);
        OptionChecks.checkRange(SHUFFLE_PASSIVE_PROPERTY, shufflePassive, 0, 64);
        OptionChecks.checkRange(LOST_VIEW_SIZE_PROPERTY, lostViewSize, 0, 1024);
        OptionChecks.checkTime(SHUFFLE_PERIOD_PROPERTY, shufflePeriodNs, MIN_TIME_NS, MAX_TIME_NS);
        OptionChecks.checkTime(REQUEST_TIMEOUT_PROPERTY, requestTimeoutNs, MIN_TIME_NS, MAX_TIME_NS);
        OptionChecks.checkTime(LINK_TIMEOUT_PROPERTY, linkTimeoutNs, MIN_TIME_NS, MAX_TIME_NS);
        OptionChecks.checkTime(RETRY_MIN_PROPERTY, retryMinNs, MIN_TIME_NS, MAX_TIME_NS);
        OptionChecks.checkTime(RETRY_MAX_PROPERTY, retryMaxNs, retryMinNs, MAX_TIME_NS);
        OptionChecks.checkRange(NEWCOMERS_PROPERTY, newcomers, 1, 64);
        OptionChecks.checkRange(JOINS_PER_HOST_PROPERTY, joinsPerHost, 1, MAX_JOINS);
        OptionChecks.checkRange(JOINS_PER_SECOND_PROPERTY, joinsPerSecond, 1, MAX_JOINS);
        return this;
    }

    /**
     * Most active neighbours: those with whom there are links. With 5 a cluster holds together when half of it fails
     * at once.
     *
     * @return neighbours.
     */
    public int activeViewSize() {
        return activeViewSize;
    }

    /**
     * Most active neighbours: those with whom there are links. With 5 a cluster holds together when half of it fails
     * at once. Default {@value #ACTIVE_VIEW_SIZE_DEFAULT}.
     *
     * @param count 1 to 64.
     * @return these options.
     */
    public HyParViewOptions activeViewSize(final int count) {
        this.activeViewSize = count;
        return this;
    }

    /**
     * Most nodes kept in the passive view, as a reserve for the active one.
     *
     * @return nodes.
     */
    public int passiveViewSize() {
        return passiveViewSize;
    }

    /**
     * Most nodes kept in the passive view, as a reserve for the active one. Default {@value
     * #PASSIVE_VIEW_SIZE_DEFAULT}.
     *
     * @param count 1 to 1024.
     * @return these options.
     */
    public HyParViewOptions passiveViewSize(final int count) {
        this.passiveViewSize = count;
        return this;
    }

    /**
     * Hops of the random walk by which a joining node finds neighbours (the paper's ARWL); also of a shuffle's.
     *
     * @return hops.
     */
    public int activeRandomWalkLength() {
        return activeRandomWalkLength;
    }

    /**
     * Hops of the random walk by which a joining node finds neighbours (the paper's ARWL); also of a shuffle's.
     * Default {@value #ACTIVE_RANDOM_WALK_LENGTH_DEFAULT}.
     *
     * @param hops 1 to 32.
     * @return these options.
     */
    public HyParViewOptions activeRandomWalkLength(final int hops) {
        this.activeRandomWalkLength = hops;
        return this;
    }

    /**
     * At how many remaining hops of that walk the joining node is taken into a passive view (the paper's PRWL);
     * below the active one.
     *
     * @return hops.
     */
    public int passiveRandomWalkLength() {
        return passiveRandomWalkLength;
    }

    /**
     * At how many remaining hops of that walk the joining node is taken into a passive view (the paper's PRWL);
     * below the active one. Default {@value #PASSIVE_RANDOM_WALK_LENGTH_DEFAULT}.
     *
     * @param hops 0 to the active one.
     * @return these options.
     */
    public HyParViewOptions passiveRandomWalkLength(final int hops) {
        this.passiveRandomWalkLength = hops;
        return this;
    }

    /**
     * Active neighbours told of in a shuffle (the paper's ka).
     *
     * @return nodes.
     */
    public int shuffleActive() {
        return shuffleActive;
    }

    /**
     * Active neighbours told of in a shuffle (the paper's ka). Default {@value #SHUFFLE_ACTIVE_DEFAULT}.
     *
     * @param count 0 to 64.
     * @return these options.
     */
    public HyParViewOptions shuffleActive(final int count) {
        this.shuffleActive = count;
        return this;
    }

    /**
     * Nodes of the passive view told of in a shuffle (the paper's kp).
     *
     * @return nodes.
     */
    public int shufflePassive() {
        return shufflePassive;
    }

    /**
     * Nodes of the passive view told of in a shuffle (the paper's kp). Default {@value #SHUFFLE_PASSIVE_DEFAULT}.
     *
     * @param count 0 to 64.
     * @return these options.
     */
    public HyParViewOptions shufflePassive(final int count) {
        this.shufflePassive = count;
        return this;
    }

    /**
     * Most nodes kept that were lost without a word, and are asked now and then whether they are back: by them the
     * halves of a cluster find each other after a partition.
     *
     * @return nodes.
     */
    public int lostViewSize() {
        return lostViewSize;
    }

    /**
     * Most nodes kept that were lost without a word, and are asked now and then whether they are back: by them the
     * halves of a cluster find each other after a partition. Default {@value #LOST_VIEW_SIZE_DEFAULT}.
     *
     * @param count 0 to 1024.
     * @return these options.
     */
    public HyParViewOptions lostViewSize(final int count) {
        this.lostViewSize = count;
        return this;
    }

    /**
     * How often views are shuffled, half of it more or less by chance.
     *
     * @return nanoseconds.
     */
    public long shufflePeriodNs() {
        return shufflePeriodNs;
    }

    /**
     * How often views are shuffled, half of it more or less by chance. Default 5 s.
     *
     * @param periodNs nanoseconds, 10 ms to 1 h.
     * @return these options.
     */
    public HyParViewOptions shufflePeriodNs(final long periodNs) {
        this.shufflePeriodNs = periodNs;
        return this;
    }

    /**
     * How long the answer to a join or a request is waited for.
     *
     * @return nanoseconds.
     */
    public long requestTimeoutNs() {
        return requestTimeoutNs;
    }

    /**
     * How long the answer to a join or a request is waited for. Default 1 s.
     *
     * @param timeoutNs nanoseconds, 10 ms to 1 h.
     * @return these options.
     */
    public HyParViewOptions requestTimeoutNs(final long timeoutNs) {
        this.requestTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * How long the link to a new neighbour has to come up.
     *
     * @return nanoseconds.
     */
    public long linkTimeoutNs() {
        return linkTimeoutNs;
    }

    /**
     * How long the link to a new neighbour has to come up. Default 2 s.
     *
     * @param timeoutNs nanoseconds, 10 ms to 1 h.
     * @return these options.
     */
    public HyParViewOptions linkTimeoutNs(final long timeoutNs) {
        this.linkTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * First pause after all who could be asked have been asked in vain; it doubles each time.
     *
     * @return nanoseconds.
     */
    public long retryMinNs() {
        return retryMinNs;
    }

    /**
     * First pause after all who could be asked have been asked in vain; it doubles each time. Default 200 ms.
     *
     * @param pauseNs nanoseconds, 10 ms to 1 h.
     * @return these options.
     */
    public HyParViewOptions retryMinNs(final long pauseNs) {
        this.retryMinNs = pauseNs;
        return this;
    }

    /**
     * Longest such pause; at least the first.
     *
     * @return nanoseconds.
     */
    public long retryMaxNs() {
        return retryMaxNs;
    }

    /**
     * Longest such pause; at least the first. Default 10 s.
     *
     * @param pauseNs nanoseconds, the first pause to 1 h.
     * @return these options.
     */
    public HyParViewOptions retryMaxNs(final long pauseNs) {
        this.retryMaxNs = pauseNs;
        return this;
    }

    /**
     * Most nodes beside the active view to which a link is being made, as they asked to be let in: one becomes a
     * neighbour when its link is up, and only then does another one go.
     *
     * @return nodes.
     */
    public int newcomers() {
        return newcomers;
    }

    /**
     * Most nodes beside the active view to which a link is being made, as they asked to be let in: one becomes a
     * neighbour when its link is up, and only then does another one go. Default {@value #NEWCOMERS_DEFAULT}.
     *
     * @param count 1 to 64.
     * @return these options.
     */
    public HyParViewOptions newcomers(final int count) {
        this.newcomers = count;
        return this;
    }

    /**
     * Most joins, and urgent requests, that are taken in a second from one host, as the nodes name it; as many at once.
     *
     * @return joins a second.
     */
    public int joinsPerHost() {
        return joinsPerHost;
    }

    /**
     * Most joins, and urgent requests, that are taken in a second from one host, as the nodes name it; as many at once.
     * Default {@value #JOINS_PER_HOST_DEFAULT}.
     *
     * @param joins 1 to 1,000,000.
     * @return these options.
     */
    public HyParViewOptions joinsPerHost(final int joins) {
        this.joinsPerHost = joins;
        return this;
    }

    /**
     * Most joins, and urgent requests, that are taken in a second from all hosts; as many at once.
     *
     * @return joins a second.
     */
    public int joinsPerSecond() {
        return joinsPerSecond;
    }

    /**
     * Most joins, and urgent requests, that are taken in a second from all hosts; as many at once. Default
     * {@value #JOINS_PER_SECOND_DEFAULT}.
     *
     * @param joins 1 to 1,000,000.
     * @return these options.
     */
    public HyParViewOptions joinsPerSecond(final int joins) {
        this.joinsPerSecond = joins;
        return this;
    }
}
