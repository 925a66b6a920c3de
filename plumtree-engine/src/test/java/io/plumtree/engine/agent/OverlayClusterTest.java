package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.LinkFrameEncoder;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.codec.OverlayFrameEncoder;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.protocol.membership.NodeDescriptor;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes in memory that know one contact only. */
class OverlayClusterTest {
    private static final int MAX_NEIGHBOURS = 5;

    private final HyParViewOptions options = new HyParViewOptions();
    private FullViewOptions fullView;
    private TestCluster cluster;

    private void start(final int size) {
        cluster = new TestCluster(size, options, fullView);
        assertTrue(cluster.runUntil(this::isConnected), this::views);
    }

    private List<TestNode> alive() {
        return cluster.nodes.stream().filter(node -> node != null).toList();
    }

    private TestNode named(final NodeId id) {
        return alive().stream().filter(node -> node.id.equals(id)).findFirst().orElse(null);
    }

    /** One overlay over links that are up, of symmetric views, each of at most five. */
    private boolean isConnected() {
        final List<TestNode> alive = alive();
        final Set<NodeId> reached = new HashSet<>();
        final Queue<TestNode> queue = new ArrayDeque<>();
        reached.add(alive.get(0).id);
        queue.add(alive.get(0));
        while (!queue.isEmpty()) {
            final TestNode node = queue.remove();
            final Set<NodeId> neighbours = node.agent.inspection().connectedPeers();
            if (neighbours.size() > MAX_NEIGHBOURS ||
                fullView == null && neighbours.size() != node.memberIds().size() - 1) {
                return false;
            }
            for (final NodeId neighbour : neighbours) {
                final TestNode other = named(neighbour);
                if (other == null || !other.agent.inspection().connectedPeers().contains(node.id)) {
                    return false;
                }
                if (reached.add(neighbour)) {
                    queue.add(other);
                }
            }
        }
        return reached.size() == alive.size();
    }

    private String views() {
        final StringBuilder views = new StringBuilder();
        alive().forEach(node -> views.append(node.id).append(": up ").append(node.agent.inspection().connectedPeers())
            .append(" of ").append(node.memberIds()).append('\n'));
        return views.toString();
    }

    private static boolean has(final TestNode node, final String text) {
        return node.log().delivered.contains(text);
    }

    private void assertEverybodyGets(final String what) {
        final List<String> texts = new ArrayList<>();
        for (final TestNode node : alive()) {
            texts.add(what + " of " + node.id);
            assertTrue(cluster.runUntil(() -> node.broadcast(what + " of " + node.id) > 0));
        }
        assertTrue(cluster.runUntil(() -> alive().stream().allMatch(node -> texts.stream()
            .filter(text -> !text.endsWith(" of " + node.id)).allMatch(text -> has(node, text)))), () -> views());
    }

    private void assertNoErrors() {
        alive().forEach(node -> assertEquals(List.of(), node.errors));
    }

    @Test
    void shouldConnectThroughOneContact() {
        start(20);
        assertEverybodyGets("hello");
        assertNoErrors();
        for (final TestNode node : alive()) {
            assertEquals(0, node.count(EngineCounter.FRAMES_MALFORMED));
            assertEquals(0, node.count(EngineCounter.OVERLAY_DROPPED));
        }
    }

    @Test
    void shouldMendItselfWhenAThirdIsKilledTheContactAmongThem() {
        start(15);
        assertEverybodyGets("before");
        for (int i = 0; i < 5; i++) {
            cluster.kill(i * 3);
        }
        alive().forEach(node -> node.broadcast("at once of " + node.id));
        assertTrue(cluster.runUntil(this::isConnected), this::views);
        assertTrue(cluster.runUntil(() -> alive().stream().allMatch(node -> alive().stream()
            .allMatch(other -> other == node || has(node, "at once of " + other.id)))), this::views);
        for (int i = 0; i < 5; i++) {
            cluster.restart(i * 3, 2);
        }
        assertTrue(cluster.runUntil(this::isConnected), this::views);
        assertEverybodyGets("after");
        assertNoErrors();
    }

    @Test
    void shouldTakeARestartedNodeForANewOneHoweverQuickItWas() {
        start(6);
        for (int incarnation = 2; incarnation < 5; incarnation++) {
            cluster.restart(3, incarnation);
            cluster.run(3_000);
            assertTrue(cluster.runUntil(this::isConnected), this::views);
            assertEverybodyGets("run " + incarnation);
        }
        assertNoErrors();
    }

    @Test
    void shouldKnitTogetherAgainAfterAPartition() {
        start(10);
        setCut(5, true);
        cluster.run(30_000);
        assertFalse(isConnected());
        cluster.node(0).broadcast("left");
        cluster.node(9).broadcast("right");
        setCut(5, false);
        assertTrue(cluster.runUntil(this::isConnected), this::views);
        assertEverybodyGets("whole");
    }

    private void setCut(final int middle, final boolean isCut) {
        for (int i = 0; i < middle; i++) {
            for (int j = middle; j < cluster.nodes.size(); j++) {
                cluster.cut(i, j, isCut);
            }
        }
    }

    @Test
    void shouldTellItsNeighboursWhenItLeaves() {
        start(8);
        final TestNode leaving = cluster.node(3);
        final Set<NodeId> neighbours = leaving.agent.inspection().connectedPeers();
        // The others go on, as processes of their own would, while it waits for them.
        leaving.transport.onWork = this::cycleOthers;
        leaving.agent.onClose();
        cluster.nodes.set(3, null);
        for (final NodeId neighbour : neighbours) {
            assertFalse(named(neighbour).memberIds().contains(leaving.id), () -> neighbour + " keeps it");
            final List<String> events = named(neighbour).peerEvents;
            // Whichever of the two is heard first: that it leaves the overlay, or that it closes the link.
            assertTrue(events.contains(leaving.id + " down REMOVED") || events.contains(leaving.id + " down GOODBYE"),
                () -> neighbour + " has seen " + events);
        }
        assertTrue(cluster.runUntil(this::isConnected), this::views);
        cluster.run(20_000);
        alive().forEach(node -> assertFalse(node.memberIds().contains(leaving.id)));
        assertNoErrors();
    }

    private void cycleOthers() {
        cluster.nowNs += TestNode.MS;
        for (final TestNode node : alive()) {
            if (node != cluster.node(3)) {
                node.agent.doWork(cluster.nowNs);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void shouldReplaceANeighbourThatTakesThingsInTooSlowly(final int which) {
        start(8);
        final TestNode root = cluster.node(0);
        final List<NodeId> neighbours = root.agent.inspection().connectedPeers().stream().sorted().toList();
        final NodeId slow = neighbours.get(Math.min(which, neighbours.size() - 1));
        final int index = cluster.nodes.indexOf(named(slow));
        final TestNode slowNode = cluster.nodes.set(index, null);
        for (int ms = 0; root.count("hyparview.neighbors.slow") == 0; ms++) {
            assertTrue(ms < 20_000, () -> slow + " kept\n" + views() + root.counters.snapshot());
            for (int i = 0; i < 20; i++) {
                root.broadcast("x".repeat(2_000));
            }
            cluster.run(1);
            if (ms % 300 == 0) {
                slowNode.agent.doWork(cluster.nowNs);
            }
        }
        cluster.nodes.set(index, slowNode);
        assertTrue(cluster.runUntil(this::isConnected), this::views);
        assertEverybodyGets("after");
    }

    @Test
    void shouldLookForWhomTheFullViewMissesThoughItWasNoNeighbour() {
        fullView = new FullViewOptions().refreshPeriodNs(200 * TestNode.MS).expiryNs(1_000 * TestNode.MS);
        start(12);
        assertTrue(cluster.runUntil(() -> alive().stream().allMatch(node -> node.memberIds().size() == 12)));
        final TestNode gone = cluster.node(7);
        final List<TestNode> distant = alive().stream()
            .filter(node -> node != gone && !node.agent.inspection().connectedPeers().contains(gone.id)).toList();
        cluster.kill(7);
        assertTrue(cluster.runUntil(() -> alive().stream().allMatch(node -> node.memberIds().size() == 11)));
        cluster.run(200);
        assertTrue(distant.size() >= 6, "there are some: " + distant.size());
        distant.forEach(node -> assertTrue(node.count("hyparview.lost") > 0, () -> node.id + " looks for it"));
    }

    @Test
    void shouldDoWithoutANeighbourThatNoLinkCanBeMadeTo() {
        start(6);
        final TestNode a = cluster.node(0);
        final NodeDescriptor nowhere =
            new NodeDescriptor(NodeId.of("x"), MemoryTransport.UNREACHABLE + ":1", 1);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[OverlayFrameEncoder.MAX_LENGTH]);
        final int length =
            new OverlayFrameEncoder(NameHash.ofCluster("test"), nowhere).neighbor(frame, 1, true);
        cluster.hub.listen("memory:1").connect(a.transport.localEndpoint()).send(frame, 0, length, null, 0, 0);
        assertTrue(cluster.runUntil(() -> a.count(EngineCounter.OVERLAY_LINKS_FAILED) == 1));
        assertFalse(a.memberIds().contains(nowhere.id()));
        cluster.run(150);
        assertEquals(1, a.count("hyparview.neighbors.failed"), "at once");
        assertTrue(cluster.runUntil(this::isConnected), this::views);
        assertEverybodyGets("all the same");
        assertNoErrors();
    }

    @Test
    void shouldKeepANeighbourThatHasLostSightOfItForAMoment() {
        start(6);
        cluster.run(2_000);
        final TestNode a = cluster.node(0);
        final TestNode b = named(a.agent.inspection().connectedPeers().stream().sorted().toList().get(0));
        final Greeting late = new Greeting(b.id, 1, true, b.transport.localEndpoint(), List.of(TestNode.HANDLER));
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[LinkFrameEncoder.greetingLength(late)]);
        new LinkFrameEncoder(NameHash.ofCluster("test"), b.id.value()).greeting(frame, 0, late);
        cluster.hub.pipe(b.transport.localEndpoint(), a.transport.localEndpoint())
            .send(frame, 0, frame.capacity(), null, 0, 0);
        cluster.run(100);
        assertEquals(1, a.count(EngineCounter.LINKS_RESET));
        assertEquals(0, a.count("hyparview.neighbors.failed"));
        assertTrue(a.agent.inspection().connectedPeers().contains(b.id));
    }

    @Test
    void shouldTellWhoGreetsAsANeighbourThatItIsNone() {
        start(6);
        final TestNode a = cluster.node(0);
        final NodeId stranger = NodeId.of("x");
        final MemoryTransport transport = cluster.hub.listen("memory:1");
        final Greeting greeting = new Greeting(stranger, 1, true, "memory:1", List.of(TestNode.HANDLER));
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[LinkFrameEncoder.greetingLength(greeting)]);
        new LinkFrameEncoder(NameHash.ofCluster("test"), stranger.value()).greeting(frame, 0, greeting);
        transport.connect(a.transport.localEndpoint()).send(frame, 0, frame.capacity(), null, 0, 0);
        cluster.run(100);
        final List<Integer> templates = new ArrayList<>();
        transport.poll((session, buffer, offset, length) -> templates.add((int) buffer.getShort(offset + 2)), 10);
        assertEquals(List.of(24), templates, "a Disconnect");
        assertFalse(a.memberIds().contains(stranger));
    }

    @Test
    void shouldTalkToNeighboursOverTheLinksThatThereAre() {
        start(4);
        cluster.run(10_000);
        final List<Long> links = alive().stream().map(node -> node.count("engine.queries.links")).toList();
        final long shuffles = cluster.node(1).count("hyparview.shuffles");
        cluster.run(60_000);
        assertTrue(cluster.node(1).count("hyparview.shuffles") >= shuffles + 6);
        assertEquals(links, alive().stream().map(node -> node.count("engine.queries.links")).toList());
    }

    @Test
    void shouldSayWhoHasItsName() {
        start(3);
        final TestNode twin = cluster.join(new Member(NodeId.of("a"), cluster.hub.nextEndpoint()), 7);
        assertTrue(cluster.runUntil(() -> !cluster.node(0).errors.isEmpty()));
        final String message = cluster.node(0).errors.get(0).getMessage();
        assertTrue(message.contains("'a'") && message.contains(twin.transport.localEndpoint()), message);
        assertTrue(cluster.node(0).count(EngineCounter.FRAMES_IMPOSTORS) > 0);
    }
}
