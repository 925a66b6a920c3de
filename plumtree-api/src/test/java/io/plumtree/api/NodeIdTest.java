package io.plumtree.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdTest {
    @Test
    void shouldHaveTheSameValueOnEveryMachine() {
        // Part of the wire: these, from an implementation in another language, must never change.
        assertEquals(0x02c0bdbf481420f8L, NodeId.of("a").value());
        assertEquals(0x2e48b7915ac4a7acL, NodeId.of("node-1.example_com").value());
    }

    @Test
    void shouldGiveDifferentNamesDifferentValues() {
        final Set<Long> values = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            assertTrue(values.add(NodeId.of("n" + i).value()));
        }
    }

    @Test
    void shouldBeEqualByName() {
        assertEquals(NodeId.of("a"), NodeId.of("a"));
        assertEquals(NodeId.of("a").hashCode(), NodeId.of("a").hashCode());
        assertNotEquals(NodeId.of("a"), NodeId.of("b"));
        assertTrue(NodeId.of("a").compareTo(NodeId.of("b")) < 0);
        assertEquals("a", NodeId.of("a").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "has blank", "a@b", "ä", "a:1", "a/b", "\n"})
    void shouldRefuseANameOfOtherCharactersAndNameIt(final String name) {
        final IllegalArgumentException ex = assertThrows(IllegalArgumentException.class, () -> NodeId.of(name));
        assertTrue(ex.getMessage().endsWith("'" + name + "'"), ex.getMessage());
    }

    @Test
    void shouldRefuseANameThatIsTooLong() {
        assertEquals(64, NodeId.of("x".repeat(64)).name().length());
        assertThrows(IllegalArgumentException.class, () -> NodeId.of("x".repeat(65)));
        assertThrows(IllegalArgumentException.class, () -> NodeId.of(null));
    }
}
