package io.plumtree.engine.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.api.NodeId;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.codec.Keys;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.PlumtreeEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HandlerDispatchTest {
    private static final long MS = 1_000_000;

    private final List<Throwable> errors = new ArrayList<>();
    private final EngineCounters counters = new EngineCounters();
    private final TestHandler handler = new TestHandler();
    private long nowNs;
    private final HandlerRegistry registry = new HandlerRegistry(
        new TreeMap<>(Map.of("x", handler)), counters,
        new ErrorReporter(NodeId.of("a"), errors::add, counters, () -> nowNs));
    private final SlowHandlerWatch watch = new SlowHandlerWatch(() -> nowNs, timeNs -> 0, 100 * MS, nowNs);
    private final HandlerDispatch dispatch = new HandlerDispatch(registry, watch);
    private final MessageKey key = Keys.key(
        0, 0, 0, new UnsafeBuffer(new byte[TestHandler.ID_LENGTH]), 0, TestHandler.ID_LENGTH);

    @Test
    void shouldAskAHandlerThatRestsNeitherAboutAnnouncementsNorAboutGrafts() {
        watch.onCycle(nowNs);
        watch.beginRare();
        nowNs += 200 * MS;
        watch.end(registry.slot(0), "doWork");
        // It would throw if it were asked.
        handler.failing = "isStale";
        assertEquals(PlumtreeEffects.DEFERRED, dispatch.isStale(key));
        handler.failing = "graft";
        assertEquals(PlumtreeEffects.DEFERRED, dispatch.graft(0, key.id()));
        assertEquals(List.of(), errors);
        assertEquals(2, counters.snapshot().get("handler.x.deferred"));

        nowNs += 800 * MS;
        watch.onCycle(nowNs);
        assertEquals(PlumtreeEffects.FAILED, dispatch.graft(0, key.id()));
        handler.failing = null;
        assertEquals(PlumtreeEffects.NEW, dispatch.isStale(key));
        assertEquals(2, counters.snapshot().get("handler.x.deferred"));
    }
}
