package io.plumtree.handlers.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.handlers.spi.HandlerContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.Test;

/** What {@code docs/} says of the handler's options and counters. */
class HeartbeatPagesTest {
    private final Set<String> asked = new TreeSet<>();

    private static Map<String, String> rows(final String page) throws IOException {
        final Map<String, String> rows = new TreeMap<>();
        Pattern.compile("(?m)^\\| `handler\\.heartbeat\\.([^`]+)` \\| `?([^`|]*)")
            .matcher(Files.readString(Path.of("../../docs/" + page))).results()
            .forEach(row -> rows.put(row.group(1), row.group(2)));
        return rows;
    }

    /** Remembers what it is asked for. */
    private HandlerContext context(final Map<String, String> options) {
        return (HandlerContext) Proxy.newProxyInstance(
            HandlerContext.class.getClassLoader(), new Class<?>[] {HandlerContext.class}, (proxy, method, args) -> {
                asked.add((String) args[0]);
                return method.getName().equals("option")
                    ? options.getOrDefault((String) args[0], (String) args[1])
                    : new AtomicCounter(new UnsafeBuffer(new byte[128]), 0);
            });
    }

    @Test
    void shouldHaveEveryOptionWithItsDefault() throws IOException {
        final Map<String, String> rows = rows("options.md");
        assertEquals(HeartbeatOptions.read(context(Map.of())), HeartbeatOptions.read(context(rows)));
        assertEquals(asked, rows.keySet());
    }

    @Test
    void shouldHaveEveryCounter() throws IOException {
        new HeartbeatCounters(context(Map.of()));
        assertEquals(asked, rows("operations.md").keySet());
    }
}
