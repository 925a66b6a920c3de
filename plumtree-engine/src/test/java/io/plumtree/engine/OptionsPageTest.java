package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.engine.options.EngineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an embedder looks up is so. */
class OptionsPageTest {
    /** Where there is more than one value in force, none can be set as it stands there. */
    private static final List<String> WITHOUT_A_VALUE = List.of("plumtree.counters.directory");

    private static SortedMap<String, String> rows() throws IOException {
        final SortedMap<String, String> rows = new TreeMap<>();
        Pattern.compile("(?m)^\\| `(plumtree\\.[^`]+)` \\| (?:`([^`]*)`)?")
            .matcher(Files.readString(Path.of("../docs/options.md"))).results()
            .forEach(row -> rows.put(row.group(1), row.group(2) == null ? "" : row.group(2)));
        return rows;
    }

    @Test
    void shouldHaveARowForEachProperty() throws IOException {
        assertEquals(NodeContext.propertyNames(), List.copyOf(rows().keySet()));
    }

    @Test
    void shouldHaveTheDefaultsThatAreInForce() throws IOException {
        final SortedMap<String, String> defaults = rows();
        defaults.keySet().removeAll(WITHOUT_A_VALUE);
        defaults.values().removeIf(String::isEmpty);
        final SortedMap<String, String> inForce = NodeProperties.values(new NodeContext());
        final SortedMap<String, String> asWritten =
            NodeProperties.values(new NodeContext().properties(defaults));
        assertEquals(inForce, asWritten);
        inForce.values().removeIf(String::isEmpty);
        inForce.keySet().removeAll(WITHOUT_A_VALUE);
        defaults.remove(EngineOptions.IDLE_STRATEGY_PROPERTY);
        assertEquals(inForce.keySet(), defaults.keySet(), "no default is left out");
    }

    @Test
    void shouldNameTheDefaultIdleStrategy() throws IOException {
        final NodeContext ctx = new NodeContext().properties(
            Map.of(EngineOptions.IDLE_STRATEGY_PROPERTY, rows().get(EngineOptions.IDLE_STRATEGY_PROPERTY)));
        assertEquals(new NodeContext().engine().idleStrategySupplier().get().getClass(),
            ctx.engine().idleStrategySupplier().get().getClass());
    }
}
