package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.agent.EngineAgent;
import io.plumtree.engine.agent.MemoryHub;
import io.plumtree.engine.agent.MemoryPipe;
import io.plumtree.engine.agent.MemoryTransport;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.LinkOptions;
import io.plumtree.engine.options.PluginOptions;
import io.plumtree.engine.options.RingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node keeps its limits from the launch, whoever changes the options later. */
class LaunchedOptionsTest {
    private static final long MINUTES_NS = TimeUnit.MINUTES.toNanos(10);
    /** Three of these are more than a link's queue is to hold. */
    private static final int LENGTH = 2_000;

    private final MemoryHub hub = new MemoryHub(256 * 1024);
    private final List<Member> members = List.of(
        new Member(NodeId.of("a"), hub.nextEndpoint()), new Member(NodeId.of("b"), hub.nextEndpoint()));
    private final List<MemoryTransport> transports = new ArrayList<>();
    private final List<PlumtreeNode> nodes = new ArrayList<>();
    private final EngineOptions engine = new EngineOptions().useInvoker(true).closeTimeoutNs(MINUTES_NS);
    private final RingOptions ring = new RingOptions().broadcastLimit(3).bundleLength(0);
    private final LinkOptions links = new LinkOptions().frameLimit(2).livenessTimeoutNs(MINUTES_NS);
    private final UnsafeBuffer data = new UnsafeBuffer(new byte[LENGTH]);
    private MemoryPipe pipe;
    private long nowNs;

    @BeforeEach
    void launch() {
        for (final Member self : members) {
            transports.add(hub.listen(self.endpoint()));
            nodes.add(PlumtreeNode.launch(new NodeContext()
                .name(self.id().name())
                .transport(transports.get(transports.size() - 1))
                .members(members)
                .plugins(new PluginOptions().discoverHandlers(false))
                .maxMessageLength(16 * 1024)
                .engine(engine)
                .ring(ring)
                .links(links)
                .handler("log", new TestHandler())));
        }
        nowNs = System.nanoTime();
        assertTrue(runUntil(
            () -> nodes.stream().allMatch(node -> agent(node).inspection().connectedPeers().size() == 1)));
        pipe = hub.pipe(members.get(0).endpoint(), members.get(1).endpoint());
    }

    @AfterEach
    void close() {
        pipe.isFrozen = false;
        engine.closeTimeoutNs(0);
        nodes.forEach(PlumtreeNode::close);
    }

    private static EngineAgent agent(final PlumtreeNode node) {
        return (EngineAgent) node.invoker().agent();
    }

    private void cycle(final int node) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(1);
        agent(nodes.get(node)).doWork(nowNs);
    }

    private boolean runUntil(final BooleanSupplier condition) {
        for (int i = 0; i < 10_000 && !condition.getAsBoolean(); i++) {
            cycle(0);
            cycle(1);
        }
        return condition.getAsBoolean();
    }

    private void broadcast(final int times, final int length) {
        for (int i = 0; i < times; i++) {
            assertTrue(nodes.get(0).broadcast("log", data, 0, length) > 0);
        }
    }

    private long count(final int node, final String counter) {
        return nodes.get(node).counters().get(counter);
    }

    @Test
    void shouldTakeNoMoreBroadcastsACycle() {
        ring.broadcastLimit(100);
        broadcast(10, 100);
        cycle(0);
        assertEquals(3, count(0, "engine.messages.broadcast"));
    }

    @Test
    void shouldTakeNoMoreFramesACycle() {
        links.frameLimit(100);
        broadcast(10, 100);
        for (int i = 0; i < 4; i++) {
            cycle(0);
        }
        assertEquals(10, count(0, "engine.messages.broadcast"));
        for (int i = 1; i <= 3; i++) {
            cycle(1);
            assertTrue(count(1, "engine.messages.delivered") <= 2 * i);
        }
        assertTrue(runUntil(() -> count(1, "engine.messages.delivered") == 10));
    }

    /** The peer takes nothing for the first thousand cycles of the close: as long as no goodbye alone is tried. */
    @Test
    void shouldGoOnPushingAtTheCloseAsLongAsBefore() {
        pipe.isFrozen = true;
        broadcast(100, LENGTH);
        for (int i = 0; i < 100; i++) {
            cycle(0);
        }
        assertTrue(count(0, "engine.messages.broadcast") < 100, "some wait in the ring");
        engine.closeTimeoutNs(0);
        final int[] cycles = new int[1];
        transports.get(0).onWork = () -> {
            pipe.isFrozen = ++cycles[0] < 1_000;
            cycle(1);
        };
        nodes.get(0).close();
        assertEquals(0, count(0, "engine.broadcasts.bytes.left.at.close"));
        assertEquals(100, count(0, "engine.messages.broadcast"));
    }
}
