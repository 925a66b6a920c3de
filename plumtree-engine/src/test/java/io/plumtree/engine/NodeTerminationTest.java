package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.plumtree.api.BroadcastResult;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.engine.agent.EngineAgent;
import io.plumtree.engine.agent.MemoryHub;
import io.plumtree.engine.agent.MemoryTransport;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.counters.CountersFile;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.PluginOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.agrona.LangUtil;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends a node's thread ends the node, and is told. */
class NodeTerminationTest {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path directory;

    private final MemoryHub hub = new MemoryHub(256 * 1024);
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> logged = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> causes = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final UnsafeBuffer data = new UnsafeBuffer(new byte[1_024]);
    private final TestHandler handler = new TestHandler();
    private final Member self = new Member(NodeId.of("a"), hub.nextEndpoint());
    private final MemoryTransport transport = hub.listen(self.endpoint());
    private final Logger logger = Logger.getLogger("io.plumtree.engine");
    private final Handler log = new Handler() {
        @Override
        public void publish(final LogRecord entry) {
            if (entry.getLevel() == Level.SEVERE) {
                logged.add(entry.getThrown());
            }
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    };
    private boolean hasClosedListener;
    private PlumtreeNode node;

    @BeforeEach
    void listen() {
        logger.addHandler(log);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void close() {
        logger.removeHandler(log);
        logger.setUseParentHandlers(true);
        if (node != null) {
            node.close();
        }
    }

    static Stream<Throwable> errorsOfTheJvm() {
        return Stream.of(
            new OutOfMemoryError("on purpose"),
            new InternalError("on purpose"),
            new UnknownError("on purpose"),
            new ThreadDeath());
    }

    static Stream<Throwable> whateverEndsALoop() {
        return Stream.concat(errorsOfTheJvm(), Stream.of(
            new StackOverflowError("on purpose"),
            new NoClassDefFoundError("on purpose"),
            new AssertionError("on purpose"),
            new AgentTerminationException("on purpose", true),
            new AgentTerminationException("on purpose", false),
            new InterruptedException("on purpose"),
            new ClosedByInterruptException()));
    }

    @ParameterizedTest
    @MethodSource("whateverEndsALoop")
    void shouldEndWithWhatComesFromTheTransportsWork(final Throwable error) throws Exception {
        transport.onWork = () -> LangUtil.rethrowUnchecked(error);
        assertEnded(launch(context()), error);
    }

    @ParameterizedTest
    @MethodSource("whateverEndsALoop")
    void shouldEndWithWhatComesFromTheTransportsPoll(final Throwable error) throws Exception {
        transport.onPoll = () -> LangUtil.rethrowUnchecked(error);
        assertEnded(launch(context()), error);
    }

    @ParameterizedTest
    @MethodSource("errorsOfTheJvm")
    void shouldEndWithAnErrorOfTheJvmInAHandlersWork(final Throwable error) throws Exception {
        failIn("doWork", error);
        assertEnded(launch(context()), error);
    }

    @ParameterizedTest
    @MethodSource("errorsOfTheJvm")
    void shouldEndWithAnErrorOfTheJvmInABroadcast(final Throwable error) throws Exception {
        failIn("onBroadcast", error);
        launch(context());
        assertTrue(node.broadcast("log", data, 0, 10) > 0);
        assertEnded(node, error);
    }

    @ParameterizedTest
    @MethodSource("errorsOfTheJvm")
    void shouldEndWithAnErrorOfTheJvmInAMerge(final Throwable error) throws Exception {
        final Member other = new Member(NodeId.of("b"), hub.nextEndpoint());
        failIn("merge", error);
        launch(context().member(other.toString()));
        try (PlumtreeNode sender = PlumtreeNode.launch(new NodeContext().name("b")
            .plugins(new PluginOptions().discoverHandlers(false))
            .maxMessageLength(8 * 1024)
            .transport(hub.listen(other.endpoint())).member(self.toString()).handler("log", new TestHandler()))) {
            await(() -> sender.connectedPeers().join().size() == 1);
            assertTrue(sender.broadcast("log", data, 0, 10) > 0);
            assertEnded(node, error);
            // The goodbye tells it at once, unless it is read before the link is looked at.
            await(() -> sender.connectedPeers().join().isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("errorsOfTheJvm")
    void shouldEndWithAnErrorOfTheJvmInThePeerListener(final Throwable error) throws Exception {
        final Member other = new Member(NodeId.of("b"), hub.nextEndpoint());
        launch(context().member(other.toString()).peerListener(new PeerListener() {
            @Override
            public void onPeerUp(final NodeId peer, final long incarnation) {
                LangUtil.rethrowUnchecked(error);
            }
        }));
        try (PlumtreeNode peer = PlumtreeNode.launch(new NodeContext().name("b")
            .plugins(new PluginOptions().discoverHandlers(false))
            .maxMessageLength(8 * 1024)
            .transport(hub.listen(other.endpoint())).member(self.toString()).handler("log", new TestHandler()))) {
            assertEnded(node, error);
            assertFalse(peer.isClosed());
        }
    }

    @ParameterizedTest
    @MethodSource("errorsOfTheJvm")
    void shouldEndWithAnErrorOfTheJvmInAQuestionAndFailIt(final Throwable error) throws Exception {
        launch(context().engine(engine().useInvoker(true)));
        final CompletableFuture<Object> answer = ((EngineAgent) node.invoker().agent()).queries().ask(() -> {
            LangUtil.rethrowUnchecked(error);
            return null;
        });
        assertSame(error, assertThrows(Throwable.class, node.invoker()::invoke));
        assertSame(error, assertThrows(ExecutionException.class, answer::get).getCause());
        assertEnded(node, error);
    }

    @ParameterizedTest
    @MethodSource("errorsOfTheJvm")
    void shouldEndWithAnErrorOfTheJvmInTheErrorHandler(final Throwable error) throws Exception {
        transport.onWork = () -> {
            throw new IllegalStateException("reported");
        };
        launch(context().errorHandler(reported -> {
            if (reported.getMessage().equals("reported")) {
                LangUtil.rethrowUnchecked(error);
            }
            errors.add(reported);
        }));
        assertEnded(node, error);
    }

    @Test
    void shouldSayAndCloseEverythingThoughTheErrorHandlerFailsForTheEndToo() throws Exception {
        final OutOfMemoryError error = new OutOfMemoryError("on purpose");
        transport.onWork = () -> {
            throw error;
        };
        launch(context().errorHandler(reported -> {
            errors.add(reported);
            throw new OutOfMemoryError("again");
        }));
        assertEnded(node, error);
    }

    @Test
    void shouldCloseTheRestWhereAHandlerDoesNotClose() throws Exception {
        final OutOfMemoryError error = new OutOfMemoryError("on purpose");
        final TestHandler first = new TestHandler();
        first.failure = new OutOfMemoryError("when closing");
        first.failing = "onClose";
        transport.onWork = () -> {
            throw error;
        };
        launch(context().handler("a-first-one", first));
        assertEnded(node, error);
        assertEquals(List.of("onStart", "onClose"), first.calls);
    }

    @Test
    void shouldTellWhatComesUpWhileItIsClosed() throws Exception {
        handler.failure = new OutOfMemoryError("when closing");
        handler.failing = "onClose";
        launch(context());
        node.close();
        assertTrue(ended.await(DEADLINE_NS, TimeUnit.NANOSECONDS));
        assertEquals(List.of(handler.failure), new ArrayList<>(causes));
        assertEquals(List.of(handler.failure), new ArrayList<>(logged));
        assertTrue(transport.isClosed());
        assertEquals(List.of(), CountersFile.list(directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"doWork", "onBroadcast"})
    void shouldGoOnWithWhatIsAHandlersOwnFailure(final String method) throws Exception {
        final List<Throwable> failures = List.of(
            new StackOverflowError("on purpose"), new NoClassDefFoundError("on purpose"),
            new AssertionError("on purpose"), new AgentTerminationException("on purpose"),
            new InterruptedException("on purpose"));
        launch(context().engine(engine().useInvoker(true))
            .lazyTickPeriodNs(TimeUnit.MILLISECONDS.toNanos(1)));
        final EngineAgent agent = (EngineAgent) node.invoker().agent();
        long nowNs = System.nanoTime();
        for (int i = 0; i < failures.size(); i++) {
            failIn(method, failures.get(i));
            assertTrue(node.broadcast("log", data, 0, 10) > 0);
            nowNs += TimeUnit.SECONDS.toNanos(1);
            agent.doWork(nowNs);
            assertEquals(i + 1, node.counters().get("handler.log.failures"));
        }
        assertFalse(node.isClosed());
        assertSame(failures.get(0), errors.peek().getCause());
        final String message = errors.peek().getMessage();
        assertTrue(message.startsWith("handler 'log' failed in " + method), message);
        handler.failing = null;
    }

    @Test
    void shouldFailWhatWaitsWithTheCause() throws Exception {
        final OutOfMemoryError error = new OutOfMemoryError("on purpose");
        final CountDownLatch isThere = new CountDownLatch(1);
        final CountDownLatch isAsked = new CountDownLatch(1);
        final AtomicBoolean isFirst = new AtomicBoolean(true);
        transport.onWork = () -> {
            if (isFirst.getAndSet(false)) {
                isThere.countDown();
                awaitUninterruptibly(isAsked);
                throw error;
            }
        };
        launch(context());
        isThere.await();
        final List<CompletableFuture<?>> waiting = List.of(
            node.exchangesAsync(),
            node.peerSets(node.id()),
            node.connectedPeers(),
            node.update(List.of()),
            node.debugGetPeersAsync(node.id(), node.id(), Duration.ofDays(1)));
        isAsked.countDown();
        for (final CompletableFuture<?> answer : waiting) {
            final ExecutionException ex = assertThrows(
                ExecutionException.class, () -> answer.get(DEADLINE_NS, TimeUnit.NANOSECONDS));
            assertEquals(IllegalStateException.class, ex.getCause().getClass());
            assertSame(error, ex.getCause().getCause());
        }
        assertEnded(node, error);
    }

    @Test
    void shouldFailWhatIsAskedOfOthersWithTheCause() throws Exception {
        final OutOfMemoryError error = new OutOfMemoryError("on purpose");
        final Member silent = new Member(NodeId.of("silent"), hub.nextEndpoint());
        launch(context().engine(engine().useInvoker(true)).member(silent.toString()));
        final CompletableFuture<?> answer =
            node.debugGetPeersAsync(silent.id(), node.id(), Duration.ofDays(1));
        node.invoker().invoke();
        assertFalse(answer.isDone());
        transport.onWork = () -> {
            throw error;
        };
        assertSame(error, assertThrows(OutOfMemoryError.class, node.invoker()::invoke));
        final ExecutionException ex = assertThrows(
            ExecutionException.class, () -> answer.get(DEADLINE_NS, TimeUnit.NANOSECONDS));
        assertSame(error, ex.getCause().getCause());
        assertEnded(node, error);
    }

    @Test
    void shouldEndInOrderWhenItsThreadIsInterrupted() throws Exception {
        final AtomicReference<Thread> thread = new AtomicReference<>();
        launch(context().engine(engine().threadFactory(task -> {
            thread.set(new Thread(task));
            return thread.get();
        })));
        await(() -> node.counters().get("engine.cycle.max.ns") > 0);
        final long position = node.broadcast("log", data, 0, 10);
        thread.get().interrupt();
        await(node::isClosed);
        assertTrue(ended.await(DEADLINE_NS, TimeUnit.NANOSECONDS));
        assertEquals(position, node.consumedPosition());
        assertEquals("its thread 'plumtree-a' was interrupted", causes.peek().getMessage());
        assertEquals("node 'a' has ended: its thread 'plumtree-a' was interrupted", errors.peek().getMessage());
        assertEnded(node, causes.peek());
        thread.get().join();
    }

    @Test
    void shouldEndWhenTheThreadThatDrivesItIsInterrupted() throws Exception {
        launch(context().engine(engine().useInvoker(true)));
        node.invoker().invoke();
        Thread.currentThread().interrupt();
        node.invoker().invoke();
        assertTrue(Thread.interrupted(), "the interrupt is there for its owner");
        assertEquals(0, node.invoker().invoke());
        assertEquals(InterruptedException.class, causes.peek().getClass());
        assertEnded(node, causes.peek());
    }

    /** An interrupt would get in the way of what is closed, but is not the node's to take away. */
    @Test
    void shouldCloseWithoutTheInterruptAndLeaveItToItsOwner() throws Exception {
        final OutOfMemoryError error = new OutOfMemoryError("on purpose");
        transport.onWork = () -> {
            Thread.currentThread().interrupt();
            throw error;
        };
        launch(context().engine(engine().useInvoker(true)));
        assertSame(error, assertThrows(OutOfMemoryError.class, node.invoker()::invoke));
        assertTrue(Thread.interrupted(), "the interrupt is there for its owner");
        assertEnded(node, error);
    }

    @Test
    void shouldEndWithAnErrorOfTheIdleStrategy() throws Exception {
        final OutOfMemoryError error = new OutOfMemoryError("on purpose");
        launch(context().engine(engine().idleStrategySupplier(() -> new IdleStrategy() {
            @Override
            public void idle(final int workCount) {
                throw error;
            }

            @Override
            public void idle() {
                throw error;
            }

            @Override
            public void reset() {
                throw error;
            }
        })));
        assertEnded(node, error);
    }

    @Test
    void shouldNotLaunchOnAThreadThatDoesNotRunIt() throws Exception {
        final ThreadFactory dying = task -> new Thread(() -> { });
        final PlumtreeException ex =
            assertThrows(PlumtreeException.class, () -> launch(context().engine(engine().threadFactory(dying))));
        assertTrue(ex.getMessage().contains("has ended without running the node"), ex.getMessage());
        assertTrue(transport.isClosed());
        assertEquals(List.of("onStart", "onClose"), handler.calls);
        assertEquals(List.of(), CountersFile.list(directory));
        final PlumtreeException none = assertThrows(
            PlumtreeException.class, () -> PlumtreeNode.launch(new NodeContext().name("a")
                .plugins(new PluginOptions().discoverHandlers(false)).maxMessageLength(8 * 1024)
                .transport(hub.listen(self.endpoint()))
                .engine(new EngineOptions().threadFactory(task -> null))));
        assertEquals("the thread factory has made no thread", none.getMessage());
        assertFalse(hub.listen(self.endpoint()).isClosed(), "the endpoint is free again");
    }

    @Test
    void shouldTellOfAnOrderlyEndWithoutACause() throws Exception {
        launch(context());
        node.close();
        assertTrue(ended.await(DEADLINE_NS, TimeUnit.NANOSECONDS));
        final AtomicReference<Throwable> cause = new AtomicReference<>(new IllegalStateException("not told"));
        final PlumtreeNode other = PlumtreeNode.launch(new NodeContext().name("b")
            .plugins(new PluginOptions().discoverHandlers(false))
            .maxMessageLength(8 * 1024)
            .transport(hub.listen(hub.nextEndpoint())).engine(new EngineOptions().useInvoker(true))
            .terminationListener(cause::set));
        other.close();
        assertNull(cause.get());
        assertTrue(errors.isEmpty() && logged.isEmpty(), () -> errors + " " + logged);
    }

    @Test
    void shouldBeClosedWithoutItsThreadWhichMayBeEndingTheProcess() throws Exception {
        final CountDownLatch goOn = new CountDownLatch(1);
        final AtomicReference<Thread> thread = new AtomicReference<>();
        launch(context().terminationListener(cause -> {
            thread.set(Thread.currentThread());
            awaitUninterruptibly(goOn);
        }));
        node.close();
        node.close();
        await(() -> thread.get() != null);
        assertTrue(thread.get().isAlive());
        goOn.countDown();
        thread.get().join();
    }

    private void failIn(final String method, final Throwable error) {
        handler.failure = error;
        handler.failing = method;
    }

    private EngineOptions engine() {
        return new EngineOptions().countersDirectory(directory);
    }

    private NodeContext context() {
        return new NodeContext()
            .name("a")
            .transport(transport)
            .plugins(new PluginOptions().discoverHandlers(false))
            .maxMessageLength(8 * 1024)
            .engine(engine())
            .lazyTickPeriodNs(TimeUnit.MILLISECONDS.toNanos(1))
            .errorHandler(errors::add)
            .terminationListener(cause -> {
                if (cause != null) {
                    causes.add(cause);
                }
                // All is over: there is nothing to wait for.
                node.close();
                hasClosedListener = true;
                ended.countDown();
            });
    }

    private PlumtreeNode launch(final NodeContext context) {
        context.beforeStart(launched -> node = launched);
        return PlumtreeNode.launch(context.handler("log", handler));
    }

    private void assertEnded(final PlumtreeNode dead, final Throwable cause) throws Exception {
        assertTrue(ended.await(DEADLINE_NS, TimeUnit.NANOSECONDS), "not told in time");
        assertTrue(hasClosedListener);
        assertEquals(List.of(cause), new ArrayList<>(causes));
        assertTrue(dead.isClosed());
        assertEquals(BroadcastResult.CLOSED, dead.broadcast("log", data, 0, 10));
        final CompletionException question = assertThrows(CompletionException.class, dead.connectedPeers()::join);
        assertSame(cause, question.getCause().getCause());
        final CompletionException exchanges = assertThrows(CompletionException.class, dead.exchangesAsync()::join);
        assertSame(cause, exchanges.getCause().getCause());
        final CompletionException update =
            assertThrows(CompletionException.class, dead.update(List.of())::join);
        assertSame(cause, update.getCause().getCause());
        assertTrue(transport.isClosed(), "the port is free");
        assertEquals("onClose", handler.calls.get(handler.calls.size() - 1));
        assertEquals(1, handler.calls.stream().filter("onClose"::equals).count());
        assertEquals(List.of(), CountersFile.list(directory));
        assertEquals(1, errors.stream().filter(error -> error == cause || error.getCause() == cause).count(),
            errors::toString);
        assertEquals(List.of(cause), new ArrayList<>(logged));
        dead.close();
        dead.close();
    }

    private static void awaitUninterruptibly(final CountDownLatch latch) {
        try {
            if (!latch.await(DEADLINE_NS, TimeUnit.NANOSECONDS)) {
                fail("not in time");
            }
        } catch (final InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void await(final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNs < DEADLINE_NS, "not in time");
            Thread.yield();
        }
    }
}
