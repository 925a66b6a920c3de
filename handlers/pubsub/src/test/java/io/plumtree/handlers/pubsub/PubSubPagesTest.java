package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/} says of the handler's options and counters. */
class PubSubPagesTest {
    private static Map<String, String> rows(final String page) throws IOException {
        final Map<String, String> rows = new TreeMap<>();
        Pattern.compile("(?m)^\\| `handler\\.pubsub\\.([^`]+)` \\| `?([^`|]*)")
            .matcher(Files.readString(Path.of("../../docs/" + page))).results()
            .forEach(row -> rows.put(row.group(1), row.group(2)));
        return rows;
    }

    @Test
    void shouldHaveEveryOptionWithItsDefault() throws IOException {
        final FakeContext asIs = new FakeContext();
        final PubSubOptions defaults = PubSubOptions.read(asIs);
        final FakeContext asWritten = new FakeContext();
        asWritten.options.putAll(rows("options.md"));
        assertEquals(asIs.asked, asWritten.options.keySet());
        assertEquals(defaults, PubSubOptions.read(asWritten));
    }

    @Test
    void shouldHaveEveryCounter() throws IOException {
        final FakeContext context = new FakeContext();
        new PubSubCounters(context);
        assertEquals(Set.copyOf(context.counters.keySet()), Set.copyOf(rows("operations.md").keySet()));
    }
}
