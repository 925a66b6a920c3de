package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingTest {
    private static final NodeId SELF = NodeId.of("a");

    @Test
    void shouldRefuseToComeFromNobody() {
        assertThrows(IllegalArgumentException.class, () -> new Greeting(null, 1, false, "", List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void shouldRefuseAnIncarnationThatIsNotPositive(final long incarnation) {
        final IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class, () -> new Greeting(SELF, incarnation, false, "", List.of()));
        assertEquals("incarnation must be positive: " + incarnation, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\n", "é:1", "\u007f"})
    void shouldRefuseAnEndpointThatIsNotPrintable(final String endpoint) {
        assertThrows(IllegalArgumentException.class, () -> new Greeting(SELF, 1, false, endpoint, List.of()));
    }

    @Test
    void shouldRefuseALongEndpoint() {
        assertThrows(IllegalArgumentException.class, () -> new Greeting(SELF, 1, false, "e".repeat(255), List.of()));
    }

    @Test
    void shouldRefuseMoreHandlersThanItCanName() {
        final IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class,
            () -> new Greeting(SELF, 1, false, "", Collections.nCopies(65, "h")));
        assertTrue(e.getMessage().endsWith(": 65"), e.getMessage());
    }

    @Test
    void shouldRefuseAHandlerWithoutAProperName() {
        assertThrows(IllegalArgumentException.class, () -> new Greeting(SELF, 1, false, "", List.of("h h")));
    }
}
