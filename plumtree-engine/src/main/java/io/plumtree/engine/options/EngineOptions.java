package io.plumtree.engine.options;

import io.plumtree.api.options.OptionChecks;
import io.plumtree.engine.counters.CountersLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.IdleStrategy;

/**
 * What runs the engine: its thread or the embedder's, how the thread idles, and for how long it goes on.
 *
 * <p>Set before the launch, not changed afterwards.
 */
public final class EngineOptions {
    /**
     * Property name of {@link #idleStrategySupplier(Supplier)}: {@code sleep} (the default: until a datagram, a
     * command or a timer is there), {@code backoff}, {@code yield}, {@code spin}, or how long to park each time, such
     * as {@code 1ms}: {@code 1us} to {@code 10ms}.
     */
    public static final String IDLE_STRATEGY_PROPERTY = "plumtree.idle.strategy";
    /**
     * Longest pause of the idle strategy {@code backoff}, and of {@code sleep} where it can't sleep. Longer ones ruin
     * latency (Aeron's own default is 1 ms).
     */
    public static final long IDLE_MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    /** Property name of {@link #slowHandlerThresholdNs(long)}, a duration. */
    public static final String SLOW_HANDLER_THRESHOLD_PROPERTY = "plumtree.handler.slow.threshold";
    /** Default of {@link #slowHandlerThresholdNs(long)}: 100 ms. */
    public static final long SLOW_HANDLER_THRESHOLD_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Property name of {@link #closeTimeoutNs(long)}, a duration. */
    public static final String CLOSE_TIMEOUT_PROPERTY = "plumtree.close.timeout";
    /** Default of {@link #closeTimeoutNs(long)}: 2 s. */
    public static final long CLOSE_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(2);
    /** Property name of {@link #countersDirectory(Path)}; {@code none} for no file. */
    public static final String COUNTERS_DIRECTORY_PROPERTY = "plumtree.counters.directory";

    private static final long MAX_TIME_NS = TimeUnit.MINUTES.toNanos(10);

    private Supplier<IdleStrategy> idleStrategySupplier = IdleStrategies::sleep;
    private Path countersDirectory = CountersLayout.defaultDirectory();
    private long slowHandlerThresholdNs = SLOW_HANDLER_THRESHOLD_DEFAULT_NS;
    private long closeTimeoutNs = CLOSE_TIMEOUT_DEFAULT_NS;
    private ThreadFactory threadFactory;
    private String threadName;
    private boolean useInvoker;

    /** The defaults. */
    public EngineOptions() {
    }

    /**
     * Checks every range and relation.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public EngineOptions conclude() {
        if (countersDirectory != null && Files.exists(countersDirectory) && !Files.isDirectory(countersDirectory)) {
            throw new IllegalArgumentException(COUNTERS_DIRECTORY_PROPERTY + " (" + countersDirectory +
                ") must be a directory, or one that can be made");
        }
        if (idleStrategySupplier == null) {
            throw new IllegalArgumentException("idleStrategySupplier must not be null");
        }
        OptionChecks.checkTime(SLOW_HANDLER_THRESHOLD_PROPERTY, slowHandlerThresholdNs, 0, MAX_TIME_NS);
        OptionChecks.checkTime(CLOSE_TIMEOUT_PROPERTY, closeTimeoutNs, 0, MAX_TIME_NS);
        return this;
    }

    /**
     * Sets how the engine's thread idles when there is nothing to do.
     *
     * @param supplier makes an idle strategy for one thread. Default: sleeps until a datagram, a command or a timer
     *                 is there; where the transport can't wait, or something waits for room, it backs off, to pauses of
     *                 {@link #IDLE_MAX_PARK_NS} at most. A strategy of one's own is called between duty cycles, and is
     *                 woken by nothing.
     * @return these options.
     */
    public EngineOptions idleStrategySupplier(final Supplier<IdleStrategy> supplier) {
        this.idleStrategySupplier = supplier;
        return this;
    }

    /**
     * What makes the idle strategy.
     *
     * @return the supplier.
     */
    public Supplier<IdleStrategy> idleStrategySupplier() {
        return idleStrategySupplier;
    }

    /**
     * Sets how the engine's thread idles, by the values of {@link #IDLE_STRATEGY_PROPERTY}.
     *
     * @param text one of them.
     * @return these options.
     * @throws IllegalArgumentException if it is none.
     */
    public EngineOptions idleStrategy(final String text) {
        return idleStrategySupplier(IdleStrategies.parse(text));
    }

    /**
     * Where the node makes the file that its counters are in, so that other processes of this user can read them; it
     * goes when the node closes. If it can't be made, that is counted and logged, and the node runs without. On a disk
     * the file can make the engine wait for the disk: choose memory.
     *
     * @param directory a directory, which is made if it is not there; null for none. The default is
     *                  {@link CountersLayout#defaultDirectory()}.
     * @return these options.
     */
    public EngineOptions countersDirectory(final Path directory) {
        this.countersDirectory = directory;
        return this;
    }

    /**
     * Where the node makes the file that its counters are in.
     *
     * @return the directory; null for none.
     */
    public Path countersDirectory() {
        return countersDirectory;
    }

    /**
     * How long a handler's callback may take. What takes longer is counted in {@code handler.NAME.slow} and logged as a
     * warning with the handler's name: at once in rare callbacks, from the second time on in those for each message.
     *
     * @param thresholdNs 0 (any time) to 10 minutes, in nanoseconds.
     * @return these options.
     */
    public EngineOptions slowHandlerThresholdNs(final long thresholdNs) {
        this.slowHandlerThresholdNs = thresholdNs;
        return this;
    }

    /**
     * How long a handler's callback may take.
     *
     * @return nanoseconds.
     */
    public long slowHandlerThresholdNs() {
        return slowHandlerThresholdNs;
    }

    /**
     * Sets how long {@code PlumtreeNode.close()} goes on pushing the broadcasts that were accepted before it.
     *
     * @param timeoutNs 0 to 10 minutes, in nanoseconds.
     * @return these options.
     */
    public EngineOptions closeTimeoutNs(final long timeoutNs) {
        this.closeTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * How long closing goes on pushing.
     *
     * @return nanoseconds.
     */
    public long closeTimeoutNs() {
        return closeTimeoutNs;
    }

    /**
     * Sets what makes the engine's thread.
     *
     * @param factory makes a thread; null (the default) for a daemon thread.
     * @return these options.
     */
    public EngineOptions threadFactory(final ThreadFactory factory) {
        this.threadFactory = factory;
        return this;
    }

    /**
     * What makes the engine's thread.
     *
     * @return the factory; null for the default.
     */
    public ThreadFactory threadFactory() {
        return threadFactory;
    }

    /**
     * Sets the name of the engine's thread. Not used with {@link #threadFactory(ThreadFactory)}.
     *
     * @param nameOfThread the name; null (the default) for {@code plumtree-} and the node's name.
     * @return these options.
     */
    public EngineOptions threadName(final String nameOfThread) {
        this.threadName = nameOfThread;
        return this;
    }

    /**
     * The name of the engine's thread.
     *
     * @return the name; null for the default.
     */
    public String threadName() {
        return threadName;
    }

    /**
     * Sets whether the embedder drives the engine, by {@code PlumtreeNode.invoker()}, from one thread of its own.
     *
     * @param isInvoked true for that; false (the default) for a thread of the engine's own.
     * @return these options.
     */
    public EngineOptions useInvoker(final boolean isInvoked) {
        this.useInvoker = isInvoked;
        return this;
    }

    /**
     * Whether the embedder drives the engine.
     *
     * @return true if so.
     */
    public boolean useInvoker() {
        return useInvoker;
    }
}
