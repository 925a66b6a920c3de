package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.plumtree.api.DownReason;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.agent.MemoryHub;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.PluginOptions;
import io.plumtree.engine.options.StartingOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import io.plumtree.protocol.options.StartingPeers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of a node as its embedder starts it with and changes them. */
@Timeout(60)
class NodeMembershipTest {
    private static final NodeId A = NodeId.of("a");

    private final MemoryHub hub = new MemoryHub(256 * 1024);
    private final List<PlumtreeNode> nodes = new ArrayList<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        nodes.forEach(PlumtreeNode::close);
    }

    private PlumtreeNode launch(final Consumer<NodeContext> options) {
        final NodeContext context = new NodeContext()
            .name("a")
            .transport(hub.listen(hub.nextEndpoint()))
            .plugins(new PluginOptions().discoverHandlers(false))
            .maxMessageLength(16 * 1024)
            .handler("log", new TestHandler())
            .errorHandler(errors::add);
        options.accept(context);
        final PlumtreeNode node = PlumtreeNode.launch(context);
        nodes.add(node);
        return node;
    }

    private static List<Member> members(final String... texts) {
        return Stream.of(texts).map(Member::parse).toList();
    }

    private static <T> T get(final CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void shouldBeginWithTheMembersGivenAndHaveThoseOfTheLastUpdate() throws Exception {
        final PlumtreeNode node = launch(context -> context.members(members("c@h:1", "b@h:2")));
        assertEquals(List.of(node.self(), Member.parse("b@h:2"), Member.parse("c@h:1")), node.members());
        assertEquals(node.members(), node.broadcastMembers());
        final CompletableFuture<Void> done = node.update(members("d@h:3", "a@elsewhere:9", "b@h:2", "d@h:3"));
        assertEquals(List.of(node.self(), Member.parse("b@h:2"), Member.parse("d@h:3")), node.broadcastMembers());
        get(done);
        assertEquals(node.broadcastMembers(Duration.ofSeconds(50)), node.members());
        assertEquals(node.members(), get(node.broadcastMembersAsync()));
        get(node.update(List.of()));
        assertEquals(List.of(node.self()), node.members());
        assertTrue(errors.isEmpty(), () -> "errors: " + errors);
    }

    @Test
    void shouldTellTheListenerOfMembersOnTheEnginesThread() {
        final List<String> told = new ArrayList<>();
        final List<String> threads = new ArrayList<>();
        final PlumtreeNode node = launch(context -> context.members(members("b@h:1", "c@h:2")).peerListener(
            new PeerListener() {
                @Override
                public void onMembersChanged(final Set<Member> joined, final Set<Member> left) {
                    told.add("joined " + joined + " left " + left);
                    threads.add(Thread.currentThread().getName());
                }
            }));
        get(node.update(members("c@h:3", "b@h:1")));
        get(node.update(members("c@h:3", "b@h:1")));
        get(node.update(members("b@h:1")));
        assertEquals(List.of("joined [c@h:3] left [c@h:2]", "joined [] left [c@h:3]"), told);
        assertEquals(List.of("plumtree-a", "plumtree-a"), threads);
    }

    @Test
    void shouldTellTheListenersOfBothEndsWhyALinkWentDown() {
        final Queue<String> told = new ConcurrentLinkedQueue<>();
        final List<Member> both = List.of(
            new Member(A, hub.nextEndpoint()), new Member(NodeId.of("b"), hub.nextEndpoint()));
        final CountDownLatch up = new CountDownLatch(2);
        final CountDownLatch down = new CountDownLatch(2);
        for (final Member self : both) {
            launch(context -> context.name(self.id().name()).transport(hub.listen(self.endpoint())).members(both)
                .peerListener(new PeerListener() {
                    @Override
                    public void onPeerUp(final NodeId peer, final long incarnation) {
                        up.countDown();
                    }

                    @Override
                    public void onPeerDown(final NodeId peer, final DownReason reason) {
                        told.add(self.id() + ": " + peer + " " + reason);
                        down.countDown();
                    }
                }));
        }
        await(up);
        get(nodes.get(0).update(List.of()));
        await(down);
        assertEquals(Set.of("a: b REMOVED", "b: a GOODBYE"), Set.copyOf(told));
    }

    private static void await(final CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (final InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    static Stream<Arguments> badUpdates() {
        return Stream.of(
            arguments(members("b@h:1", "b@h:2"), "update: 'b' is there twice: b@h:1 and b@h:2"),
            arguments(members("b@h:0"), "update: b@h:0 has port 0"),
            arguments(members("b@h:1", "c@h:1", "d@h:1", "e@h:1"), "update (4 besides this node) must be no more than" +
                " plumtree.max.peers (3)"));
    }

    @ParameterizedTest
    @MethodSource("badUpdates")
    void shouldRefuseABadUpdateInTheCallersThreadAndChangeNothing(final List<Member> update, final String message)
        throws Exception {
        final PlumtreeNode node = launch(context ->
            context.protocol(new PlumtreeOptions().maxPeers(3)).members(members("x@h:1", "y@h:2")));
        final List<Member> before = node.members();
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> node.update(update));
        assertEquals(Category.CONFIGURATION, ex.category());
        assertTrue(ex.getMessage().startsWith(message), ex.getMessage());
        assertEquals(before, node.broadcastMembers());
        assertThrows(NullPointerException.class, () -> node.update(null));
        assertThrows(NullPointerException.class, () -> node.update(Arrays.asList((Member) null)));
        get(node.update(members("b@h:1", "c@h:1", "d@h:1", "a@h:0")));
        assertEquals(4, node.members().size());
    }

    @Test
    void shouldFailAnUpdateOfAClosedNode() {
        final PlumtreeNode node = launch(context -> context.engine(new EngineOptions().useInvoker(true)));
        final CompletableFuture<Void> waiting = node.update(members("b@h:1"));
        node.close();
        for (final CompletableFuture<Void> result : List.of(waiting, node.update(members("b@h:1")))) {
            final CompletionException ex = assertThrows(CompletionException.class, () -> get(result));
            assertInstanceOf(IllegalStateException.class, ex.getCause());
        }
        assertEquals(List.of(node.self()), node.members());
        assertThrows(IllegalStateException.class, node::broadcastMembers);
    }

    @Test
    void shouldRefuseToWaitOnTheThreadThatRunsTheEngine() {
        final List<Throwable> thrown = new ArrayList<>();
        final PlumtreeNode[] self = new PlumtreeNode[1];
        final PlumtreeNode node = launch(context -> context
            .beforeStart(early -> self[0] = early)
            .peerListener(new PeerListener() {
                @Override
                public void onMembersChanged(final Set<Member> joined, final Set<Member> left) {
                    thrown.add(assertThrows(IllegalStateException.class, self[0]::broadcastMembers));
                    thrown.add(assertThrows(
                        IllegalStateException.class, () -> self[0].broadcastMembers(Duration.ofSeconds(50))));
                }
            }));
        get(node.update(members("b@h:1")));
        assertEquals(2, thrown.size());
        thrown.forEach(ex -> assertTrue(ex.getMessage().contains("broadcastMembers"), ex.getMessage()));
    }

    @Test
    void shouldRefuseToWaitOnTheThreadThatInvokesButAnswerOthers() throws Exception {
        final PlumtreeNode node = launch(context -> context.engine(new EngineOptions().useInvoker(true)));
        assertThrows(TimeoutException.class, () -> node.broadcastMembers(Duration.ofMillis(1)), "nobody invokes");
        node.invoker().invoke();
        assertThrows(IllegalStateException.class, node::broadcastMembers);
        final CompletableFuture<List<Member>> answer = new CompletableFuture<>();
        final Thread asker = new Thread(() -> {
            try {
                answer.complete(node.broadcastMembers());
            } catch (final Throwable ex) {
                answer.completeExceptionally(ex);
            }
        });
        asker.start();
        final long startNs = System.nanoTime();
        while (!answer.isDone() && System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(50)) {
            node.invoker().invoke();
        }
        assertEquals(node.members(), get(answer));
        asker.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void shouldRefuseATimeoutThatIsNone(final Duration timeout) {
        final PlumtreeNode node = launch(context -> { });
        final IllegalArgumentException ex =
            assertThrows(IllegalArgumentException.class, () -> node.broadcastMembers(timeout));
        assertEquals("broadcastMembers: timeout must be more than 0: " + timeout, ex.getMessage());
    }

    @Test
    void shouldStopWaitingWhenInterrupted() {
        final PlumtreeNode node = launch(context -> context.engine(new EngineOptions().useInvoker(true)));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, node::broadcastMembers);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> node.broadcastMembers(Duration.ofDays(1)));
    }

    @Test
    void shouldTakeTheLongestDurationForATimeout() throws Exception {
        final PlumtreeNode node = launch(context -> { });
        assertEquals(node.members(), node.broadcastMembers(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void shouldStartWithTheSetsGiven() {
        final PlumtreeNode node = launch(context -> context
            .members(members("b@h:1", "c@h:1", "d@h:1", "e@h:1", "f@h:1"))
            .starting(new StartingOptions().eagerPeers(ids("b", "c", "d")).lazyPeers(ids("e"))));
        final PeerSets peers = get(node.peerSets(A));
        assertEquals(Set.copyOf(ids("b", "c", "d")), peers.eager());
        assertEquals(Set.copyOf(ids("e")), peers.lazy());
        assertEquals(peers, get(node.peerSets(NodeId.of("b"))));
    }

    @Test
    void shouldStartWithLazyPeersAloneWhereOnlyTheyAreGiven() {
        final PlumtreeNode node = launch(context ->
            context.members(members("b@h:1", "c@h:1")).starting(new StartingOptions().lazyPeers(ids("c"))));
        assertEquals(new PeerSets(Set.of(), Set.copyOf(ids("c"))), get(node.peerSets(A)));
    }

    @Test
    void shouldStartInTheWayChosen() {
        final List<Member> many =
            IntStream.range(0, 33).mapToObj(i -> new Member(NodeId.of("n" + i), "h:" + (i + 1))).toList();
        assertEquals(2, sets(many, null).eager().size());
        assertEquals(5, sets(many, StartingPeers.LOGARITHMIC).eager().size());
        assertEquals(33, sets(many, StartingPeers.ALL).eager().size());
        assertEquals(1, sets(many, null).lazy().size());
        assertEquals(1, sets(many, StartingPeers.LOGARITHMIC).lazy().size());
        assertEquals(0, sets(many, StartingPeers.ALL).lazy().size());
    }

    private PeerSets sets(final List<Member> others, final StartingPeers how) {
        final StartingOptions starting = new StartingOptions().startingPeers(how);
        return get(launch(context -> context.members(others).starting(starting)).peerSets(A));
    }

    private static List<NodeId> ids(final String... names) {
        return Stream.of(names).map(NodeId::of).toList();
    }

    @Test
    void shouldChangeTheLazyTickPeriodWithinItsRange() {
        final PlumtreeNode node = launch(context -> context.lazyTickPeriodNs(5_000_000));
        assertEquals(5_000_000, node.lazyTickPeriodNs());
        node.lazyTickPeriodNs(1_000_000_000);
        assertEquals(1_000_000_000, node.lazyTickPeriodNs());
        for (final long bad : new long[] {0, -1_000_000, 999_999, 60_000_000_001L, Long.MIN_VALUE, Long.MAX_VALUE}) {
            final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> node.lazyTickPeriodNs(bad));
            assertTrue(ex.getMessage().startsWith("plumtree.lazy.tick.period ("), ex.getMessage());
            assertSame(Category.CONFIGURATION, ex.category());
        }
        assertEquals(1_000_000_000, node.lazyTickPeriodNs());
        assertFalse(node.isClosed());
    }
}
