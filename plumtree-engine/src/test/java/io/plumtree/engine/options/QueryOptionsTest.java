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
        refuses("plumtree.query.max.pending (0) must be 1 to 65536", o -> o.maxPending(0));
        refuses("plumtree.query.max.waiting (65537) must be 1 to 65536", o -> o.maxWaiting(65_537));
        refuses("plumtree.query.max.links (0) must be 1 to 1024", o -> o.maxLinks(0));
        refuses("plumtree.query.link.idle.time (0ns) must be 100ms to 600s", o -> o.linkIdleTimeNs(0));
        refuses("plumtree.query.answer.timeout (1ns) must be 100ms to 600s", o -> o.answerTimeoutNs(1));
    }
}
