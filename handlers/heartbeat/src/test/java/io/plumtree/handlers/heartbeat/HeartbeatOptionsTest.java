package io.plumtree.handlers.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.PlumtreeException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatOptionsTest {
    private static HeartbeatOptions read(final String... options) {
        return HeartbeatOptions.read(new Fixture(options).node.context());
    }

    @Test
    void shouldHaveTheDocumentedDefaults() {
        assertEquals(
            new HeartbeatOptions(false, TimeUnit.SECONDS.toNanos(10), 1024, 16, TimeUnit.SECONDS.toNanos(60)), read());
    }

    @Test
    void shouldReadEveryOption() {
        assertEquals(
            new HeartbeatOptions(true, 500_000_000, 10, 11, 700_000_000),
            read("enabled", "true", "interval", "500ms", "nodes", "10", "intervals", "11", "quiet", "700ms"));
    }

    @Test
    void shouldWaitSixIntervalsUntilANodeIsQuiet() {
        assertEquals(TimeUnit.SECONDS.toNanos(12), read("interval", "2s").quietNs());
        assertEquals(TimeUnit.DAYS.toNanos(6), read("interval", "86400s").quietNs());
    }

    @ParameterizedTest
    @CsvSource({
        "enabled, yes, true or false",
        "enabled, '', true or false",
        "interval, 9ms, a duration from 10ms to 86400s",
        "interval, 86401s, a duration from 10ms to 86400s",
        "interval, soon, a duration from 10ms to 86400s",
        "quiet, 9ms, a duration from 10ms to 518400s",
        "quiet, 518401s, a duration from 10ms to 518400s",
        "nodes, 0, a number from 1 to 65536",
        "nodes, 65537, a number from 1 to 65536",
        "nodes, many, a number from 1 to 65536",
        "intervals, 0, a number from 1 to 1024",
        "intervals, 1025, a number from 1 to 1024",
    })
    void shouldRefuse(final String key, final String value, final String allowed) {
        final PlumtreeException e = assertThrows(PlumtreeException.class, () -> new Fixture(key, value));
        assertEquals(PlumtreeException.Category.CONFIGURATION, e.category());
        assertTrue(e.getMessage().startsWith("handler.heartbeat." + key + " must be " + allowed), e.getMessage());
        assertTrue(e.getMessage().endsWith(": '" + value + "'"), e.getMessage());
    }

    @Test
    void shouldRefuseToForgetNodesBetweenTwoHeartbeats() {
        assertEquals(
            "handler.heartbeat.quiet=1s must not be below handler.heartbeat.interval=2s",
            assertThrows(PlumtreeException.class, () -> read("interval", "2s", "quiet", "1s")).getMessage());
    }
}
