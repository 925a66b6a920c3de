package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.engine.codec.IncarnationFrameEncoder;
import io.plumtree.engine.codec.KnownIncarnation;
import io.plumtree.engine.codec.LinkFrameEncoder;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.settings.Incarnation;
import io.plumtree.engine.view.FullView;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are set back between two runs, and names that are used twice. */
class IncarnationClusterTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final NodeId NAME_OF_B = NodeId.of("b");

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[IncarnationFrameEncoder.MAX_LENGTH]);
    private TestCluster cluster;

    private void start(final boolean isOverlay) {
        start(isOverlay ? new HyParViewOptions() : null, null);
    }

    private void start(final HyParViewOptions hyParView, final FullViewOptions fullView) {
        cluster = new TestCluster(
            3, 64 * 1024, TestHandler::new, () -> Map.of(RunsHandler.NAME, new RunsHandler()),
            new ExchangeOptions(), hyParView, fullView, TestNode.engineOptions());
        assertTrue(cluster.runUntilAllUp());
    }

    private static RunsHandler runs(final TestNode node) {
        return (RunsHandler) node.registry.byName(RunsHandler.NAME).handler();
    }

    private TestNode b() {
        return cluster.node(B);
    }

    private boolean hasAll(final String... texts) {
        return runs(cluster.node(A)).delivered.containsAll(List.of(texts)) &&
            runs(cluster.node(C)).delivered.containsAll(List.of(texts));
    }

    private void assertNoErrors() {
        cluster.nodes.forEach(node -> assertEquals(List.of(), node.errors));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldComeUpAboveTheRunThatItsPeersKnow(final boolean isOverlay) {
        start(isOverlay);
        cluster.restart(B, 50);
        assertTrue(cluster.runUntilAllUp());
        cluster.kill(B);
        cluster.run(2_000);
        cluster.restart(B, 40);
        cluster.run(3_000);

        assertEquals(2, b().agent.inspection().connectedPeers().size());
        assertEquals(51, b().incarnation.get());
        assertEquals(1, b().count(EngineCounter.INCARNATIONS_RAISED));
        final List<String> events = cluster.node(A).peerEvents;
        assertTrue(events.contains("b up 51"), () -> "" + events);
        assertFalse(events.contains("b up 40"), () -> "" + events);
        assertNoErrors();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldComeUpAboveItsLastRunThoughNobodyHasMissedItYet(final boolean isOverlay) {
        start(isOverlay);
        cluster.restart(B, 50);
        assertTrue(cluster.runUntilAllUp());
        cluster.run(200);
        cluster.restart(B, 40);
        cluster.run(3_000);

        assertEquals(51, b().incarnation.get());
        assertEquals(2, b().agent.inspection().connectedPeers().size());
        assertNoErrors();
    }

    /** Somebody has made runs up until the node could not go above them any more. */
    @Test
    void shouldComeUpAgainSoonThoughALaterRunHasBeenHeardOfThatItCannotGoAbove() {
        start(false);
        for (long run = 1; run <= Incarnation.MAX_RAISES + 1; run++) {
            runs(cluster.node(C)).latest.put(NAME_OF_B.value(), 1_000 * run);
            cluster.run(1_000);
        }
        assertTrue(b().incarnation.get() < 1_000 * (Incarnation.MAX_RAISES + 1), "it has gone above all it may");
        cluster.cut(B, C, true);
        cluster.run(1_500);
        cluster.cut(B, C, false);
        cluster.run(1_500);
        assertEquals(2, b().agent.inspection().connectedPeers().size());
        assertEquals(2, cluster.node(C).agent.inspection().connectedPeers().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeHeardByAHandlerThatKnowsALaterRun(final boolean isOverlay) {
        start(isOverlay);
        cluster.kill(B);
        cluster.run(2_000);
        // Links and views know run 1; this handler alone knows another one.
        runs(cluster.node(C)).latest.put(NAME_OF_B.value(), 90L);
        cluster.restart(B, 2);
        assertTrue(cluster.runUntilAllUp());
        for (int i = 0; i < 5; i++) {
            assertTrue(b().broadcast(RunsHandler.NAME, "m" + i) > 0);
            cluster.run(300);
        }

        assertEquals(91, b().incarnation.get());
        assertTrue(hasAll("m0", "m1", "m2", "m3", "m4"), () -> "" + runs(cluster.node(C)).delivered);
        assertNoErrors();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBroadcastAgainWhatNobodyHasSeen(final boolean isOverlay) {
        start(isOverlay);
        cluster.kill(B);
        cluster.run(2_000);
        runs(cluster.node(A)).latest.put(NAME_OF_B.value(), 90L);
        runs(cluster.node(C)).latest.put(NAME_OF_B.value(), 90L);
        cluster.cut(A, B, true);
        cluster.cut(C, B, true);
        cluster.restart(B, 2);
        for (int i = 0; i < 3; i++) {
            assertTrue(b().broadcast(RunsHandler.NAME, "m" + i) > 0);
            cluster.run(100);
        }
        cluster.cut(A, B, false);
        cluster.cut(C, B, false);
        assertTrue(cluster.runUntilAllUp());
        assertTrue(cluster.runUntil(() -> hasAll("m0", "m1", "m2")));

        assertEquals(91, b().incarnation.get());
        assertEquals(List.of("m0", "m1", "m2"), runs(cluster.node(A)).delivered);
        assertEquals(List.of("m0", "m1", "m2"), runs(cluster.node(C)).delivered);
        assertNoErrors();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepItsLinksWhenItIsToldLate(final boolean isOverlay) {
        start(isOverlay);
        cluster.run(2_000);
        runs(cluster.node(C)).latest.put(NAME_OF_B.value(), 90L);
        final long downs = cluster.node(A).count(EngineCounter.LINKS_DOWN) +
            cluster.node(C).count(EngineCounter.LINKS_DOWN) + b().count(EngineCounter.LINKS_DOWN);
        cluster.run(2_000);
        assertEquals(91, b().incarnation.get());
        assertTrue(b().broadcast(RunsHandler.NAME, "late") > 0);
        assertTrue(cluster.runUntil(() -> hasAll("late")));
        cluster.run(5_000);

        assertTrue(cluster.runUntilAllUp());
        assertEquals(downs, cluster.node(A).count(EngineCounter.LINKS_DOWN) +
            cluster.node(C).count(EngineCounter.LINKS_DOWN) + b().count(EngineCounter.LINKS_DOWN));
        assertNoErrors();
    }

    @Test
    void shouldBeAMemberOfTheFullViewAboveItsEarlierRun() {
        start(new HyParViewOptions(), new FullViewOptions()
            .refreshPeriodNs(SECOND_NS).expiryNs(4 * SECOND_NS).tombstoneTimeNs(60 * SECOND_NS).conclude());
        cluster.restart(B, 50);
        assertTrue(cluster.runUntilAllUp());
        assertTrue(cluster.runUntil(() -> isMember(50)));
        cluster.kill(B);
        cluster.run(6_000);
        assertFalse(cluster.node(A).memberIds().contains(NAME_OF_B));
        cluster.restart(B, 40);
        cluster.run(4_000);

        assertTrue(isMember(51), () -> cluster.node(A).memberIds() + " " + b().incarnation.get());
        assertNoErrors();
    }

    private boolean isMember(final long incarnation) {
        return List.of(cluster.node(A), cluster.node(C)).stream().allMatch(node ->
            node.memberIds().contains(NAME_OF_B) && ((FullView) node.registry.byName(FullView.NAME).handler())
                .incarnation(NAME_OF_B.value()) == incarnation);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellHandlersTheRunThatANodeItselfHasTold(final boolean isOverlay) {
        start(isOverlay);
        final TestNode a = cluster.node(A);
        final HandlerContext context = ((TestHandler) a.handler).context;
        assertEquals(1, context.confirmedIncarnation(a.id.value()));
        assertEquals(1, context.confirmedIncarnation(NAME_OF_B.value()));
        assertEquals(0, context.confirmedIncarnation(NodeId.of("x").value()));
        assertTrue(context.isMember(a.id.value()) && context.isMember(NAME_OF_B.value()));
        assertFalse(context.isMember(NodeId.of("x").value()));
        cluster.restart(B, 50);
        assertTrue(cluster.runUntil(() -> context.confirmedIncarnation(NAME_OF_B.value()) == 50));
    }

    @Test
    void shouldTellHandlersWhoIsAMemberOfTheFullView() {
        start(new HyParViewOptions(), new FullViewOptions()
            .refreshPeriodNs(SECOND_NS).expiryNs(4 * SECOND_NS).tombstoneTimeNs(60 * SECOND_NS).conclude());
        final HandlerContext context = ((TestHandler) cluster.node(A).handler).context;
        assertTrue(cluster.runUntil(() -> isMember(1)));
        assertTrue(context.isMember(NAME_OF_B.value()));
        cluster.kill(B);
        assertTrue(cluster.runUntil(() -> !context.isMember(NAME_OF_B.value())));
        assertEquals(1, context.confirmedIncarnation(NAME_OF_B.value()), "it is gone, and known still");
    }

    @Test
    void shouldBelieveWhatOthersKnowWithinBoundsOnly() {
        start(false);
        tell(Long.MAX_VALUE - 1);
        assertEquals(1, b().incarnation.get());
        for (int i = 0; i < 20; i++) {
            tell(b().incarnation.get() + 1_000);
        }
        assertEquals(1 + Incarnation.MAX_RAISES * 1_001, b().incarnation.get());
        assertEquals(13, b().count(EngineCounter.INCARNATIONS_NOT_RAISED));
        cluster.run(60_000);
        tell(b().incarnation.get() + 1_000);
        assertEquals(1 + (Incarnation.MAX_RAISES + 1) * 1_001, b().incarnation.get());
        assertEquals(2, b().agent.inspection().connectedPeers().size());
    }

    private void tell(final long incarnation) {
        cluster.pipe(A, B).send(frame, 0, known(incarnation), null, 0, 0);
        cluster.run(10);
    }

    private int known(final long incarnation) {
        return new IncarnationFrameEncoder(NameHash.ofCluster("test"), NodeId.of("a").value())
            .known(frame, new KnownIncarnation(NAME_OF_B.value(), incarnation, false, "", 0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHeedStrangersOnlyAsLongAsItHasNoLinks(final boolean isOverlay) {
        start(isOverlay);
        final Link stranger = cluster.hub.listen("memory:1").connect(cluster.members.get(B).endpoint());
        stranger.send(frame, 0, known(90), null, 0, 0);
        cluster.run(100);
        assertEquals(1, b().incarnation.get());
        assertEquals(1, b().count(EngineCounter.INCARNATIONS_NOT_RAISED));

        cluster.kill(A);
        cluster.kill(C);
        cluster.run(2_000);
        assertEquals(Set.of(), b().agent.inspection().connectedPeers());
        stranger.send(frame, 0, known(90), null, 0, 0);
        cluster.run(100);
        assertEquals(91, b().incarnation.get());
    }

    /** It has links, and this one it has not: what it is told there answers its own greeting. */
    @Test
    void shouldHeedAtOnceWhomItHasGreeted() {
        start(false);
        final TestNode d = cluster.join("d");
        runs(d).latest.put(NAME_OF_B.value(), 90L);
        cluster.updateAll();
        cluster.run(300);
        assertEquals(91, b().incarnation.get());
        assertEquals(3, b().agent.inspection().connectedPeers().size());
        assertEquals(List.of("a up 1", "b up 91", "c up 1"), d.peerEvents.stream().sorted().toList());
    }

    /** The stranger's frames make it greet its peers in the cycle in which it is raised. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSayThatItIsRaisedBeforeAnythingElse(final boolean isOverlay) {
        start(isOverlay);
        cluster.run(2_000);
        final Link stranger = cluster.hub.listen("memory:1").connect(cluster.members.get(B).endpoint());
        final UnsafeBuffer heartbeat = new UnsafeBuffer(new byte[LinkFrameEncoder.HEARTBEAT_LENGTH]);
        for (final int peer : new int[] {A, C}) {
            new LinkFrameEncoder(NameHash.ofCluster("test"), cluster.members.get(peer).id().value())
                .heartbeat(heartbeat, 0, 1);
            stranger.send(heartbeat, 0, heartbeat.capacity(), null, 0, 0);
        }
        tell(90);
        assertEquals(91, b().incarnation.get());
        assertEquals(2, b().count(EngineCounter.FRAMES_OTHER_SESSION));
        cluster.run(5_000);
        for (final TestNode node : cluster.nodes) {
            assertEquals(0, node.count(EngineCounter.LINKS_DOWN), () -> node.id + " " + node.counters.snapshot());
            assertEquals(2, node.agent.inspection().connectedPeers().size());
        }
        assertTrue(b().broadcast(RunsHandler.NAME, "after") > 0);
        assertTrue(cluster.runUntil(() -> hasAll("after")));
    }

    /** There is no room for it at once: what comes later waits for it. */
    @Test
    void shouldSayThatItIsRaisedBeforeAnythingElseThoughThereWasNoRoom() {
        start(false);
        cluster.run(2_000);
        final MemoryPipe pipe = cluster.pipe(B, C);
        pipe.isFrozen = true;
        final UnsafeBuffer filler = new UnsafeBuffer(new byte[8]);
        while (pipe.send(filler, 0, filler.capacity(), null, 0, 0) == SendResult.ACCEPTED) {
            Thread.onSpinWait();
        }
        tell(90);
        tell(95);
        assertEquals(96, b().incarnation.get());
        // There is room, and before the link is looked at a stranger has it greeted.
        pipe.isFrozen = false;
        while (pipe.size() > 0) {
            cluster.node(C).agent.doWork(cluster.nowNs);
        }
        final UnsafeBuffer heartbeat = new UnsafeBuffer(new byte[LinkFrameEncoder.HEARTBEAT_LENGTH]);
        new LinkFrameEncoder(NameHash.ofCluster("test"), cluster.members.get(C).id().value())
            .heartbeat(heartbeat, 0, 1);
        cluster.hub.listen("memory:1").connect(cluster.members.get(B).endpoint())
            .send(heartbeat, 0, heartbeat.capacity(), null, 0, 0);
        b().agent.doWork(cluster.nowNs);
        assertTrue(pipe.size() > 0, "it is greeted");
        cluster.run(5_000);
        assertEquals(0, cluster.node(C).count(EngineCounter.LINKS_DOWN));
        assertEquals(0, b().count(EngineCounter.LINKS_DOWN));
        assertEquals(96, ((TestHandler) cluster.node(C).handler).context.confirmedIncarnation(NAME_OF_B.value()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndTheSecondNodeOfANameAndTellBoth(final boolean isOverlay) {
        for (final long incarnation : new long[] {70, 1}) {
            start(isOverlay);
            cluster.restart(B, 20);
            assertTrue(cluster.runUntilAllUp());
            cluster.run(2_000);
            final long downs = b().count(EngineCounter.LINKS_DOWN);
            final TestNode twin = cluster.twin(B, incarnation);
            final AgentTerminationException end = runUntilItEnds(twin, 10_000);

            final String first = cluster.members.get(B).endpoint();
            final String second = twin.transport.localEndpoint();
            assertEquals("node 'b' at " + second + " ends: its name is in use by the node at " + first +
                ", which was there first", end.getCause().getMessage());
            assertEquals("node 'b' has ended: " + end.getCause().getMessage(), twin.errors.remove(1).getMessage());
            assertTold(twin, first);
            assertTold(b(), second);
            assertEquals(downs, b().count(EngineCounter.LINKS_DOWN));
            assertEquals(2, b().agent.inspection().connectedPeers().size());
            assertEquals(20, b().incarnation.get());
        }
    }

    private static void assertTold(final TestNode node, final String other) {
        assertEquals(1, node.errors.size(), () -> "" + node.errors);
        final String message = node.errors.get(0).getMessage();
        assertTrue(message.contains("another node, at " + other + ", has this node's name too: 'b'"), message);
    }

    private AgentTerminationException runUntilItEnds(final TestNode twin, final int ms) {
        for (int i = 0; i < ms; i++) {
            cluster.run(1);
            try {
                twin.agent.doWork(cluster.nowNs);
            } catch (final AgentTerminationException ex) {
                twin.transport.close();
                return ex;
            }
        }
        throw new AssertionError("still there: " + twin.errors + ", up " + twin.agent.inspection().connectedPeers());
    }

    @ParameterizedTest
    @ValueSource(longs = {70, 10})
    void shouldNotTakeARunThatWasJustKilledForAnotherNode(final long incarnation) {
        start(true);
        cluster.restart(B, 20);
        assertTrue(cluster.runUntilAllUp());
        cluster.run(2_000);
        cluster.kill(B);
        final Member elsewhere = new Member(NAME_OF_B, cluster.hub.nextEndpoint());
        cluster.members.set(B, elsewhere);
        cluster.restart(B, incarnation);

        assertTrue(cluster.runUntilAllUp());
        assertEquals(incarnation == 70 ? 70 : 21, b().incarnation.get());
        cluster.run(5_000);
        assertEquals(2, b().agent.inspection().connectedPeers().size());
        assertNoErrors();
    }
}
