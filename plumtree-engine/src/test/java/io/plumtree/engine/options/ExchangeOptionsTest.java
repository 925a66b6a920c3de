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
        refuses("tickPeriodNs, unless 0, must be between 1000000 and 86400000000000: 999999",
            o -> o.tickPeriodNs(999_999));
        refuses("tickPeriodNs, unless 0, must be between 1000000 and 86400000000000: -1", o -> o.tickPeriodNs(-1));
        refuses("limit must be between 0 and 256: 257", o -> o.limit(257));
        refuses("inboundLimit must be between 0 and 256: -1", o -> o.inboundLimit(-1));
        refuses("timeoutNs must be between 1000000 and 3600000000000: 0", o -> o.timeoutNs(0));
        refuses("windowLength must be between 1024 and 268435456: 1023", o -> o.windowLength(1023));
        refuses("selection must not be null", o -> o.selection(null));
    }
}
