package io.plumtree.benchmarks.rig;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.SystemUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What a thread does when it has nothing to do, by name. */
final class Idle {
    private static final long BACKOFF_SPINS = 100;
    private static final long BACKOFF_YIELDS = 50;
    private static final long BACKOFF_MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long BACKOFF_MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long MAX_PARK_NS = TimeUnit.SECONDS.toNanos(1);

    private Idle() {
    }

    /**
     * Finds it.
     *
     * @param name {@code spin}, {@code yield}, {@code backoff} or a time to park for.
     * @return makes one for each thread.
     * @throws IllegalArgumentException if there is none of that name; the message says what there is.
     */
    static Supplier<IdleStrategy> of(final String name) {
        return switch (name) {
            case "spin" -> () -> BusySpinIdleStrategy.INSTANCE;
            case "yield" -> () -> YieldingIdleStrategy.INSTANCE;
            case "backoff" -> () -> new BackoffIdleStrategy(
                BACKOFF_SPINS, BACKOFF_YIELDS, BACKOFF_MIN_PARK_NS, BACKOFF_MAX_PARK_NS);
            default -> parking(name);
        };
    }

    private static Supplier<IdleStrategy> parking(final String name) {
        long parkNs;
        try {
            parkNs = SystemUtil.parseDuration("idle", name);
        } catch (final NumberFormatException ex) {
            parkNs = 0;
        }
        if (parkNs < 1 || parkNs > MAX_PARK_NS) {
            throw new IllegalArgumentException(
                "must be spin, yield, backoff or a time such as 100us, at most 1s: '" + name + "'");
        }
        final long ns = parkNs;
        return () -> new SleepingIdleStrategy(ns);
    }
}
