package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.MembersView;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.TreeView;
import io.plumtree.engine.agent.MemoryHub;
import io.plumtree.engine.agent.MemoryTransport;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.PluginOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nodes with threads of their own, and an inspector, tell whom they are asked by. */
@Timeout(60)
class PlumtreeNodeInspectionTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final MemoryHub hub = new MemoryHub(256 * 1024);
    private final List<Member> members = new ArrayList<>();
    private final List<PlumtreeNode> nodes = new ArrayList<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        nodes.forEach(PlumtreeNode::close);
        assertTrue(errors.isEmpty(), () -> "errors: " + errors);
    }

    private NodeContext context(final Member self) {
        return new NodeContext()
            .name(self.id().name())
            .transport(hub.listen(self.endpoint()))
            .members(members)
            .plugins(new PluginOptions().discoverHandlers(false))
            .maxMessageLength(16 * 1024)
            .handler("log", new TestHandler())
            .errorHandler(errors::add);
    }

    private void launch(final int count) {
        for (int i = 0; i < count; i++) {
            members.add(new Member(NodeId.of("n" + i), hub.nextEndpoint()));
        }
        for (final Member member : members) {
            nodes.add(PlumtreeNode.launch(context(member)));
        }
        for (final PlumtreeNode node : nodes) {
            await(() -> node.connectedPeers().join().size() == count - 1);
        }
    }

    private NodeId id(final int index) {
        return members.get(index).id();
    }

    private List<NodeId> ids() {
        return members.stream().map(Member::id).toList();
    }

    private ClusterInspector inspector() {
        return ClusterInspector.launch(
            new NodeContext().transport(hub.listen(hub.nextEndpoint())).errorHandler(errors::add));
    }

    private static Throwable failure(final CompletableFuture<?> answer) {
        return assertThrows(CompletionException.class, answer.orTimeout(60, TimeUnit.SECONDS)::join).getCause();
    }

    private static void await(final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNs < LONG.toNanos(), "not in time");
            Thread.yield();
        }
    }

    @Test
    void shouldAnswerWhoeverWaits() throws Exception {
        launch(3);
        final PlumtreeNode node = nodes.get(0);
        assertEquals(nodes.get(1).peerSets(id(2)).join(), node.debugGetPeers(id(1), id(2), LONG));
        assertEquals(node.peerSets(id(2)).join(), node.debugGetPeers(id(0), id(2), LONG));
        assertEquals(List.of(), node.exchanges(id(2), LONG));
        final TreeView tree = node.debugGetTree(id(1), ids(), LONG);
        assertEquals(Set.copyOf(ids()), tree.nodes().keySet());
        assertEquals(Set.of(), tree.down());
        assertEquals(nodes.get(2).peerSets(id(1)).join(), tree.nodes().get(id(2)));
        assertEquals(Set.of(), node.debugGetTree(id(1), List.of(), LONG).nodes().keySet());
    }

    @Test
    void shouldTimeOutWhenANodeIsStuckAndWhenTheEngineItselfIs() {
        members.add(new Member(NodeId.of("n0"), hub.nextEndpoint()));
        members.add(new Member(NodeId.of("n1"), hub.nextEndpoint()));
        // Nobody drives it.
        final PlumtreeNode stuck = PlumtreeNode.launch(context(members.get(0))
            .engine(new EngineOptions().useInvoker(true)));
        nodes.add(stuck);
        final TimeoutException ex =
            assertThrows(TimeoutException.class, () -> stuck.debugGetPeers(id(1), id(0), SHORT));
        assertTrue(ex.getMessage().contains("'n1'") && ex.getMessage().contains("200ms"), ex.getMessage());
        assertThrows(TimeoutException.class, () -> stuck.exchanges(id(0), SHORT));
        final TreeView tree = stuck.debugGetTreeAsync(id(0), ids(), SHORT).orTimeout(60, TimeUnit.SECONDS).join();
        assertEquals(Set.copyOf(ids()), tree.down());

        nodes.add(PlumtreeNode.launch(context(members.get(1))));
        assertThrows(TimeoutException.class, () -> nodes.get(1).debugGetPeers(id(0), id(0), SHORT));
    }

    @Test
    void shouldRefuseToAskWhoIsNoMemberOrForNoTime() {
        launch(2);
        final PlumtreeNode node = nodes.get(0);
        final NodeId nobody = NodeId.of("nobody");
        final IllegalArgumentException ex =
            assertThrows(IllegalArgumentException.class, () -> node.debugGetPeers(nobody, id(0), LONG));
        assertTrue(ex.getMessage().contains("'nobody'") && ex.getMessage().contains("'n0'"), ex.getMessage());
        assertInstanceOf(IllegalArgumentException.class, failure(node.exchangesAsync(nobody, LONG)));
        assertInstanceOf(
            IllegalArgumentException.class, failure(node.debugGetTreeAsync(id(0), List.of(id(1), nobody), LONG)));
        assertThrows(
            IllegalArgumentException.class, () -> node.debugGetPeersAsync(id(1), id(0), Duration.ZERO));
        node.close();
        assertInstanceOf(IllegalStateException.class, failure(node.exchangesAsync(id(1), LONG)));
    }

    @Test
    void shouldNotLetTheEnginesThreadWaitForItself() {
        members.add(new Member(NodeId.of("n0"), hub.nextEndpoint()));
        members.add(new Member(NodeId.of("n1"), hub.nextEndpoint()));
        final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        final NodeContext ctx = context(members.get(0));
        ctx.peerListener(new PeerListener() {
            @Override
            public void onPeerUp(final NodeId peer, final long incarnation) {
                final PlumtreeNode node = nodes.get(0);
                thrown.add(assertThrows(
                    IllegalStateException.class, () -> node.debugGetPeers(peer, peer, LONG)));
                thrown.add(assertThrows(
                    IllegalStateException.class, () -> node.debugGetTree(peer, List.of(peer), LONG)));
                thrown.add(assertThrows(IllegalStateException.class, () -> node.exchanges(peer, LONG)));
            }
        });
        ctx.beforeStart(nodes::add);
        PlumtreeNode.launch(ctx);
        nodes.add(PlumtreeNode.launch(context(members.get(1))));
        await(() -> thrown.size() == 3);
    }

    @Test
    void shouldLetAWaitBeInterrupted() {
        launch(2);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> {
            hub.pipe(members.get(0).endpoint(), members.get(1).endpoint()).isFrozen = true;
            nodes.get(0).debugGetPeers(id(1), id(0), LONG);
        });
        hub.pipe(members.get(0).endpoint(), members.get(1).endpoint()).isFrozen = false;
    }

    @Test
    void shouldTellAnInspector() {
        launch(3);
        try (ClusterInspector inspector = inspector()) {
            final MembersView view = inspector.members(members.get(1).endpoint(), LONG).join();
            assertEquals(id(1), view.node());
            assertEquals(members, view.members());
            assertEquals(Set.of(id(0), id(2)), view.connected());
            assertEquals(nodes.get(2).peerSets(id(0)).join(),
                inspector.peers(members.get(2).endpoint(), id(0), LONG).join());
            assertEquals(List.of(), inspector.exchanges(members.get(2).endpoint(), LONG).join());
            final TreeView tree = inspector.tree(members.get(0).endpoint(), id(1), LONG).join();
            assertEquals(Set.of(), tree.down());
            assertEquals(nodes.get(2).peerSets(id(1)).join(), tree.nodes().get(id(2)));
            assertTrue(inspector.counters().get("engine.queries.asked") >= 7);
        }
    }

    @Test
    void shouldTellAnInspectorOfATreeWhoIsDown() {
        launch(4);
        nodes.get(3).close();
        try (ClusterInspector inspector = inspector()) {
            final TreeView tree = inspector.tree(members.get(0).endpoint(), id(0), SHORT).join();
            assertEquals(Set.of(id(3)), tree.down());
            assertEquals(Set.of(id(0), id(1), id(2)), tree.nodes().keySet());
        }
    }

    @Test
    void shouldTellAnInspectorThatItsContactDoesNotAnswer() {
        try (ClusterInspector inspector = inspector()) {
            final Throwable error = failure(inspector.tree("memory:9", NodeId.of("n0"), SHORT));
            assertInstanceOf(TimeoutException.class, error);
            assertTrue(error.getMessage().contains("memory:9"), error.getMessage());
            assertInstanceOf(TimeoutException.class, failure(inspector.members("memory:9", SHORT)));
        }
    }

    @Test
    void shouldRefuseAnInspectorWhatIsWrong() {
        final ClusterInspector inspector = inspector();
        for (final String endpoint : List.of("nowhere", "h:0", "h h:1", "")) {
            assertThrows(IllegalArgumentException.class, () -> inspector.members(endpoint, SHORT), endpoint);
        }
        assertThrows(IllegalArgumentException.class, () -> inspector.members("h:1", Duration.ofMillis(-1)));
        final CompletableFuture<MembersView> unanswered = inspector.members("memory:9", LONG);
        inspector.close();
        inspector.close();
        assertInstanceOf(IllegalStateException.class, failure(unanswered));
        assertInstanceOf(IllegalStateException.class, failure(inspector.members("memory:9", LONG)));
        assertThrows(PlumtreeException.class, () -> ClusterInspector.launch(new NodeContext().bind("0.0.0.0:0")));
        assertThrows(PlumtreeException.class, () -> ClusterInspector.launch(new NodeContext().cluster("")));
    }

    @Test
    void shouldCloseTheTransportOfAnInspector() {
        final MemoryTransport transport = hub.listen(hub.nextEndpoint());
        ClusterInspector.launch(new NodeContext().transport(transport)).close();
        assertTrue(transport.isClosed());
    }

    @Test
    void shouldNotKnowAnInspectorOfAnotherCluster() {
        launch(1);
        final NodeContext ctx =
            new NodeContext().transport(hub.listen(hub.nextEndpoint())).cluster("other").errorHandler(errors::add);
        try (ClusterInspector inspector = ClusterInspector.launch(ctx)) {
            final CompletableFuture<PeerSets> answer = inspector.peers(members.get(0).endpoint(), id(0), SHORT);
            assertInstanceOf(TimeoutException.class, failure(answer));
            assertEquals(1, nodes.get(0).counters().get("engine.frames.dropped.foreign"));
        }
    }
}
