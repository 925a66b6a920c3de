package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.codec.OverlayFrameEncoder;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.protocol.membership.NodeDescriptor;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twelve nodes that one contact has brought together, and a stranger who speaks in others' names. */
class OverlayClaimsTest {
    private static final int SIZE = 12;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[OverlayFrameEncoder.MAX_LENGTH]);
    private TestCluster cluster;
    private MemoryTransport stranger;

    private void start() {
        cluster = new TestCluster(SIZE, new HyParViewOptions(), null);
        assertTrue(cluster.runUntil(this::isConnected), this::views);
        cluster.run(5_000);
        assertTrue(cluster.runUntil(this::isConnected), this::views);
        stranger = cluster.hub.listen("memory:1");
    }

    private boolean isConnected() {
        final Set<NodeId> reached = new HashSet<>(Set.of(cluster.node(0).id));
        for (int hops = 0; hops < SIZE; hops++) {
            for (final TestNode node : cluster.nodes) {
                if (reached.contains(node.id)) {
                    reached.addAll(node.agent.inspection().connectedPeers());
                }
            }
        }
        return reached.size() == cluster.nodes.size();
    }

    private String views() {
        final StringBuilder views = new StringBuilder();
        cluster.nodes.forEach(node -> views.append(node.id).append(": up ")
            .append(node.agent.inspection().connectedPeers())
            .append(' ').append(node.counters.snapshot()).append('\n'));
        return views.toString();
    }

    private long total(final String counter) {
        return cluster.nodes.stream().mapToLong(node -> node.count(counter)).sum();
    }

    private long linksDown() {
        return cluster.nodes.stream().mapToLong(node -> node.count(EngineCounter.LINKS_DOWN)).sum();
    }

    /** To one node, in another's name. */
    private void join(final NodeDescriptor as, final int to) {
        final int length = new OverlayFrameEncoder(NameHash.ofCluster("test"), as).join(frame, 1);
        stranger.connect(cluster.members.get(to).endpoint()).send(frame, 0, length, null, 0, 0);
    }

    private NodeDescriptor node(final int index, final long incarnation) {
        return new NodeDescriptor(
            cluster.members.get(index).id(), cluster.members.get(index).endpoint(), incarnation);
    }

    private void assertAllHearAllWithin(final String what, final long ms) {
        cluster.nodes.forEach(node -> assertTrue(node.broadcast(what + " of " + node.id) > 0));
        for (long i = 0; i < ms && !haveAll(what); i++) {
            cluster.run(1);
        }
        assertTrue(haveAll(what), this::views);
    }

    private boolean haveAll(final String what) {
        return cluster.nodes.stream().allMatch(node -> cluster.nodes.stream()
            .allMatch(other -> other == node || node.log().delivered.contains(what + " of " + other.id)));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 1, NodeDescriptor.MAX_INCARNATION, 1_000})
    void shouldStayWholeThoughEveryNameIsUsedInALaterIncarnation(final long incarnation) {
        start();
        for (int to = 0; to < SIZE; to++) {
            for (int as = 0; as < SIZE; as++) {
                if (as != to) {
                    join(node(as, incarnation), to);
                }
            }
        }
        cluster.run(5_000);
        assertTrue(isConnected(), this::views);
        assertAllHearAllWithin("after", 1_000);

        // Those that start again are taken for what they are, whatever has been claimed.
        for (int i = 0; i < SIZE; i += 3) {
            cluster.restart(i, 2);
        }
        cluster.run(5_000);
        assertTrue(isConnected(), this::views);
        assertAllHearAllWithin("restarted", 1_000);
    }

    @Test
    void shouldKeepItsLinksThoughOneJoinANodeComesInAnothersNameInARunThatCannotBe() {
        start();
        final long downs = linksDown();
        for (int to = 0; to < SIZE; to++) {
            join(node((to + 1) % SIZE, Long.MAX_VALUE - 1), to);
        }
        cluster.run(5_000);
        assertEquals(downs, linksDown());
        assertEquals(SIZE, cluster.nodes.stream().mapToLong(node -> node.count(EngineCounter.FRAMES_MALFORMED)).sum());
        assertAllHearAllWithin("after", 1_000);
    }

    @Test
    void shouldLoseNothingThoughOneJoinANodeComesInAnothersName() {
        start();
        for (int to = 0; to < SIZE; to++) {
            join(node((to + 1) % SIZE, NodeDescriptor.MAX_INCARNATION), to);
        }
        for (int i = 0; i < 50; i++) {
            assertAllHearAllWithin("during " + i, 1_000);
            cluster.run(50);
        }
        assertTrue(isConnected(), this::views);
    }

    @Test
    void shouldTakeARestartedNeighbourInAtOnce() {
        start();
        cluster.restart(3, 2);
        final TestNode restarted = cluster.node(3);
        for (int ms = 0; ms < 300 && restarted.agent.inspection().connectedPeers().isEmpty(); ms++) {
            cluster.run(1);
        }
        assertTrue(!restarted.agent.inspection().connectedPeers().isEmpty(), this::views);
        cluster.run(5_000);
        assertEquals(0, total("hyparview.claims.refuted"));
    }

    @Test
    void shouldKeepItsNeighboursThoughMadeUpNodesJoin() {
        start();
        final long downs = linksDown();
        final long evicted = total("hyparview.neighbors.evicted");
        for (int i = 0; i < 200; i++) {
            for (int to = 0; to < SIZE; to++) {
                join(new NodeDescriptor(NodeId.of("fake" + i + "-" + to), "memory:" + (20_000 + i), 1), to);
            }
            cluster.run(25);
            if (i % 20 == 0) {
                assertAllHearAllWithin("during " + i, 100);
            }
        }
        assertEquals(downs, linksDown());
        assertEquals(evicted, total("hyparview.neighbors.evicted"));
        cluster.run(5_000);
        assertTrue(isConnected(), this::views);
        cluster.nodes.forEach(node -> assertTrue(
            node.memberIds().stream().noneMatch(id -> id.name().startsWith("fake")), () -> "" + node.memberIds()));
        assertAllHearAllWithin("after", 1_000);
    }

    @Test
    void shouldLetARealNodeInWhileMadeUpNodesJoin() {
        start();
        cluster.kill(4);
        cluster.nodes.remove(4);
        cluster.members.remove(4);
        cluster.run(2_000);
        for (int i = 0; i < 200; i++) {
            for (int to = 0; to < cluster.nodes.size(); to++) {
                join(new NodeDescriptor(NodeId.of("fake" + i + "-" + to), "memory:" + (20_000 + i), 1), to);
            }
            if (i == 20) {
                cluster.join("new");
            }
            cluster.run(25);
        }
        cluster.run(2_000);
        assertTrue(isConnected(), this::views);
        assertAllHearAllWithin("after", 1_000);
    }

    @Test
    void shouldSayOnceInAMinuteWhatItHasRefused() {
        start();
        final int to = 0;
        final NodeId neighbour = cluster.node(to).agent.inspection().connectedPeers().stream().sorted().toList().get(0);
        final int as = List.copyOf(cluster.members).stream().map(member -> member.id()).toList().indexOf(neighbour);
        for (int i = 0; i < 50; i++) {
            join(node(as, 100 + i), to);
            cluster.run(100);
        }
        final List<Throwable> errors = List.copyOf(cluster.node(to).errors);
        assertEquals(1, errors.size(), () -> "" + errors);
        assertTrue(errors.get(0).getMessage().contains("'a' has refused 1 membership messages"),
            () -> errors.get(0).getMessage());
        assertTrue(cluster.node(to).count("hyparview.claims.refuted") >= 4);
        assertTrue(cluster.node(to).agent.inspection().connectedPeers().contains(neighbour));
    }

    /** A clock that was a day ahead, and is right again after a crash. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeHeardAndHearAfterItsClockWasADayAhead(final boolean isOverlay) {
        final long day = 86_400_000L;
        cluster = new TestCluster(4, isOverlay ? new HyParViewOptions() : null, null);
        assertTrue(cluster.runUntilAllUp());
        cluster.restart(1, 1_000 + day);
        assertTrue(cluster.runUntilAllUp());
        cluster.run(5_000);
        cluster.restart(1, 2_000);
        cluster.run(3_000);
        assertAllHearAllWithin("right", 1_000);
    }

    /** As after a forged message: no run can go above the one that is known. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeLetInThoughItCannotGoAboveWhatIsKnown(final boolean isOverlay) {
        cluster = new TestCluster(4, isOverlay ? new HyParViewOptions() : null, null);
        assertTrue(cluster.runUntilAllUp());
        cluster.restart(1, NodeDescriptor.MAX_INCARNATION);
        assertTrue(cluster.runUntilAllUp());
        cluster.run(5_000);
        cluster.restart(1, 2_000);
        cluster.run(isOverlay ? 4_000 : 10_000);
        assertAllHearAllWithin("right", 1_000);
    }
}
