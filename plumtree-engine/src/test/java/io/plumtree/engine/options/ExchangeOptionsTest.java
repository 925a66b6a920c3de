package io.plumtree.engine.options;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ExchangeOptionsTest {
    private static void refuses(final String message, final UnaryOperator<ExchangeOptions> change) {
        final ExchangeOptions options = change.apply(new ExchangeOptions());
        assertEquals(message, assertThrows(IllegalArgumentException.class, options::conclude).getMessage());
    }

    @Test
    void shouldAcceptTheDefaultsAndTheBounds() {
        assertDoesNotThrow(() -> new ExchangeOptions().conclude());
        assertDoesNotThrow(() -> new ExchangeOptions().tickPeriodNs(0).limit(0).inboundLimit(0).conclude());
        assertDoesNotThrow(() -> new ExchangeOptions().tickPeriodNs(1_000_000).limit(256).conclude());
    }

    @Test
    void shouldNameOptionValueAndRange() {
        refuses("plumtree.exchange.tick.period (999.999us) must be 0, or 1ms to 86400s",
            o -> o.tickPeriodNs(999_999));
        refuses("plumtree.exchange.tick.period (-1ns) must be 0, or 1ms to 86400s", o -> o.tickPeriodNs(-1));
        refuses("plumtree.exchange.limit (257) must be 0 to 256", o -> o.limit(257));
        refuses("plumtree.exchange.inbound.limit (-1) must be 0 to 256", o -> o.inboundLimit(-1));
        refuses("plumtree.exchange.timeout (0ns) must be 1ms to 3600s", o -> o.timeoutNs(0));
        refuses("plumtree.exchange.window.length (1023) must be 1024 to 268435456", o -> o.windowLength(1023));
        refuses("plumtree.exchange.selection must be given", o -> o.selection(null));
    }
}
