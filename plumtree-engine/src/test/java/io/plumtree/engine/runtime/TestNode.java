package io.plumtree.engine.runtime;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.options.PlumtreeOptions;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.handlers.spi.BroadcastHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** The runtime of one node, driven by hand on the test's time. */
final class TestNode implements PeerObserver {
    static final String HANDLER = "log";
    static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    static final int RING_LENGTH = 64 * 1024;
    static final int MAX_MESSAGE_LENGTH = 4 * 1024;

    final List<Throwable> errors = new ArrayList<>();
    final List<String> peerEvents = new ArrayList<>();
    final EngineCounters counters = new EngineCounters();
    final NodeId id;
    final BroadcastHandler handler;
    final HandlerRegistry registry;
    final CommandRing ring;
    final MemoryTransport transport;
    final EngineAgent agent;
    final Broadcaster broadcaster;
    RuntimeException observerFailure;

    TestNode(
        final MemoryHub hub,
        final Member self,
        final long incarnation,
        final List<Member> peers,
        final BroadcastHandler handler,
        final long nowNs) {
        this(hub, self, incarnation, peers, handler, new QueryOptions(), nowNs);
    }

    TestNode(
        final MemoryHub hub,
        final Member self,
        final long incarnation,
        final List<Member> peers,
        final BroadcastHandler handler,
        final QueryOptions queries,
        final long nowNs) {
        this.id = self.id();
        this.handler = handler;
        final ErrorReporter reporter = new ErrorReporter(id, errors::add, counters);
        registry = new HandlerRegistry(new TreeMap<>(Map.of(HANDLER, handler)), counters, reporter);
        ring = new CommandRing(RING_LENGTH, 64, MAX_MESSAGE_LENGTH, counters);
        transport = hub.listen(self.endpoint());
        handler.onStart(new EngineHandlerContext(
            registry.byName(HANDLER), id, incarnation, Map.of(), counters, ring));
        final EngineSettings settings = new EngineSettings(
            self, incarnation, "test", peers, new PlumtreeOptions(), queries, 100 * MS, 100 * MS, 800 * MS, 200 * MS,
            1_000 * MS, 200 * MS, 64, MAX_MESSAGE_LENGTH, 4, 32, 64, this);
        agent = new EngineAgent(settings, transport, ring, registry, counters, reporter, nowNs);
        broadcaster = new Broadcaster(registry, ring, counters);
    }

    long broadcast(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return broadcaster.broadcast(HANDLER, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    long count(final EngineCounter counter) {
        return counters.get(counter).get();
    }

    long count(final String label) {
        return counters.snapshot().get(label);
    }

    TestHandler log() {
        return (TestHandler) handler;
    }

    @Override
    public void onPeerUp(final NodeId peer, final long incarnation) {
        peerEvents.add(peer + " up " + incarnation);
        if (observerFailure != null) {
            throw observerFailure;
        }
    }

    @Override
    public void onPeerDown(final NodeId peer, final boolean graceful) {
        peerEvents.add(peer + (graceful ? " left" : " down"));
    }
}
