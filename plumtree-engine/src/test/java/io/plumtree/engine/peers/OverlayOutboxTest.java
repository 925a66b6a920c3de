package io.plumtree.engine.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.engine.agent.MemoryHub;
import io.plumtree.engine.agent.MemoryTransport;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.query.OnDemandLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverlayOutboxTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PATIENCE_NS = 1_000 * MS;
    private static final String THERE = "memory:1";
    private static final String ELSEWHERE = "memory:2";

    private final MemoryHub hub = new MemoryHub(64 * 1024);
    private final MemoryTransport self = hub.listen("memory:0");
    private final EngineCounters counters = new EngineCounters();
    private final OnDemandLinks links = new OnDemandLinks(self, new QueryOptions(), counters::increment);
    private final OverlayOutbox outbox = new OverlayOutbox(links, PATIENCE_NS, counters);
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[8]);
    private final List<Long> received = new ArrayList<>();
    private MemoryTransport there;
    private long nowNs = Long.MAX_VALUE - 500 * MS;

    @BeforeEach
    void listen() {
        there = hub.listen(THERE);
    }

    private void send(final String endpoint, final long number) {
        frame.putLong(0, number);
        outbox.send(endpoint, frame, 8, nowNs);
    }

    private List<Long> receive() {
        received.clear();
        there.poll((session, buffer, offset, length) -> {
            received.add(buffer.getLong(offset));
            return true;
        }, 1_000);
        return received;
    }

    private void cut(final boolean isCut) {
        hub.pipe("memory:0", THERE).isCut = isCut;
    }

    @Test
    void shouldSendAtOnceWhereThereIsAWay() {
        send(THERE, 1);
        assertEquals(List.of(1L), receive());
        assertEquals(0, outbox.size());
        assertEquals(0, outbox.doWork(nowNs));
    }

    @Test
    void shouldKeepFramesInOrderUntilThereIsAWay() {
        cut(true);
        send(THERE, 1);
        send(THERE, 2);
        assertEquals(0, outbox.doWork(nowNs));
        cut(false);
        send(THERE, 3);
        assertEquals(List.of(), receive(), "not before those that wait");
        assertEquals(3, outbox.doWork(nowNs));
        assertEquals(List.of(1L, 2L, 3L), receive());
    }

    @Test
    void shouldNotLetOneWaitForAnother() {
        send(ELSEWHERE, 1);
        send(THERE, 2);
        assertEquals(List.of(2L), receive());
        assertEquals(1, outbox.size());
    }

    @Test
    void shouldDropWhatHasWaitedForTooLong() {
        cut(true);
        send(THERE, 1);
        nowNs += PATIENCE_NS - 1;
        send(THERE, 2);
        assertEquals(0, outbox.doWork(nowNs));
        nowNs++;
        assertEquals(1, outbox.doWork(nowNs));
        assertEquals(1, counters.get(EngineCounter.OVERLAY_DROPPED).get());
        cut(false);
        outbox.doWork(nowNs);
        assertEquals(List.of(2L), receive());
    }

    @Test
    void shouldDropTheOldestWhenTooMuchWaits() {
        cut(true);
        for (int i = 0; i < 258; i++) {
            send(THERE, i);
        }
        assertEquals(256, outbox.size());
        assertEquals(2, counters.get(EngineCounter.OVERLAY_DROPPED).get());
        cut(false);
        outbox.doWork(nowNs);
        assertEquals(2L, receive().get(0));
        assertEquals(256, received.size());
    }

    @Test
    void shouldNotLetAnswersToStrangersFillIt() {
        send(ELSEWHERE, 1);
        for (int i = 0; i < 300; i++) {
            outbox.answer("memory:" + (1_000 + i), frame, 8, nowNs);
        }
        assertEquals(1 + OverlayOutbox.MAX_ANSWERS, outbox.size());
        assertEquals(300 - OverlayOutbox.MAX_ANSWERS, counters.get(EngineCounter.OVERLAY_DROPPED).get());
        nowNs += PATIENCE_NS;
        outbox.doWork(nowNs);
        assertEquals(0, outbox.size());
        outbox.answer(THERE, frame, 8, nowNs);
        assertEquals(1, receive().size());
    }
}
