package io.plumtree.engine.options;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class QueryOptionsTest {
    private static void refuses(final String message, final UnaryOperator<QueryOptions> change) {
        final QueryOptions options = change.apply(new QueryOptions());
        assertEquals(message, assertThrows(IllegalArgumentException.class, options::conclude).getMessage());
    }

    @Test
    void shouldAcceptTheDefaults() {
        assertDoesNotThrow(() -> new QueryOptions().conclude());
    }

    @Test
    void shouldNameOptionValueAndRange() {
        refuses("maxPending must be between 1 and 65536: 0", o -> o.maxPending(0));
        refuses("maxWaiting must be between 1 and 65536: 65537", o -> o.maxWaiting(65_537));
        refuses("maxLinks must be between 1 and 1024: 0", o -> o.maxLinks(0));
        refuses("linkIdleTimeNs must be between 100000000 and 600000000000: 0", o -> o.linkIdleTimeNs(0));
        refuses("answerTimeoutNs must be between 100000000 and 600000000000: 1", o -> o.answerTimeoutNs(1));
    }
}
