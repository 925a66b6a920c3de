package io.plumtree.engine.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.handlers.spi.HandlerContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.Test;

/** What an operator looks up is there. */
class FullViewCountersTest {
    @Test
    void shouldExplainEveryCounter() throws IOException {
        final String page = Files.readString(Path.of("../docs/operations.md"));
        final List<String> labels = new ArrayList<>();
        new FullViewCounters((HandlerContext) Proxy.newProxyInstance(
            HandlerContext.class.getClassLoader(), new Class<?>[] {HandlerContext.class}, (proxy, method, args) -> {
                labels.add("handler." + FullView.NAME + "." + args[0]);
                return new AtomicCounter(new UnsafeBuffer(new byte[128]), 0);
            }));
        assertEquals(27, labels.size());
        assertEquals(List.of(), labels.stream().filter(label -> !page.contains("| `" + label + "` | ")).toList());
    }
}
