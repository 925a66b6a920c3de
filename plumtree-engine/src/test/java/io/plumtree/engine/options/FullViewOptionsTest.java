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
        refuses("plumtree.full.view.refresh.period (99.999999ms) must be 100ms to 600s",
            o -> o.refreshPeriodNs(99_999_999));
        refuses("plumtree.full.view.expiry (19.999999999s) must be 20s to 3600s",
            o -> o.expiryNs(19_999_999_999L));
        refuses("plumtree.full.view.tombstone.time (1ns) must be 35s to 86400s", o -> o.tombstoneTimeNs(1));
        refuses("plumtree.full.view.max.members (0) must be 1 to 262144", o -> o.maxMembers(0));
        refuses("plumtree.full.view.max.members (262145) must be 1 to 262144", o -> o.maxMembers(262_145));
        refuses("plumtree.full.view.newcomers (0) must be 1 to 262144", o -> o.newcomers(0));
        refuses("plumtree.full.view.newcomers (262145) must be 1 to 262144", o -> o.newcomers(262_145));
        refuses("plumtree.full.view.newcomers.per.second (0) must be 1 to 1000000", o -> o.newcomersPerSecond(0));
        refuses("plumtree.full.view.newcomers.per.second (1000001) must be 1 to 1000000",
            o -> o.newcomersPerSecond(1_000_001));
        refuses("plumtree.full.view.max.rumors (-1) must be 0 to 262144", o -> o.maxRumors(-1));
        refuses("plumtree.full.view.max.rumors (262145) must be 0 to 262144", o -> o.maxRumors(262_145));
    }
}
