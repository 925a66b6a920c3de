package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.PlumtreeException;
import io.plumtree.engine.agent.MemoryHub;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.engine.options.PluginOptions;
import io.plumtree.handlers.spi.HandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that find each other, as their embedder sees them. */
@Timeout(60)
class NodeOverlayTest {
    private static final int SIZE = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(50);

    private final MemoryHub hub = new MemoryHub(256 * 1024);
    private final List<PlumtreeNode> nodes = new ArrayList<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    /** An address, since names are looked up. */
    private final String contact = "127.0.0.1:9001";

    @AfterEach
    void close() {
        nodes.forEach(PlumtreeNode::close);
    }

    private PlumtreeNode launch(final String name, final String endpoint, final Consumer<NodeContext> options) {
        final NodeContext context = new NodeContext()
            .name(name)
            .transport(hub.listen(endpoint))
            .plugins(new PluginOptions().discoverHandlers(false))
            .maxMessageLength(16 * 1024)
            .engine(new EngineOptions().countersDirectory(null))
            .handler("log", new TestHandler())
            .errorHandler(errors::add);
        context.membership().kind(MembershipKind.HYPARVIEW).contacts(List.of(contact));
        options.accept(context);
        final PlumtreeNode node = PlumtreeNode.launch(context);
        nodes.add(node);
        return node;
    }

    private void launchAll(final Consumer<NodeContext> options) {
        for (int i = 0; i < SIZE; i++) {
            launch("n" + i, i == 0 ? contact : hub.nextEndpoint(), options);
        }
    }

    private static void await(final BooleanSupplier condition, final String what) {
        final long deadlineNs = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "not in time: " + what);
            Thread.onSpinWait();
        }
    }

    private static Set<NodeId> connected(final PlumtreeNode node) {
        return node.connectedPeers().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static PeerSets place(final PlumtreeNode asking, final PlumtreeNode asked) {
        return asking.debugGetPeersAsync(asked.id(), asked.id(), TIMEOUT).join();
    }

    @Test
    void shouldKnowAllMembersAndAskThoseThatAreNoNeighbours() throws Exception {
        launchAll(context -> { });
        await(() -> nodes.stream().allMatch(node -> node.members().size() == SIZE), "full views");
        final List<Member> all = nodes.stream().map(PlumtreeNode::self).toList();
        for (final PlumtreeNode node : nodes) {
            assertEquals(all, node.broadcastMembers(TIMEOUT));
            await(() -> connected(node).size() <= 5, node.id() + " has no more neighbours than that");
        }
        final PlumtreeNode asking = nodes.get(0);
        for (final PlumtreeNode asked : nodes) {
            // The overlay settles still: who has just been left by a neighbour has none for a moment.
            await(() -> !place(asking, asked).eager().isEmpty(), asked.id() + " is in its tree");
        }
        assertTrue(errors.isEmpty(), () -> "errors: " + errors);
    }

    @Test
    void shouldAnswerAHandlerThatAsksOfOthersWhileItStarts() {
        final List<Object> answers = new ArrayList<>();
        final TestHandler asking = new TestHandler() {
            @Override
            public void onStart(final HandlerContext context) {
                super.onStart(context);
                final long other = NodeId.of("other").value();
                answers.addAll(List.of(
                    context.isMember(other), context.confirmedIncarnation(other),
                    context.isMember(context.self().value()),
                    context.confirmedIncarnation(context.self().value()) == context.incarnation(),
                    context.isExchangePending(context.startNs())));
                context.requestExchange(context.startNs());
            }
        };
        // Before the full view, whose name is "members", and which has not started by then.
        launch("n0", contact, context -> context.handler("asking", asking));
        assertEquals(List.of(false, 0L, true, true, false), answers);
    }

    @Test
    void shouldTellWhoComesAndWhoLeaves() {
        final Set<String> known = new ConcurrentSkipListSet<>();
        launch("n0", contact, context -> context.peerListener(new PeerListener() {
            @Override
            public void onMembersChanged(final Set<Member> joined, final Set<Member> left) {
                left.forEach(member -> known.remove(member.id().name()));
                joined.forEach(member -> known.add(member.id().name()));
            }
        }));
        for (int i = 1; i < SIZE; i++) {
            launch("n" + i, hub.nextEndpoint(), context -> { });
        }
        await(() -> known.size() == SIZE - 1, "all");
        nodes.remove(3).close();
        await(() -> known.size() == SIZE - 2, "leave of n3");
        assertFalse(known.contains("n3"));
        assertTrue(errors.isEmpty(), () -> "errors: " + errors);
    }

    @Test
    void shouldKnowItsNeighboursAloneWithoutAFullView() {
        launchAll(context -> context.fullView(new FullViewOptions().enabled(false)));
        await(() -> nodes.stream().allMatch(node -> connected(node).size() >= 2), "neighbours");
        for (final PlumtreeNode node : nodes) {
            // Newcomers have places beside those of neighbours until their links are up.
            await(() -> node.members().size() <= 6, node.id() + " knows no more than five others");
            assertEquals(List.of("log"), node.handlers());
        }
    }

    @Test
    void shouldTakeNoUpdate() {
        final PlumtreeNode node = launch("n0", contact, context -> { });
        final PlumtreeException ex =
            assertThrows(PlumtreeException.class, () -> node.update(List.of(Member.parse("b@h:1"))));
        assertTrue(ex.getMessage().contains("'n0' takes no update") && ex.getMessage().contains("plumtree.membership"),
            ex.getMessage());
        assertEquals(List.of(node.self()), node.members());
    }

    @Test
    void shouldRefuseAHandlerOfTheFullViewsName() {
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> launch("n0", contact, context -> context.handler("members", new TestHandler())));
        assertTrue(ex.getMessage().contains("'members'") && ex.getMessage().contains("plumtree.full.view"),
            ex.getMessage());
    }

    @Test
    void shouldSayWhereOthersReachIt() {
        final PlumtreeNode node = launch("n0", "memory:77", context -> context.advertise("gate:0"));
        assertEquals(Member.parse("n0@gate:77"), node.self());
        assertEquals(List.of(node.self()), node.members());
        assertEquals("gate:99", launch("n1", "memory:78", context -> context.advertise("gate:99")).self().endpoint());
    }

    @Test
    void shouldNotTellOthersAnAddressThatIsNone() {
        final PlumtreeException ex =
            assertThrows(PlumtreeException.class, () -> launch("n0", "0.0.0.0:77", context -> { }));
        assertTrue(ex.getMessage().contains("0.0.0.0:77") && ex.getMessage().contains("plumtree.advertise"),
            ex.getMessage());
        launch("n1", "0.0.0.0:78", context -> context.advertise("gate:0"));
    }
}
