package io.plumtree.engine.handlers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.handlers.spi.BroadcastHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerRegistryTest {
    private final EngineCounters counters = new EngineCounters();
    private final ErrorReporter reporter =
        new ErrorReporter(NodeId.of("a"), null, counters, SystemNanoClock.INSTANCE);

    private HandlerRegistry registry(final Iterable<String> names) {
        final TreeMap<String, BroadcastHandler> handlers = new TreeMap<>();
        names.forEach(name -> handlers.put(name, new TestHandler()));
        return new HandlerRegistry(handlers, counters, reporter);
    }

    @Test
    void shouldKnowHandlersByNameAndByHash() {
        final HandlerRegistry registry = registry(List.of("b", "a"));
        assertEquals(List.of("a", "b"), registry.names());
        assertEquals(1, registry.indexOf(NameHash.ofHandler("b")));
        assertEquals("b", registry.slot(1).name);
        assertEquals(HandlerRegistry.NONE, registry.indexOf(NameHash.ofHandler("c")));
        assertNull(registry.byName("c"));
    }

    @Test
    void shouldRefuseTwoNamesWithTheSameHash() {
        final Map<Integer, String> names = new HashMap<>();
        String other = null;
        String name = null;
        for (int i = 0; other == null; i++) {
            name = "handler-" + i;
            other = names.put(NameHash.ofHandler(name), name);
        }
        final List<String> pair = List.of(name, other);
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> registry(pair));
        pair.forEach(each -> assertTrue(ex.getMessage().contains("'" + each + "'"), ex.getMessage()));
    }

    private HandlerRegistry onChannels(final String... channels) {
        final TreeMap<String, BroadcastHandler> handlers = new TreeMap<>();
        for (final String channel : channels) {
            final TestHandler handler = new TestHandler();
            handler.channel = channel;
            handlers.put("h" + handlers.size(), handler);
        }
        return new HandlerRegistry(handlers, counters, reporter);
    }

    @Test
    void shouldKnowTheChannelsOfItsHandlers() {
        final HandlerRegistry registry = onChannels("bulk", BroadcastHandler.DEFAULT_CHANNEL, "other", "bulk");
        assertArrayEquals(new int[]{1, 0, 2, 1}, registry.channelsByHandler());
        assertArrayEquals(new int[]{0, 1, 2}, registry.channelsInUse().toArray());
        assertEquals("bulk", registry.channelOf(registry.slot(3)));
        assertEquals(0, registry.channels().number(0));
        assertEquals(NameHash.ofChannel("bulk"), registry.channels().number(1));
        assertArrayEquals(new int[]{1}, onChannels("bulk").channelsInUse().toArray(), "nobody is on the default one");
        assertEquals(2, onChannels("bulk").channels().size(), "which is there all the same");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"a b", "12345678901234567890123456789012345678901234567890123456789012345"})
    void shouldRefuseAHandlerWhoseChannelIsNoName(final String name) {
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> onChannels("bulk", name));
        assertTrue(ex.getMessage().startsWith("handler 'h1' names a channel that can't be: "), ex.getMessage());
        assertTrue(ex.getMessage().contains("'" + name + "'"), ex.getMessage());
    }

    @Test
    void shouldRefuseAHandlerThatFailsToNameItsChannel() {
        final TestHandler handler = new TestHandler();
        handler.failing = "channel";
        final TreeMap<String, BroadcastHandler> handlers = new TreeMap<>(Map.of("h", handler));
        final PlumtreeException ex =
            assertThrows(PlumtreeException.class, () -> new HandlerRegistry(handlers, counters, reporter));
        assertTrue(ex.getMessage().contains("'h'") && ex.getMessage().contains("on purpose"), ex.getMessage());
    }

    @Test
    void shouldRefuseTwoChannelsWithTheSameNumber() {
        final Map<Integer, String> names = new HashMap<>();
        String other = null;
        String name = null;
        for (int i = 0; other == null; i++) {
            name = "channel-" + i;
            other = names.put(NameHash.ofChannel(name), name);
        }
        final String[] pair = {name, other};
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> onChannels(pair));
        for (final String part : List.of(name, other, "h0", "h1", "have the same number")) {
            assertTrue(ex.getMessage().contains(part), ex.getMessage());
        }
    }

    @Test
    void shouldRefuseMoreHandlersThanAGreetingCanName() {
        final TreeMap<String, BroadcastHandler> handlers = new TreeMap<>();
        for (int i = 0; i < 65; i++) {
            handlers.put("h" + i, new TestHandler());
        }
        assertThrows(PlumtreeException.class, () -> registry(handlers.keySet()));
    }

    @Test
    void shouldBoundTheCountersOfAHandlerAndKeepTheirLabelsApart() {
        final HandlerRegistry registry = registry(List.of("x"));
        final EngineHandlerContext context = new EngineHandlerContext(
            registry.byName("x"), null, 7, Map.of("known", "1", "unknown", "2"), counters, null, null, null);
        context.counter("c").increment();
        assertEquals(1, counters.snapshot().get("handler.x.c"));
        assertThrows(IllegalArgumentException.class, () -> context.counter("c"));
        assertThrows(IllegalArgumentException.class, () -> context.counter("failures"));
        for (int i = 0; i < 59; i++) {
            context.counter("c" + i);
        }
        final IllegalStateException ex =
            assertThrows(IllegalStateException.class, () -> context.counter("one-too-many"));
        assertTrue(ex.getMessage().contains("at most 60") && ex.getMessage().contains("one-too-many"));
        assertEquals(7, context.startNs());
        context.option("known", "");
        context.started();
        context.option("late", "");
        assertEquals(Set.of("known"), context.knownOptions());
        assertThrows(IllegalStateException.class, () -> context.counter("late"));
    }
}
