package io.plumtree.handlers.pubsub;

import static io.plumtree.api.PlumtreeException.Category.CONFIGURATION;

import io.plumtree.api.Durations;
import io.plumtree.api.PlumtreeException;
import io.plumtree.handlers.spi.HandlerContext;
import java.util.concurrent.TimeUnit;
import org.agrona.SystemUtil;

/**
 * The options, checked; {@link PubSub} documents them.
 *
 * @param retainedMessages  messages kept.
 * @param retainedBytes     bytes of payloads kept.
 * @param retainedAgeNs     how long they are kept.
 * @param origins           origins remembered.
 * @param intervals         runs of sequences remembered for an incarnation.
 * @param order             of subscriptions that don't choose.
 * @param holdbackMessages  messages of one incarnation held back.
 * @param holdbackTimeoutNs how long a gap is waited for.
 * @param holdbackExchangeNs how long a gap is waited for that an exchange may fill.
 * @param topicLength       bytes of a topic.
 * @param publishers        publishers kept for calls by topic.
 * @param exchange          whether and how this handler takes part in exchanges.
 */
record PubSubOptions(
    int retainedMessages,
    int retainedBytes,
    long retainedAgeNs,
    int origins,
    int intervals,
    DeliveryOrder order,
    int holdbackMessages,
    long holdbackTimeoutNs,
    long holdbackExchangeNs,
    int topicLength,
    int publishers,
    PubSubExchangeOptions exchange) {

    private static final String PREFIX = "handler." + PubSub.NAME + ".";
    private static final int DEFAULT_HOLDBACK_MESSAGES = 4096;
    private static final long DEFAULT_HOLDBACK_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long DEFAULT_HOLDBACK_EXCHANGE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long DEFAULT_SETTLE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long MIN_DURATION_NS = TimeUnit.MILLISECONDS.toNanos(1);

    static PubSubOptions read(final HandlerContext context) {
        final int retainedMessages = number(context, "retained.messages", "65536", 1, 1 << 22);
        final long retainedAgeNs = duration(context, "retained.age", "60s");
        final int holdbackMessages = number(
            context,
            "holdback.messages",
            String.valueOf(Math.min(DEFAULT_HOLDBACK_MESSAGES, retainedMessages)),
            1,
            1 << 20);
        final long holdbackTimeoutNs = duration(
            context, "holdback.timeout", String.valueOf(Math.min(DEFAULT_HOLDBACK_TIMEOUT_NS, retainedAgeNs)));
        checkRelation("holdback.messages", holdbackMessages, "retained.messages", retainedMessages);
        checkTimes("holdback.timeout", holdbackTimeoutNs, "retained.age", retainedAgeNs);
        final long holdbackExchangeNs = duration(
            context,
            "holdback.exchange",
            String.valueOf(Math.max(holdbackTimeoutNs, Math.min(DEFAULT_HOLDBACK_EXCHANGE_NS, retainedAgeNs))));
        checkTimes("holdback.timeout", holdbackTimeoutNs, "holdback.exchange", holdbackExchangeNs);
        checkTimes("holdback.exchange", holdbackExchangeNs, "retained.age", retainedAgeNs);

        return new PubSubOptions(
            retainedMessages,
            size(context, "retained.bytes", "16m"),
            retainedAgeNs,
            number(context, "origins", "1024", 1, 1 << 16),
            number(context, "intervals", "256", 1, 1 << 16),
            order(context),
            holdbackMessages,
            holdbackTimeoutNs,
            holdbackExchangeNs,
            number(context, "topic.length", "1024", 1, MessageLayout.MAX_TOPIC_LENGTH),
            number(context, "publishers", "1024", 1, 1 << 16),
            exchange(context, retainedAgeNs));
    }

    private static PubSubExchangeOptions exchange(final HandlerContext context, final long retainedAgeNs) {
        final long settleNs = duration(
            context, "exchange.settle", String.valueOf(Math.min(DEFAULT_SETTLE_NS, retainedAgeNs / 2)), 0, "0ms");
        checkTimes("exchange.settle", settleNs, "retained.age", retainedAgeNs);
        return new PubSubExchangeOptions(
            flag(context, "exchange", "true"),
            number(context, "exchange.messages", "8192", 1, 1 << 16),
            size(context, "exchange.bytes", "8m"),
            settleNs);
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
        final HandlerContext context, final String key, final String defaultValue, final int min, final int max) {
        final String text = context.option(key, defaultValue).trim();
        try {
            final long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return (int) value;
            }
        } catch (final NumberFormatException ignore) {
            // The message below says what is allowed.
        }
        throw notAllowed(key, "a number from " + min + " to " + max, text);
    }

    private static int size(final HandlerContext context, final String key, final String defaultValue) {
        final String text = context.option(key, defaultValue).trim();
        try {
            final long value = SystemUtil.parseSize(key, text);
            if (value >= 1 << 10 && value <= 1 << 30) {
                return (int) value;
            }
        } catch (final NumberFormatException ignore) {
            // The message below says what is allowed.
        }
        throw notAllowed(key, "a size from 1k to 1g, such as 64k or 16m", text);
    }

    private static long duration(final HandlerContext context, final String key, final String defaultValue) {
        return duration(context, key, defaultValue, MIN_DURATION_NS, "1ms");
    }

    private static long duration(
        final HandlerContext context,
        final String key,
        final String defaultValue,
        final long minNs,
        final String min) {
        final String text = context.option(key, defaultValue).trim();
        try {
            final long valueNs = Durations.parse(key, text);
            if (valueNs >= minNs && valueNs <= TimeUnit.DAYS.toNanos(1)) {
                return valueNs;
            }
        } catch (final NumberFormatException ignore) {
            // The message below says what is allowed.
        }
        throw notAllowed(key, "a duration from " + min + " to 86400s, such as 500ms or 60s", text);
    }

    private static DeliveryOrder order(final HandlerContext context) {
        final String text = context.option("order", "none").trim();
        return switch (text) {
            case "none" -> DeliveryOrder.NONE;
            case "origin" -> DeliveryOrder.ORIGIN;
            default -> throw notAllowed("order", "none or origin", text);
        };
    }

    private static void checkTimes(
        final String key, final long valueNs, final String otherKey, final long otherNs) {
        if (valueNs > otherNs) {
            throw new PlumtreeException(CONFIGURATION, PREFIX + key + "=" + Durations.exact(valueNs) +
                " must not be above " + PREFIX + otherKey + "=" + Durations.exact(otherNs));
        }
    }

    private static void checkRelation(
        final String key, final long value, final String limitKey, final long limit) {
        if (value > limit) {
            throw new PlumtreeException(
                CONFIGURATION, PREFIX + key + "=" + value + " must not be above " + PREFIX + limitKey + "=" + limit);
        }
    }

    private static PlumtreeException notAllowed(final String key, final String allowed, final String text) {
        return new PlumtreeException(CONFIGURATION, PREFIX + key + " must be " + allowed + ": '" + text + "'");
    }
}
