package io.plumtree.engine.options;

import io.plumtree.api.Durations;
import io.plumtree.engine.ring.SleepUntilWork;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** The idle strategies that have a text. */
final class IdleStrategies {
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    /** Longer than that, and links would be looked at too seldom. */
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MAX_SPINS = 10;
    private static final int MAX_YIELDS = 20;
    private static final int MIN_BACKOFF_NS = 1_000;

    private IdleStrategies() {
    }

    /** The strategy that a text stands for. */
    static Supplier<IdleStrategy> parse(final String text) {
        return switch (text) {
            case "sleep" -> IdleStrategies::sleep;
            case "backoff" -> IdleStrategies::backoff;
            case "yield" -> YieldingIdleStrategy::new;
            case "spin" -> BusySpinIdleStrategy::new;
            default -> {
                final long parkNs = parkNs(text);
                yield () -> new SleepingIdleStrategy(parkNs);
            }
        };
    }

    static IdleStrategy sleep() {
        return new SleepUntilWork(EngineOptions.IDLE_MAX_PARK_NS);
    }

    private static IdleStrategy backoff() {
        return new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_BACKOFF_NS, EngineOptions.IDLE_MAX_PARK_NS);
    }

    private static long parkNs(final String text) {
        long parkNs;
        try {
            parkNs = Durations.parse(EngineOptions.IDLE_STRATEGY_PROPERTY, text);
        } catch (final NumberFormatException ex) {
            parkNs = 0;
        }
        if (parkNs < MIN_PARK_NS || parkNs > MAX_PARK_NS) {
            throw new IllegalArgumentException("must be sleep, backoff, yield, spin, or a time from 1us to 10ms");
        }
        return parkNs;
    }
}
