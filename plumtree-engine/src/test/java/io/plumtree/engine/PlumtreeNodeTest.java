package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.BroadcastResult;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.agent.EngineAgent;
import io.plumtree.engine.agent.MemoryHub;
import io.plumtree.engine.agent.MemoryTransport;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.counters.CounterValue;
import io.plumtree.engine.counters.CountersFile;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.LinkOptions;
import io.plumtree.engine.options.PluginOptions;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.HandlerContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlumtreeNodeTest {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(50);
    private static final int RING_LENGTH = 1 << 20;

    private final MemoryHub hub = new MemoryHub(256 * 1024);
    private final List<PlumtreeNode> nodes = new ArrayList<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final UnsafeBuffer data = new UnsafeBuffer(new byte[16 * 1024]);

    @AfterEach
    void close() {
        nodes.forEach(PlumtreeNode::close);
    }

    @Test
    void shouldDeliverBetweenNodesWithThreadsOfTheirOwn() {
        final List<Member> members = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            members.add(new Member(NodeId.of("node-" + i), hub.nextEndpoint()));
        }
        for (final Member member : members) {
            launch(context(member).members(members));
        }
        for (final PlumtreeNode node : nodes) {
            await(() -> node.connectedPeers().orTimeout(60, TimeUnit.SECONDS).join().size() == 2);
        }
        long position = 0;
        for (int i = 0; i < 1_000; i++) {
            final PlumtreeNode root = nodes.get(i % 3);
            final AtomicReference<Long> result = new AtomicReference<>();
            await(() -> {
                result.set(root.broadcast("log", data, 0, 1_000));
                return result.get() > 0;
            });
            position = result.get();
        }
        final long last = position;
        await(() -> nodes.get(0).consumedPosition() >= last);
        for (final PlumtreeNode node : nodes) {
            await(() -> node.counters().get("engine.messages.delivered") >= 666);
            assertEquals(0, node.counters().get("engine.errors"));
            assertEquals(2, node.counters().get("memory.inbound"));
            assertEquals(members, node.members());
        }
        assertTrue(errors.isEmpty(), () -> "errors: " + errors);
    }

    @Test
    void shouldBeDrivenByItsEmbedder() {
        final TestHandler handler = new TestHandler();
        final PlumtreeNode node = launch(context(member("a")).engine(new EngineOptions().useInvoker(true)), handler);
        assertNotNull(node.invoker());
        final long position = node.broadcast("log", data, 0, 10);
        assertTrue(position > 0);
        assertEquals(0, node.consumedPosition());
        node.invoker().invoke();
        assertEquals(position, node.consumedPosition());
        final var query = node.peerSets(node.id());
        node.invoker().invoke();
        assertEquals(Set.of(), query.orTimeout(60, TimeUnit.SECONDS).join().eager());
        node.close();
        node.close();
        assertTrue(node.isClosed());
        assertTrue(node.invoker().isClosed());
        assertEquals(List.of("onStart", "onClose"), handler.calls);
        assertEquals(BroadcastResult.CLOSED, node.broadcast("log", data, 0, 10));
        assertThrows(CompletionException.class, node.connectedPeers()::join);
        assertEquals(1, node.counters().get("protocol.broadcasts"));
    }

    @Test
    void shouldKeepItsCountersInAFileAsLongAsItRuns(@TempDir final Path directory) throws IOException {
        final PlumtreeNode node = launch(context(member("a"))
            .engine(new EngineOptions().useInvoker(true).countersDirectory(directory)));
        node.invoker().invoke();
        final List<Path> files = CountersFile.list(directory);
        assertEquals(1, files.size());
        final CountersFile file = CountersFile.read(files.get(0));
        assertEquals("a", file.node());
        assertEquals(node.incarnation(), file.incarnation());
        assertEquals(node.counters().keySet(),
            file.counters().stream().map(CounterValue::label).collect(Collectors.toSet()));
        assertThrows(PlumtreeException.class,
            () -> node.update(List.of(Member.parse("x@h:1"), Member.parse("x@h:2"))));
        assertEquals(1, node.counters().get("engine.membership.refused"));
        node.close();
        assertEquals(List.of(), CountersFile.list(directory));
        assertEquals(0, node.counters().get("engine.counters.file.failures"));
    }

    @Test
    void shouldLeaveNoFileBehindWhereItDoesNotStart(@TempDir final Path directory) throws IOException {
        final TestHandler handler = new TestHandler();
        handler.failing = "onStart";
        assertThrows(
            PlumtreeException.class, () -> launch(context(member("a"))
                .engine(new EngineOptions().countersDirectory(directory)), handler));
        assertEquals(List.of(), CountersFile.list(directory));
    }

    @Test
    void shouldKnowItselfAndItsHandlers() {
        final TestHandler handler = new TestHandler();
        final Member self = member("a");
        final PlumtreeNode node = launch(context(self), handler);
        assertEquals(self, node.self());
        assertEquals(NodeId.of("a"), node.id());
        assertTrue(node.incarnation() > 0);
        assertEquals(node.incarnation(), handler.context.incarnation());
        assertNull(node.invoker());
        assertEquals(List.of("log"), node.handlers());
        assertSame(handler, node.handler("log", TestHandler.class));
        final PlumtreeException absent =
            assertThrows(PlumtreeException.class, () -> node.handler("lgo", BroadcastHandler.class));
        assertTrue(absent.getMessage().contains("'lgo'") && absent.getMessage().contains("[log]"));
        final PlumtreeException other =
            assertThrows(PlumtreeException.class, () -> node.handler("log", String.class));
        assertTrue(other.getMessage().contains(TestHandler.class.getName()));
        assertTrue(other.getMessage().contains("java.lang.String"));
    }

    private static TestHandler onChannel(final String channel) {
        final TestHandler handler = new TestHandler();
        handler.channel = channel;
        return handler;
    }

    @Test
    void shouldTellTheChannelOfAHandlerAndItsPosition() {
        final PlumtreeNode node = launch(context(member("a")).engine(new EngineOptions().useInvoker(true))
            .handler("bulk", onChannel("bulk")).handler("other", onChannel("bulk")));
        assertEquals(BroadcastHandler.DEFAULT_CHANNEL, node.broadcastChannel("log"));
        assertEquals("bulk", node.broadcastChannel("bulk"));
        final long position = node.broadcast("bulk", data, 0, 10);
        node.invoker().invoke();
        assertEquals(position, node.consumedPosition("bulk"));
        assertEquals(position, node.consumedPosition("other"));
        assertEquals(0, node.consumedPosition("log"));
        assertEquals(0, node.consumedPosition());
        final long next = node.broadcast("log", data, 0, 20);
        node.invoker().invoke();
        assertEquals(next, node.consumedPosition("log"));
        assertEquals(next, node.consumedPosition());
        assertThrows(PlumtreeException.class, () -> node.consumedPosition("lgo"));
        assertThrows(PlumtreeException.class, () -> node.broadcastChannel("lgo"));
    }

    @Test
    void shouldRunWithoutAHandlerOnTheDefaultChannel() {
        final PlumtreeNode node = launch(context(member("a")).engine(new EngineOptions().useInvoker(true)),
            onChannel("bulk"));
        final long position = node.broadcast("log", data, 0, 10);
        node.invoker().invoke();
        assertEquals(position, node.consumedPosition("log"));
        assertEquals(0, node.consumedPosition());
    }

    @Test
    void shouldLeaveNothingBehindWhenTheTransportDoesNotListenOnAChannel() {
        final MemoryTransport transport = hub.listen(hub.nextEndpoint());
        final NodeContext ctx = context("a", transport);
        final TestHandler first = new TestHandler();
        ctx.handler("first", first);
        for (int i = 10; i < 26; i++) {
            ctx.handler("handler-" + i, onChannel("channel-" + i));
        }
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> PlumtreeNode.launch(ctx));
        assertEquals(Category.TRANSPORT, ex.category());
        assertTrue(ex.getMessage().startsWith(
            "node 'a' can't listen on channel 'channel-25' of handler 'handler-25': "), ex.getMessage());
        assertEquals(List.of("onStart", "onClose"), first.calls);
        assertTrue(transport.isClosed());
    }

    @Test
    void shouldRefuseAHandlerOnAChannelThatCanNotBe() {
        final MemoryTransport transport = hub.listen(hub.nextEndpoint());
        final TestHandler handler = onChannel("no channel");
        final NodeContext ctx = context("a", transport).handler("bulk", handler);
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> PlumtreeNode.launch(ctx));
        assertEquals(Category.HANDLER, ex.category());
        assertTrue(ex.getMessage().contains("'bulk'") && ex.getMessage().contains("'no channel'"), ex.getMessage());
        assertEquals(List.of(), handler.calls);
        assertTrue(transport.isClosed());
    }

    @Test
    void shouldRefuseWhatIsTooLongOrUnknown() {
        final PlumtreeNode node = launch(context(member("a")).maxMessageLength(8 * 1024));
        assertEquals(BroadcastResult.PAYLOAD_TOO_LONG, node.broadcast("log", data, 0, 8 * 1024));
        assertEquals(BroadcastResult.UNKNOWN_HANDLER, node.broadcast("unknown", data, 0, 1));
    }

    @Test
    void shouldCloseWhenAHandlerAsksForItOnTheEnginesThread() {
        final AtomicReference<PlumtreeNode> self = new AtomicReference<>();
        final Member a = member("a");
        final Member b = member("b");
        final PlumtreeNode node = PlumtreeNode.launch(context(a).member(b.toString())
            .handler("log", new TestHandler()).peerListener(new PeerListener() {
            @Override
            public void onPeerUp(final NodeId peer, final long incarnation) {
                self.get().close();
            }
        }));
        self.set(node);
        final PlumtreeNode other = launch(context(b).member(a.toString()));
        await(node::isClosed);
        node.close();
        // The goodbye may come before the other node has looked whether the link is up; then it never is.
        await(() -> other.counters().get("engine.links.down.goodbye") == other.counters().get("engine.links.up"));
        await(() -> other.connectedPeers().join().isEmpty());
        assertTrue(errors.isEmpty(), () -> "errors: " + errors);
    }

    @Test
    void shouldLoseNothingThatWasTakenWhileItClosed() {
        final Member a = member("a");
        final Member b = member("b");
        // How long a full ring takes depends on the machine: on a slow one more than the two seconds that are usual.
        final PlumtreeNode node = launch(context(a).member(b.toString())
            .ring(new RingOptions().commandRingLength(RING_LENGTH))
            .engine(new EngineOptions().closeTimeoutNs(TimeUnit.MINUTES.toNanos(10))));
        final PlumtreeNode other = launch(context(b).member(a.toString()));
        await(() -> node.connectedPeers().join().size() == 1 && other.connectedPeers().join().size() == 1);
        final AtomicReference<Integer> taken = new AtomicReference<>();
        final Thread producer = new Thread(() -> {
            int count = 0;
            for (long result = 1; result != BroadcastResult.CLOSED;) {
                result = node.broadcast("log", data, 0, 20);
                count += result > 0 ? 1 : 0;
            }
            taken.set(count);
        });
        producer.start();
        await(() -> node.consumedPosition() > 100_000);
        node.close();
        await(() -> taken.get() != null);
        assertEquals(0, node.counters().get("engine.broadcasts.bytes.left.at.close"));
        assertEquals((long) taken.get(), node.counters().get("engine.messages.broadcast"));
        // Behind so much else the goodbye may be read after the transport has said the same. Where the machine stood
        // still, a link may have been down before.
        await(() -> other.connectedPeers().join().isEmpty());
        assertEquals(other.counters().get("engine.links.up"), other.counters().get("engine.links.down"));
    }

    @Test
    void shouldLeaveNothingBehindWhenAHandlerDoesNotStart() {
        final TestHandler good = new TestHandler();
        final TestHandler bad = new TestHandler();
        bad.failing = "onStart";
        final MemoryTransport transport = hub.listen(hub.nextEndpoint());
        final NodeContext ctx = context("a", transport).handler("a-good-one", good).handler("log", bad);
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> PlumtreeNode.launch(ctx));
        assertEquals(Category.HANDLER, ex.category());
        assertEquals("handler 'log' does not start: on purpose", ex.getMessage());
        assertEquals(List.of("onStart", "onClose"), good.calls);
        assertEquals(List.of("onStart"), bad.calls);
        assertTrue(transport.isClosed());
    }

    @Test
    void shouldTakeWhatAHandlerRefusesOfItsOptionsForWrongOptions() {
        final TestHandler strict = new TestHandler() {
            @Override
            public void onStart(final HandlerContext handlerContext) {
                throw new PlumtreeException(Category.CONFIGURATION, "handler.log.size must be 1 to 9: '0'");
            }
        };
        final NodeContext ctx = context("a", hub.listen(hub.nextEndpoint())).handler("log", strict);
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> PlumtreeNode.launch(ctx));
        assertEquals(Category.CONFIGURATION, ex.category());
        assertEquals("handler 'log' does not start: handler.log.size must be 1 to 9: '0'", ex.getMessage());
    }

    @Test
    void shouldBeCompleteButNotRunningBeforeItStarts() {
        final List<String> seen = new ArrayList<>();
        launch(context(new Member(NodeId.of("early"), hub.nextEndpoint())).beforeStart(node -> {
            seen.addAll(node.handlers());
            assertTrue(node.broadcast("log", data, 0, 8) > 0);
            assertEquals(0, node.consumedPosition());
        }));
        assertEquals(List.of("log"), seen);
        await(() -> nodes.get(0).consumedPosition() > 0);
    }

    @Test
    void shouldLeaveNothingBehindWhenWhatIsDoneBeforeTheStartFails() {
        final String endpoint = hub.nextEndpoint();
        final Member member = new Member(NodeId.of("failing"), endpoint);
        final IllegalStateException ex = assertThrows(IllegalStateException.class, () ->
            PlumtreeNode.launch(context(member).beforeStart(node -> {
                throw new IllegalStateException("no");
            })));
        assertEquals("no", ex.getMessage());
        launch(context(member));
        assertFalse(nodes.get(0).isClosed());
    }

    @Test
    void shouldHandAHandlerItsOptionsAndCounters() {
        final TestHandler handler = new TestHandler();
        final PlumtreeNode node = launch(context(member("a")).option("handler.log.key", "value"), handler);
        assertEquals("value", handler.context.option("key", "default"));
        assertEquals("default", handler.context.option("other", "default"));
        assertThrows(IllegalStateException.class, () -> handler.context.counter("late"));
        assertEquals(NodeContext.MAX_MESSAGE_LENGTH_DEFAULT / 64, handler.context.maxMessageLength());
        handler.context.onError(new IllegalStateException("reported"));
        assertTrue(errors.remove().getMessage().contains("handler 'log' failed: "));
        assertEquals(1, node.counters().get("engine.errors"));
    }

    @Test
    void shouldRefuseAnOptionOfAHandlerThatIsNotThere() {
        final PlumtreeException ex = assertThrows(
            PlumtreeException.class, () -> launch(context(member("a")).option("handler.lgo.key", "value")));
        assertTrue(ex.getMessage().contains("'handler.lgo.key'") && ex.getMessage().contains("[log]"));
    }

    @Test
    void shouldRefuseAnOptionThatAHandlerDoesNotKnowAndCloseIt() {
        final TestHandler handler = new TestHandler();
        final PlumtreeException ex = assertThrows(
            PlumtreeException.class, () -> launch(context(member("a")).option("handler.log.kye", "value"), handler));
        assertEquals(PlumtreeException.Category.CONFIGURATION, ex.category());
        assertEquals("handler 'log' has no option 'handler.log.kye'; did you mean 'handler.log.key'?", ex.getMessage());
        assertEquals(List.of("onStart", "onClose"), handler.calls);
    }

    @Test
    void shouldRefuseATransportWhoseFramesAreTooShort() {
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> PlumtreeNode.launch(
            context("a", hub.listen("memory:1")).maxMessageLength(1024 * 1024)));
        assertTrue(ex.getMessage().contains("plumtree.max.message.length (1048576)"), ex.getMessage());
        assertTrue(ex.getMessage().contains("32768"), ex.getMessage());
        assertFalse(hub.listen("memory:1").isClosed(), "the endpoint is free again");
    }

    @Test
    void shouldNameTheTransportThatIsNotThere() {
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> PlumtreeNode.launch(new NodeContext().name("a")
                .plugins(new PluginOptions().discoverHandlers(false))));
        assertEquals(Category.CONFIGURATION, ex.category());
        assertTrue(ex.getMessage().contains("plumtree.transport=aeron"), ex.getMessage());
        assertTrue(ex.getMessage().contains("io.plumtree.transport.aeron"), ex.getMessage());
    }

    private Member member(final String name) {
        return new Member(NodeId.of(name), hub.nextEndpoint());
    }

    /** Frames of more than 1,500 bytes: four are more than four of 1,408, and seven more than 10,000. */
    @ParameterizedTest
    @CsvSource({"0, 4", "10000, 7"})
    void shouldKeepBroadcastsBackWhileTheSendQueueIsLong(final int sendQueueLength, final int expected) {
        final List<Member> members = List.of(member("a"), member("b"));
        members.forEach(self -> launch(context(self).members(members).engine(new EngineOptions().useInvoker(true))
            .ring(new RingOptions().bundleLength(0))
            .links(new LinkOptions().sendQueueLength(sendQueueLength))));
        final List<EngineAgent> agents =
            nodes.stream().map(node -> (EngineAgent) node.invoker().agent()).toList();
        long nowNs = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            nowNs += TimeUnit.MILLISECONDS.toNanos(1);
            for (final EngineAgent agent : agents) {
                agent.doWork(nowNs);
            }
        }
        assertEquals(1, agents.get(0).inspection().connectedPeers().size());
        hub.pipe(members.get(0).endpoint(), members.get(1).endpoint()).isFrozen = true;
        for (int i = 0; i < 20; i++) {
            assertTrue(nodes.get(0).broadcast("log", data, 0, 1_500) > 0);
        }
        agents.get(0).doWork(nowNs);
        assertEquals(expected, nodes.get(0).counters().get("engine.messages.broadcast"));
    }

    private NodeContext context(final Member self) {
        return context(self.id().name(), hub.listen(self.endpoint()));
    }

    private NodeContext context(final String name, final MemoryTransport transport) {
        return new NodeContext()
            .name(name)
            .transport(transport)
            .plugins(new PluginOptions().discoverHandlers(false))
            .maxMessageLength(NodeContext.MAX_MESSAGE_LENGTH_DEFAULT / 64)
            .errorHandler(errors::add);
    }

    private PlumtreeNode launch(final NodeContext context) {
        return launch(context, new TestHandler());
    }

    private PlumtreeNode launch(final NodeContext context, final BroadcastHandler handler) {
        final PlumtreeNode node = PlumtreeNode.launch(context.handler("log", handler));
        nodes.add(node);
        return node;
    }

    private static void await(final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNs < DEADLINE_NS, "not in time");
            Thread.yield();
        }
    }
}
