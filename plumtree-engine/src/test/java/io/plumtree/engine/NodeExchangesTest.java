package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeHandle;
import io.plumtree.api.ExchangeSelector;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.agent.MemoryHub;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.PluginOptions;
import io.plumtree.handlers.spi.ExchangeChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exchanges, as an embedder sees them. */
@Timeout(60)
class NodeExchangesTest {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(50);
    private static final Duration TIMEOUT = Duration.ofSeconds(50);

    private final MemoryHub hub = new MemoryHub(256 * 1024);
    private final List<PlumtreeNode> nodes = new ArrayList<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        nodes.forEach(PlumtreeNode::close);
    }

    private static TestHandler waiting() {
        final TestHandler handler = new TestHandler();
        handler.exchange = session -> session.start(ExchangeChannel::receive);
        handler.acceptExchange = handler.exchange;
        return handler;
    }

    private NodeContext context(final Member self, final Member... members) {
        final NodeContext ctx = new NodeContext()
            .name(self.id().name())
            .transport(hub.listen(self.endpoint()))
            .plugins(new PluginOptions().discoverHandlers(false))
            .maxMessageLength(16 * 1024)
            .errorHandler(errors::add)
            .members(List.of(members))
            .handler("kv", waiting())
            .handler("log", waiting());
        ctx.exchanges().tickPeriodNs(0);
        return ctx;
    }

    private PlumtreeNode launch(final NodeContext ctx) {
        final PlumtreeNode node = PlumtreeNode.launch(ctx);
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

    @Test
    void shouldShowAndCancelWhatRuns() throws InterruptedException, TimeoutException {
        final Member a = new Member(NodeId.of("a"), hub.nextEndpoint());
        final Member b = new Member(NodeId.of("b"), hub.nextEndpoint());
        final PlumtreeNode node = launch(context(a, b));
        final PlumtreeNode other = launch(context(b, a));
        assertEquals(List.of(), node.exchanges());
        node.exchangeTickPeriodNs(1_000_000);
        assertEquals(1_000_000, node.exchangeTickPeriodNs());
        await(() -> other.counters().get("engine.exchanges.accepted") == 2);
        node.exchangeTickPeriodNs(0);

        final List<Exchange> running = node.exchanges(TIMEOUT);
        assertEquals(List.of("kv", "log"), running.stream().map(Exchange::handler).sorted().toList());
        for (final Exchange exchange : running) {
            assertEquals(b.id(), exchange.peer());
            assertEquals(new ExchangeHandle(a.id(), node.incarnation(), exchange.id()), exchange.handle());
            assertTrue(exchange.age().compareTo(Duration.ZERO) >= 0 && exchange.age().compareTo(TIMEOUT) < 0);
        }
        assertEquals(List.of(), other.exchanges(TIMEOUT));
        final List<Exchange> cancelled = node.cancelExchanges(ExchangeSelector.handler("kv"), TIMEOUT);
        assertEquals(List.of("kv"), cancelled.stream().map(Exchange::handler).toList());
        assertEquals(1, node.exchangesAsync().orTimeout(60, TimeUnit.SECONDS).join().size());
        await(() -> other.counters().get("engine.exchanges.cancelled") == 1);
        assertEquals(1, node.cancelExchangesAsync(ExchangeSelector.all()).join().size());
        assertEquals(List.of(), node.exchanges());
        node.close();
        other.close();
        assertEquals(0, node.counters().get("engine.exchanges.tasks.left"));
        assertEquals(List.of(), new ArrayList<>(errors));
    }

    @Test
    void shouldRejectAPeriodOutOfRange() {
        final PlumtreeNode node = launch(context(new Member(NodeId.of("a"), hub.nextEndpoint())));
        final IllegalArgumentException ex =
            assertThrows(IllegalArgumentException.class, () -> node.exchangeTickPeriodNs(999));
        assertTrue(ex.getMessage().contains("999"), ex.getMessage());
        assertEquals(0, node.exchangeTickPeriodNs());
    }

    @Test
    void shouldNotWaitForever() throws InterruptedException {
        final NodeContext ctx = context(new Member(NodeId.of("a"), hub.nextEndpoint()))
            .engine(new EngineOptions().useInvoker(true));
        final PlumtreeNode node = launch(ctx);
        assertThrows(TimeoutException.class, () -> node.exchanges(Duration.ofMillis(1)));
        assertThrows(TimeoutException.class,
            () -> node.cancelExchanges(ExchangeSelector.all(), Duration.ofMillis(1)));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, node::exchanges);
        node.close();
        final IllegalStateException closed =
            assertThrows(IllegalStateException.class, node::exchanges);
        assertEquals("the node is closed", closed.getMessage());
    }

    @Test
    void shouldNotLetTheEngineWaitForItself() throws InterruptedException {
        final AtomicReference<PlumtreeNode> node = new AtomicReference<>();
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final CountDownLatch asked = new CountDownLatch(1);
        final Member a = new Member(NodeId.of("a"), hub.nextEndpoint());
        final Member b = new Member(NodeId.of("b"), hub.nextEndpoint());
        final NodeContext ctx = context(a, b).beforeStart(node::set).peerListener(new PeerListener() {
            @Override
            public void onPeerUp(final NodeId peer, final long incarnation) {
                thrown.set(assertThrows(IllegalStateException.class, () -> node.get().exchanges()));
                asked.countDown();
            }
        });
        launch(ctx);
        launch(context(b, a));
        assertTrue(asked.await(60, TimeUnit.SECONDS));
        assertTrue(thrown.get().getMessage().contains("exchanges would wait for ever"));
    }
}
