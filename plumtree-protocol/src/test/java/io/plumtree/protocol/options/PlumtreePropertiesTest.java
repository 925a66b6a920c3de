package io.plumtree.protocol.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlumtreePropertiesTest {
    private final PlumtreeOptions options = new PlumtreeOptions();

    @Test
    void shouldSetDurationsNumbersAndTruthValues() {
        assertTrue(PlumtreeProperties.apply(options, "plumtree.graft.timeout", "100ms"));
        assertTrue(PlumtreeProperties.apply(options, "plumtree.max.trees", "7"));
        assertTrue(PlumtreeProperties.apply(options, "plumtree.close.ring", "false"));
        assertEquals(100_000_000, options.grafts().graftTimeoutNs());
        assertEquals(7, options.maxTrees());
        assertFalse(options.closeRing());
    }

    @Test
    void shouldKnowThePropertyOfEveryOption() throws IllegalAccessException {
        final List<Field> fields = Stream.of(PlumtreeOptions.class, GraftOptions.class, FlowControlOptions.class)
            .flatMap(type -> Arrays.stream(type.getFields()))
            .filter(field -> field.getName().endsWith("_PROPERTY")).toList();
        assertTrue(fields.size() > 20, "where are the options?");
        for (final Field field : fields) {
            final String key = (String) field.get(null);
            try {
                assertTrue(PlumtreeProperties.apply(options, key, "1"), key);
            } catch (final IllegalArgumentException ex) {
                assertTrue(PlumtreeProperties.apply(options, key, "true"), key);
            }
        }
    }

    @Test
    void shouldLeavePropertiesOfOthersAlone() {
        assertFalse(PlumtreeProperties.apply(options, "plumtree.exchange.limit", "x"));
        assertFalse(PlumtreeProperties.apply(options, "plumtree.nmae", "x"));
    }

    @Test
    void shouldRefuseValuesOfAnotherForm() {
        refuses("plumtree.close.ring", "yes", "must be true or false");
        refuses("plumtree.max.trees", "many", "many");
        refuses("plumtree.graft.timeout", "soon", "soon");
    }

    private void refuses(final String key, final String value, final String part) {
        final String message = assertThrows(
            IllegalArgumentException.class, () -> PlumtreeProperties.apply(options, key, value)).getMessage();
        assertTrue(message.contains(part), message);
    }
}
