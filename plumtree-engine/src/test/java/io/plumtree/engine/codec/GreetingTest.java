package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    @Test
    void shouldRefuseSettingsThatItCanNotTell() {
        for (final Map<String, String> settings : List.of(
            Map.of("", "1"), Map.of("a b", "1"), Map.of("a", "1 2"), Map.of("k".repeat(101), "1"),
            Map.of("a", "v".repeat(101)), Map.of("a", "\u00e9"))) {
            final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> greeting(settings));
            assertTrue(e.getMessage().startsWith("settings have names and values of at most 100"), e.getMessage());
        }
    }

    @Test
    void shouldRefuseMoreSettingsThanThereIsRoomFor() {
        final Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 65; i++) {
            many.put("setting-" + i, "1");
        }
        final Map<String, String> wide = new TreeMap<>();
        for (int i = 0; i < 22; i++) {
            wide.put("setting-" + i, "v".repeat(100));
        }
        for (final Map<String, String> settings : List.of(many, wide)) {
            final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> greeting(settings));
            assertTrue(e.getMessage().startsWith("a node can tell at most 64 settings, in 2048 bytes: [setting-0,"),
                e.getMessage());
        }
    }

    private static Greeting greeting(final Map<String, String> settings) {
        return new Greeting(SELF, 1, false, "", List.of(), new TreeMap<>(settings), Challenge.NONE);
    }
}
