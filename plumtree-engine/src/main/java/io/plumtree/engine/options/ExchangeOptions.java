package io.plumtree.engine.options;

import io.plumtree.api.Durations;
import io.plumtree.api.options.OptionChecks;
import java.util.concurrent.TimeUnit;

/**
 * The options of exchanges. Set before the node is launched; {@link #conclude()} checks ranges. The period can be
 * changed on a running node.
 */
public final class ExchangeOptions {
    /** Property of {@link #tickPeriodNs()}. */
    public static final String TICK_PERIOD_PROPERTY = "plumtree.exchange.tick.period";
    /** Property of {@link #limit()}. */
    public static final String LIMIT_PROPERTY = "plumtree.exchange.limit";
    /** Property of {@link #inboundLimit()}. */
    public static final String INBOUND_LIMIT_PROPERTY = "plumtree.exchange.inbound.limit";
    /** Property of {@link #timeoutNs()}. */
    public static final String TIMEOUT_PROPERTY = "plumtree.exchange.timeout";
    /** Property of {@link #windowLength()}. */
    public static final String WINDOW_LENGTH_PROPERTY = "plumtree.exchange.window.length";
    /** Property of {@link #selection()}: {@code optimized} or {@code normal}. */
    public static final String SELECTION_PROPERTY = "plumtree.exchange.selection";
    /** Default of {@link #tickPeriodNs()}: 10 s. */
    public static final long TICK_PERIOD_DEFAULT_NS = TimeUnit.SECONDS.toNanos(10);
    /** Default of {@link #limit()}. */
    public static final int LIMIT_DEFAULT = 8;
    /** Default of {@link #inboundLimit()}. */
    public static final int INBOUND_LIMIT_DEFAULT = 4;
    /** Default of {@link #timeoutNs()}: 60 s. */
    public static final long TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(60);
    /** Default of {@link #windowLength()}: 256 KiB. */
    public static final int WINDOW_LENGTH_DEFAULT = 256 * 1024;

    private static final long MIN_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_PERIOD_NS = TimeUnit.DAYS.toNanos(1);
    private static final long MAX_TIMEOUT_NS = TimeUnit.HOURS.toNanos(1);

    private long tickPeriodNs = TICK_PERIOD_DEFAULT_NS;
    private int limit = LIMIT_DEFAULT;
    private int inboundLimit = INBOUND_LIMIT_DEFAULT;
    private long timeoutNs = TIMEOUT_DEFAULT_NS;
    private int windowLength = WINDOW_LENGTH_DEFAULT;
    private ExchangeSelection selection = ExchangeSelection.OPTIMIZED;

    /** The defaults. */
    public ExchangeOptions() {
    }

    /**
     * Checks every range.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public ExchangeOptions conclude() {
        checkTickPeriodNs(tickPeriodNs);
        OptionChecks.checkRange(LIMIT_PROPERTY, limit, 0, 256);
        OptionChecks.checkRange(INBOUND_LIMIT_PROPERTY, inboundLimit, 0, 256);
        OptionChecks.checkTime(TIMEOUT_PROPERTY, timeoutNs, MIN_PERIOD_NS, MAX_TIMEOUT_NS);
        OptionChecks.checkRange(WINDOW_LENGTH_PROPERTY, windowLength, 1024, 1 << 28);
        if (selection == null) {
            throw new IllegalArgumentException(SELECTION_PROPERTY + " must be given");
        }
        return this;
    }

    /**
     * Checks a period, as {@link #conclude()} does.
     *
     * @param periodNs nanoseconds.
     * @return the period.
     * @throws IllegalArgumentException naming the value and what is allowed.
     */
    public static long checkTickPeriodNs(final long periodNs) {
        if (periodNs != 0) {
            OptionChecks.checkTime(
                TICK_PERIOD_PROPERTY, periodNs, MIN_PERIOD_NS, MAX_PERIOD_NS,
                "0, or " + Durations.exact(MIN_PERIOD_NS));
        }
        return periodNs;
    }


    /**
     * How often exchanges with a random peer are started.
     *
     * @return nanoseconds; 0 for never.
     */
    public long tickPeriodNs() {
        return tickPeriodNs;
    }

    /**
     * How often exchanges with a random peer are started. Default 10 s; range 1 ms to 1 day, or 0 for never: then
     * exchanges are started with those peers alone that are known to lack messages which nothing else will bring.
     *
     * @param periodNs nanoseconds.
     * @return these options.
     */
    public ExchangeOptions tickPeriodNs(final long periodNs) {
        this.tickPeriodNs = periodNs;
        return this;
    }

    /**
     * How many exchanges that this node has initiated may run at a time.
     *
     * @return the number.
     */
    public int limit() {
        return limit;
    }

    /**
     * How many exchanges that this node has initiated may run at a time. Default 8, range 0 (it starts none) to 256.
     * One whose thread does not end is among them until it does.
     *
     * @param exchanges the number.
     * @return these options.
     */
    public ExchangeOptions limit(final int exchanges) {
        this.limit = exchanges;
        return this;
    }

    /**
     * How many exchanges that peers have initiated may run at a time.
     *
     * @return the number.
     */
    public int inboundLimit() {
        return inboundLimit;
    }

    /**
     * How many exchanges that peers have initiated may run at a time; who asks for one more is told to try later.
     * Default 4, range 0 (it takes none on) to 256. One whose thread does not end is among them until it does.
     *
     * @param exchanges the number.
     * @return these options.
     */
    public ExchangeOptions inboundLimit(final int exchanges) {
        this.inboundLimit = exchanges;
        return this;
    }

    /**
     * How long an exchange may take.
     *
     * @return nanoseconds.
     */
    public long timeoutNs() {
        return timeoutNs;
    }

    /**
     * How long an exchange may take, in all. Default 60 s, range 1 ms to 1 h. What the handler has done until then
     * stays done.
     *
     * @param exchangeTimeoutNs nanoseconds.
     * @return these options.
     */
    public ExchangeOptions timeoutNs(final long exchangeTimeoutNs) {
        this.timeoutNs = exchangeTimeoutNs;
        return this;
    }

    /**
     * How much a peer may send on an exchange before it is taken in here.
     *
     * @return bytes.
     */
    public int windowLength() {
        return windowLength;
    }

    /**
     * How much a peer may send on an exchange before it is taken in here, and how much may wait here to be sent on one
     * that has a thread of its own. Default 256 KiB, range 1 KiB to 256 MiB; where the longest message needs more, that
     * is taken instead.
     *
     * @param length bytes.
     * @return these options.
     */
    public ExchangeOptions windowLength(final int length) {
        this.windowLength = length;
        return this;
    }

    /**
     * How the peer is chosen.
     *
     * @return the way.
     */
    public ExchangeSelection selection() {
        return selection;
    }

    /**
     * How the peer is chosen. Default {@link ExchangeSelection#OPTIMIZED}.
     *
     * @param exchangeSelection the way.
     * @return these options.
     */
    public ExchangeOptions selection(final ExchangeSelection exchangeSelection) {
        this.selection = exchangeSelection;
        return this;
    }
}
