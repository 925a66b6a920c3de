package io.plumtree.engine.agent;

import io.plumtree.api.DownReason;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.LinkOptions;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.engine.ring.Broadcaster;
import io.plumtree.engine.ring.CommandRing;
import io.plumtree.engine.ring.CommandRings;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.settings.Incarnation;
import io.plumtree.engine.settings.OverlaySettings;
import io.plumtree.engine.settings.PeerObserver;
import io.plumtree.engine.settings.StartingLinks;
import io.plumtree.engine.view.MemberView;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.protocol.options.PlumtreeOptions;
import io.plumtree.protocol.options.StartingPeers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** The runtime of one node, driven by hand on the test's time. */
public final class TestNode implements PeerObserver {
    static final String HANDLER = "log";
    public static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    public static final int RING_LENGTH = 64 * 1024;
    static final int MAX_MESSAGE_LENGTH = 4 * 1024;
    /** More than the transport sends in one piece. */
    private static final int BUNDLE_LENGTH = 4 * 1_024;
    private static final int SEND_QUEUE_LENGTH = 4 * 1_408;

    final List<Throwable> errors = new ArrayList<>();
    final List<String> peerEvents = new ArrayList<>();
    public final EngineCounters counters = new EngineCounters();
    final NodeId id;
    final Incarnation incarnation;
    final BroadcastHandler handler;
    final HandlerRegistry registry;
    final CommandRings rings;
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
        final Map<String, BroadcastHandler> others,
        final ExchangeOptions exchanges,
        final QueryOptions queries,
        final OverlaySettings overlay,
        final MemberView view,
        final EngineOptions engine,
        final NanoClock clock,
        final long nowNs) {
        this.id = self.id();
        this.handler = handler;
        final ErrorReporter reporter = new ErrorReporter(id, errors::add, counters, clock);
        final TreeMap<String, BroadcastHandler> handlers = new TreeMap<>(others);
        handlers.put(HANDLER, handler);
        registry = new HandlerRegistry(handlers, counters, reporter);
        rings = new CommandRings(registry, RING_LENGTH, 64, MAX_MESSAGE_LENGTH, counters);
        ring = rings.of(registry.byName(HANDLER));
        transport = hub.listen(self.endpoint());
        this.incarnation = new Incarnation(incarnation);
        final StartingLinks startingLinks = StartingLinks.computed(StartingPeers.REFERENCE, id, peers);
        final EngineSettings settings = new EngineSettings(
            self,
            this.incarnation,
            "test",
            new EngineSettings.Members(peers, startingLinks, this, view),
            overlay,
            new EngineSettings.Options(
                new PlumtreeOptions(),
                exchanges,
                queries.queueLength(4),
                new LinkOptions().heartbeatPeriodNs(100 * MS).livenessTimeoutNs(800 * MS).sendBudgetNs(200 * MS),
                new RingOptions().broadcastLimit(32).bundleLength(BUNDLE_LENGTH).recentBundlesLength(1 << 16),
                engine,
                100 * MS,
                MAX_MESSAGE_LENGTH),
            SEND_QUEUE_LENGTH);
        final NodeAssembly assembly =
            new NodeAssembly(settings, transport, rings, registry, counters, reporter, clock, nowNs);
        handlers.forEach((name, each) -> each.onStart(assembly.context(registry.byName(name), Map.of())));
        agent = assembly.agent(cause -> { });
        broadcaster = new Broadcaster(registry, rings, counters);
    }

    /** A slow handler is one of 100 ms, and a close ends after 200 ms. */
    static EngineOptions engineOptions() {
        return new EngineOptions().slowHandlerThresholdNs(100 * MS).closeTimeoutNs(200 * MS);
    }

    public long broadcast(final String text) {
        return broadcast(HANDLER, text);
    }

    public long broadcast(final String name, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return broadcaster.broadcast(name, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** As the node's checks leave it: without the node itself. */
    CompletableFuture<Void> update(final List<Member> members) {
        return agent.update(members.stream().filter(member -> !member.id().equals(id)).toList());
    }

    Set<NodeId> memberIds() {
        return agent.members().stream().map(Member::id).collect(Collectors.toSet());
    }

    public long count(final EngineCounter counter) {
        return counters.get(counter).get();
    }

    public long count(final String label) {
        return counters.snapshot().get(label);
    }

    TestHandler handler(final String name) {
        return (TestHandler) registry.byName(name).handler();
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
    public void onPeerDown(final NodeId peer, final DownReason reason) {
        peerEvents.add(peer + " down " + reason);
    }

    @Override
    public void onMembersChanged(final Set<Member> joined, final Set<Member> left) {
        peerEvents.add("joined " + new TreeSet<>(names(joined)) + " left " + new TreeSet<>(names(left)));
        if (observerFailure != null) {
            throw observerFailure;
        }
    }

    private static List<String> names(final Set<Member> members) {
        return members.stream().map(member -> member.id().name()).toList();
    }
}
