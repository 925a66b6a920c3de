package io.plumtree.handlers.heartbeat;

import static io.plumtree.api.PlumtreeException.Category.CONFIGURATION;

import io.plumtree.api.Durations;
import io.plumtree.api.PlumtreeException;
import io.plumtree.handlers.spi.HandlerContext;
import java.util.concurrent.TimeUnit;

/**
 * The options, checked; {@link Heartbeats} documents them.
 *
 * @param isEnabled  whether this node broadcasts heartbeats.
 * @param intervalNs between two heartbeats.
 * @param nodes      nodes remembered.
 * @param intervals  runs of sequences remembered for a node.
 * @param quietNs    after which a node may be forgotten for another.
 */
record HeartbeatOptions(boolean isEnabled, long intervalNs, int nodes, int intervals, long quietNs) {
    private static final String PREFIX = "handler." + Heartbeats.NAME + ".";
    private static final long MIN_DURATION_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long MAX_INTERVAL_NS = TimeUnit.DAYS.toNanos(1);
    private static final int INTERVALS_UNTIL_QUIET = 6;

    static HeartbeatOptions read(final HandlerContext context) {
        final boolean isEnabled = flag(context, "enabled", "false");
        final long intervalNs = duration(context, "interval", "10s", MAX_INTERVAL_NS);
        final long quietNs = duration(
            context,
            "quiet",
            String.valueOf(INTERVALS_UNTIL_QUIET * intervalNs),
            INTERVALS_UNTIL_QUIET * MAX_INTERVAL_NS);
        if (quietNs < intervalNs) {
            throw new PlumtreeException(CONFIGURATION, PREFIX + "quiet=" + Durations.exact(quietNs)
                + " must not be below " + PREFIX + "interval=" + Durations.exact(intervalNs));
        }
        return new HeartbeatOptions(
            isEnabled, intervalNs, number(context, "nodes", 1024, 1 << 16), number(context, "intervals", 16, 1 << 10),
            quietNs);
    }

    private static boolean flag(final HandlerContext context, final String key, final String defaultValue) {
        final String text = context.option(key, defaultValue).trim();
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw notAllowed(key, "true or false", text);
        };
    }

    private static int number(
        final HandlerContext context, final String key, final int defaultValue, final int max) {
        final String text = context.option(key, String.valueOf(defaultValue)).trim();
        try {
            final int value = Integer.parseInt(text);
            if (value >= 1 && value <= max) {
                return value;
            }
        } catch (final NumberFormatException ignore) {
            // The message below says what is allowed.
        }
        throw notAllowed(key, "a number from 1 to " + max, text);
    }

    private static long duration(
        final HandlerContext context, final String key, final String defaultValue, final long maxNs) {
        final String text = context.option(key, defaultValue).trim();
        try {
            final long valueNs = Durations.parse(key, text);
            if (valueNs >= MIN_DURATION_NS && valueNs <= maxNs) {
                return valueNs;
            }
        } catch (final NumberFormatException ignore) {
            // The message below says what is allowed.
        }
        throw notAllowed(
            key, "a duration from 10ms to " + TimeUnit.NANOSECONDS.toSeconds(maxNs) + "s, such as 500ms or 10s", text);
    }

    private static PlumtreeException notAllowed(final String key, final String allowed, final String text) {
        return new PlumtreeException(CONFIGURATION, PREFIX + key + " must be " + allowed + ": '" + text + "'");
    }
}
