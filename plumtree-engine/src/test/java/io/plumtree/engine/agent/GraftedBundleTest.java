package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.PlumtreeNode;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.PluginOptions;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A graft is answered with all that travelled together, as far as there is room: 64 KiB. */
class GraftedBundleTest {
    private static final int NODES = 5;
    private static final int MAX_MESSAGE_LENGTH = 80 * 1024;
    private static final String LONG = "x".repeat(66 * 1024);

    private final MemoryHub hub = new MemoryHub(1024 * 1024);
    private final List<Member> members = new ArrayList<>();
    private final List<PlumtreeNode> nodes = new ArrayList<>();
    private final List<AnsweringHandler> handlers = new ArrayList<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private long nowNs;

    /** Answers grafts of one message with a payload that is longer than what was broadcast, as it may have grown. */
    private static final class AnsweringHandler extends TestHandler {
        private int longSequence = -1;

        @Override
        public GraftResult graft(final MessageId id, final GraftPayload payload) {
            final GraftResult result = super.graft(id, payload);
            if (result == GraftResult.PAYLOAD && id.buffer().getLong(id.offset() + 16) == longSequence) {
                payload.wrap(new UnsafeBuffer(LONG.getBytes(StandardCharsets.US_ASCII)), 0, LONG.length());
            }
            return result;
        }
    }

    private void launch() {
        for (int i = 0; i < NODES; i++) {
            members.add(new Member(NodeId.of(String.valueOf((char) ('a' + i))), hub.nextEndpoint()));
        }
        for (final Member self : members) {
            handlers.add(new AnsweringHandler());
            nodes.add(PlumtreeNode.launch(new NodeContext()
                .name(self.id().name())
                .transport(hub.listen(self.endpoint()))
                .members(members)
                .plugins(new PluginOptions().discoverHandlers(false))
                .maxMessageLength(MAX_MESSAGE_LENGTH)
                .ring(new RingOptions().commandRingLength(1 << 20).recentBundlesLength(1 << 16))
                .engine(new EngineOptions().useInvoker(true).closeTimeoutNs(0))
                .errorHandler(errors::add)
                .handler("log", handlers.get(handlers.size() - 1))));
        }
        nowNs = System.nanoTime();
        assertTrue(runUntil(
            () -> nodes.stream().allMatch(node -> agent(node).inspection().connectedPeers().size() == NODES - 1)));
    }

    @AfterEach
    void close() {
        nodes.forEach(PlumtreeNode::close);
    }

    private static EngineAgent agent(final PlumtreeNode node) {
        return (EngineAgent) node.invoker().agent();
    }

    private void cycle() {
        nowNs += TestNode.MS;
        nodes.forEach(node -> agent(node).doWork(nowNs));
    }

    private boolean runUntil(final BooleanSupplier condition) {
        for (int i = 0; i < 60_000 && !condition.getAsBoolean(); i++) {
            cycle();
        }
        return condition.getAsBoolean();
    }

    private void broadcast(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertTrue(nodes.get(0).broadcast(TestNode.HANDLER, new UnsafeBuffer(bytes), 0, bytes.length) > 0);
    }

    /** What the first node sends to its eager peers gets lost; the others hear of it, and ask. */
    private void broadcastTogetherAndLose(final String... texts) {
        final List<MemoryPipe> eager = agent(nodes.get(0)).inspection().peerSets(members.get(0).id()).eager().stream()
            .map(peer -> members.stream().filter(member -> member.id().equals(peer)).findAny().orElseThrow())
            .map(peer -> hub.pipe(members.get(0).endpoint(), peer.endpoint())).toList();
        assertTrue(eager.size() < NODES - 1, "somebody has to hear of it");
        eager.forEach(pipe -> pipe.isLossy = true);
        for (final String text : texts) {
            broadcast(text);
        }
        cycle();
        cycle();
        eager.forEach(pipe -> pipe.isLossy = false);
    }

    private long sum(final String counter) {
        return nodes.stream().mapToLong(node -> node.counters().get(counter)).sum();
    }

    @Test
    void shouldSendTheFirstAloneWhereItLeavesNoRoomForTheOthers() {
        launch();
        handlers.get(0).longSequence = 0;
        broadcastTogetherAndLose("m0", "m1", "m2");
        assertTrue(runUntil(() -> handlers.stream().skip(1).noneMatch(handler -> handler.delivered.isEmpty())));
        for (int i = 1; i < NODES; i++) {
            assertEquals(List.of(LONG), handlers.get(i).delivered, "node " + i);
        }
        assertTrue(sum("protocol.grafts.served") > 0);
        assertTrue(sum("engine.exchanges.marked") > 0, "the others are left to an exchange");
        assertTrue(errors.isEmpty(), errors::toString);
    }

    @Test
    void shouldSendThoseForWhichThereIsRoom() {
        launch();
        handlers.get(0).longSequence = 1;
        broadcastTogetherAndLose("m0", "m1", "m2");
        assertTrue(runUntil(() -> handlers.stream().skip(1).noneMatch(handler -> handler.delivered.isEmpty())));
        for (int i = 1; i < NODES; i++) {
            assertEquals(List.of("m0"), handlers.get(i).delivered, "node " + i);
        }
        assertTrue(sum("engine.exchanges.marked") > 0, "the others are left to an exchange");
        assertTrue(errors.isEmpty(), errors::toString);
    }
}
