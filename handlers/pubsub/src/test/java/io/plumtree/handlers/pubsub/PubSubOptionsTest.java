package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.PlumtreeException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PubSubOptionsTest {
    private final FakeContext context = new FakeContext();

    @Test
    void shouldHaveTheDocumentedDefaults() {
        assertEquals(
            new PubSubOptions(
                65_536,
                16 * 1024 * 1024,
                TimeUnit.SECONDS.toNanos(60),
                1_024,
                256,
                DeliveryOrder.NONE,
                4_096,
                TimeUnit.SECONDS.toNanos(1),
                TimeUnit.SECONDS.toNanos(30),
                1_024,
                1_024,
                new PubSubExchangeOptions(true, 8_192, 8 * 1024 * 1024, TimeUnit.SECONDS.toNanos(2))),
            PubSubOptions.read(context));
    }

    @Test
    void shouldReadEveryOption() {
        context.options.put("retained.messages", "100");
        context.options.put("retained.bytes", "64k");
        context.options.put("retained.age", "500ms");
        context.options.put("origins", "10");
        context.options.put("intervals", "11");
        context.options.put("order", "origin");
        context.options.put("holdback.messages", "12");
        context.options.put("holdback.timeout", "20ms");
        context.options.put("holdback.exchange", "30ms");
        context.options.put("topic.length", "13");
        context.options.put("publishers", "15");
        context.options.put("exchange", "false");
        context.options.put("exchange.messages", "14");
        context.options.put("exchange.bytes", "2k");
        context.options.put("exchange.settle", "0");
        assertEquals(
            new PubSubOptions(
                100,
                65_536,
                500_000_000,
                10,
                11,
                DeliveryOrder.ORIGIN,
                12,
                20_000_000,
                30_000_000,
                13,
                15,
                new PubSubExchangeOptions(false, 14, 2_048, 0)),
            PubSubOptions.read(context));
    }

    @Test
    void shouldShrinkTheDefaultHoldbackWithRetention() {
        context.options.put("retained.messages", "100");
        context.options.put("retained.age", "200ms");
        final PubSubOptions options = PubSubOptions.read(context);
        assertEquals(100, options.holdbackMessages());
        assertEquals(200_000_000, options.holdbackTimeoutNs());
        assertEquals(200_000_000, options.holdbackExchangeNs());
        assertEquals(100_000_000, options.exchange().settleNs());
    }

    @ParameterizedTest
    @CsvSource({
        "retained.messages, 0, a number from 1 to 4194304",
        "retained.messages, 4194305, a number from 1 to 4194304",
        "retained.messages, many, a number from 1 to 4194304",
        "retained.bytes, 1023, a size from 1k to 1g",
        "retained.bytes, 2g, a size from 1k to 1g",
        "retained.bytes, 16x, a size from 1k to 1g",
        "retained.bytes, '', a size from 1k to 1g",
        "retained.age, 0ms, a duration from 1ms to 86400s",
        "retained.age, 86401s, a duration from 1ms to 86400s",
        "retained.age, 1 hour, a duration from 1ms to 86400s",
        "retained.age, '', a duration from 1ms to 86400s",
        "origins, 0, a number from 1 to 65536",
        "origins, 65537, a number from 1 to 65536",
        "intervals, 0, a number from 1 to 65536",
        "intervals, 65537, a number from 1 to 65536",
        "order, total, none or origin",
        "holdback.messages, 0, a number from 1 to 1048576",
        "holdback.messages, 1048577, a number from 1 to 1048576",
        "holdback.timeout, 999999ns, a duration from 1ms to 86400s",
        "holdback.timeout, soon, a duration from 1ms to 86400s",
        "holdback.exchange, 0, a duration from 1ms to 86400s",
        "holdback.exchange, 86401s, a duration from 1ms to 86400s",
        "exchange, yes, true or false",
        "exchange, '', true or false",
        "exchange.messages, 0, a number from 1 to 65536",
        "exchange.messages, 65537, a number from 1 to 65536",
        "exchange.bytes, 1023, a size from 1k to 1g",
        "exchange.bytes, 2g, a size from 1k to 1g",
        "exchange.settle, -1, a duration from 0ms to 86400s",
        "exchange.settle, 86401s, a duration from 0ms to 86400s",
        "exchange.settle, later, a duration from 0ms to 86400s",
        "topic.length, 0, a number from 1 to 65535",
        "topic.length, 65536, a number from 1 to 65535",
        "publishers, 0, a number from 1 to 65536",
        "publishers, 65537, a number from 1 to 65536",
    })
    void shouldRefuse(final String key, final String value, final String allowed) {
        context.options.put(key, value);
        final PlumtreeException e = assertThrows(PlumtreeException.class, () -> new PubSub().onStart(context));
        assertEquals(PlumtreeException.Category.CONFIGURATION, e.category());
        assertTrue(e.getMessage().startsWith("handler.pubsub." + key + " must be " + allowed), e.getMessage());
        assertTrue(e.getMessage().endsWith(": '" + value + "'"), e.getMessage());
    }

    @Test
    void shouldRefuseToHoldBackMoreThanIsRetained() {
        context.options.put("retained.messages", "100");
        context.options.put("holdback.messages", "101");
        assertEquals(
            "handler.pubsub.holdback.messages=101 must not be above handler.pubsub.retained.messages=100",
            assertThrows(PlumtreeException.class, () -> PubSubOptions.read(context)).getMessage());
    }

    @Test
    void shouldRefuseToHoldBackLongerThanIsRetained() {
        context.options.put("retained.age", "1s");
        context.options.put("holdback.timeout", "2s");
        assertEquals(
            "handler.pubsub.holdback.timeout=2s must not be above handler.pubsub.retained.age=1s",
            assertThrows(PlumtreeException.class, () -> PubSubOptions.read(context)).getMessage());
    }

    @Test
    void shouldRefuseToHoldBackForAnExchangeShorterThanOtherwise() {
        context.options.put("holdback.timeout", "2s");
        context.options.put("holdback.exchange", "1s");
        assertEquals(
            "handler.pubsub.holdback.timeout=2s must not be above "
                + "handler.pubsub.holdback.exchange=1s",
            assertThrows(PlumtreeException.class, () -> PubSubOptions.read(context)).getMessage());
    }

    @Test
    void shouldRefuseToHoldBackForAnExchangeLongerThanIsRetained() {
        context.options.put("holdback.exchange", "61s");
        assertEquals(
            "handler.pubsub.holdback.exchange=61s must not be above "
                + "handler.pubsub.retained.age=60s",
            assertThrows(PlumtreeException.class, () -> PubSubOptions.read(context)).getMessage());
    }

    @Test
    void shouldRefuseToLeaveToTheTreesWhatIsRetainedNoLonger() {
        context.options.put("exchange.settle", "61s");
        assertEquals(
            "handler.pubsub.exchange.settle=61s must not be above "
                + "handler.pubsub.retained.age=60s",
            assertThrows(PlumtreeException.class, () -> PubSubOptions.read(context)).getMessage());
    }
}
