package io.plumtree.engine.options;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FullViewOptionsTest {
    private static void refuses(final String message, final UnaryOperator<FullViewOptions> change) {
        final FullViewOptions options = change.apply(new FullViewOptions());
        assertEquals(message, assertThrows(IllegalArgumentException.class, options::conclude).getMessage());
    }

    @Test
    void shouldAcceptTheDefaults() {
        assertDoesNotThrow(() -> new FullViewOptions().conclude());
    }

    @Test
    void shouldNameOptionValueAndRange() {
        refuses("refreshPeriodNs must be between 100000000 and 600000000000: 99999999",
            o -> o.refreshPeriodNs(99_999_999));
        refuses("expiryNs must be between 20000000000 and 3600000000000: 19999999999",
            o -> o.expiryNs(19_999_999_999L));
        refuses("tombstoneTimeNs must be between 35000000000 and 86400000000000: 1", o -> o.tombstoneTimeNs(1));
        refuses("maxMembers must be between 1 and 262144: 0", o -> o.maxMembers(0));
        refuses("maxMembers must be between 1 and 262144: 262145", o -> o.maxMembers(262_145));
    }
}
