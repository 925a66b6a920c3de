package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.BroadcastResult;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.transport.SendResult;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.handlers.spi.MalformedMessageException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineAgentTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void shouldDeliverEverythingEverywhereOnce(final int size) {
        final TestCluster cluster = new TestCluster(size);
        assertTrue(cluster.runUntilAllUp());
        final List<List<String>> expected = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            expected.add(new ArrayList<>());
        }
        for (int message = 0; message < 50; message++) {
            final int root = message % size;
            final String text = "message " + message;
            assertTrue(cluster.node(root).broadcast(text) > 0);
            for (int i = 0; i < size; i++) {
                if (i != root) {
                    expected.get(i).add(text);
                }
            }
            cluster.run(3);
        }
        cluster.run(2_000);
        for (int i = 0; i < size; i++) {
            final List<String> delivered = new ArrayList<>(cluster.node(i).log().delivered);
            delivered.sort(null);
            expected.get(i).sort(null);
            assertEquals(expected.get(i), delivered, "node " + i);
            assertTrue(cluster.node(i).errors.isEmpty(), () -> "errors: " + cluster.nodes.get(0).errors);
        }
    }

    @Test
    void shouldReportPositionsThatTheEngineReaches() {
        final TestCluster cluster = new TestCluster(1);
        final TestNode a = cluster.node(0);
        final long first = a.broadcast("one");
        final long second = a.broadcast("two");
        assertTrue(first > 0 && second > first);
        assertEquals(0, a.ring.consumedPosition());
        cluster.cycle();
        assertEquals(second, a.ring.consumedPosition());
    }

    @Test
    void shouldSayGoodbyeThoughAnErrorHasEndedIt() {
        final TestCluster cluster = new TestCluster(2);
        assertTrue(cluster.runUntilAllUp());
        cluster.node(0).agent.onLoopError(new AgentTerminationException("on purpose"));
        cluster.nodes.set(0, null);
        cluster.run(100);
        final List<String> events = cluster.node(1).peerEvents;
        assertEquals("a down GOODBYE", events.get(events.size() - 1));
    }

    /** A thread may broadcast through many nodes, one after the other, and lives longer than they do. */
    @Test
    void shouldNotBeKeptByAThreadThatHasBroadcast() {
        final WeakReference<TestNode> gone = new WeakReference<>(broadcastOnce());
        final long startNs = System.nanoTime();
        while (gone.get() != null) {
            assertTrue(System.nanoTime() - startNs < TimeUnit.MINUTES.toNanos(1), "the node is still there");
            System.gc();
        }
    }

    private static TestNode broadcastOnce() {
        final TestCluster cluster = new TestCluster(2);
        assertTrue(cluster.runUntilAllUp());
        assertTrue(cluster.node(0).broadcast("one") > 0);
        cluster.run(100);
        return cluster.node(0);
    }

    @Test
    void shouldSayWhyABroadcastIsRefused() {
        final TestCluster cluster = new TestCluster(1);
        final TestNode a = cluster.node(0);
        final UnsafeBuffer data = new UnsafeBuffer(new byte[TestNode.MAX_MESSAGE_LENGTH]);
        assertEquals(BroadcastResult.UNKNOWN_HANDLER, a.broadcaster.broadcast("unknown", data, 0, 1));
        assertEquals(BroadcastResult.PAYLOAD_TOO_LONG,
            a.broadcaster.broadcast(TestNode.HANDLER, data, 0, TestNode.MAX_MESSAGE_LENGTH));
        assertThrows(IndexOutOfBoundsException.class,
            () -> a.broadcaster.broadcast(TestNode.HANDLER, data, 1, TestNode.MAX_MESSAGE_LENGTH));
        a.log().idLength = 65;
        assertEquals(BroadcastResult.ID_TOO_LONG, a.broadcast("x"));
        a.log().idLength = TestHandler.ID_LENGTH;
        assertEquals(2, a.count(EngineCounter.BROADCASTS_TOO_LONG));
        a.log().failing = "broadcastData";
        assertEquals(BroadcastResult.REJECTED, a.broadcast("x"));
        a.log().failing = "broadcastData.before";
        assertEquals(BroadcastResult.REJECTED, a.broadcast("x"));
        assertEquals(2, a.count("handler.log.failures"));
        assertEquals(2, a.count(EngineCounter.BROADCASTS_REJECTED));
        a.log().failing = null;
        long result = a.broadcast("x");
        while (result > 0) {
            result = a.broadcast("x");
        }
        assertEquals(BroadcastResult.BACK_PRESSURED, result);
        cluster.run(1_000);
        assertEquals(0, a.ring.size());
        assertTrue(a.broadcast("x") > 0);
        a.ring.close();
        assertEquals(BroadcastResult.CLOSED, a.broadcast("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "isStale", "graft", "doWork", "onBroadcast"})
    void shouldGoOnWhenAHandlerThrows(final String method) {
        final TestCluster cluster = new TestCluster(3);
        cluster.runUntilAllUp();
        for (int i = 0; i < 4; i++) {
            cluster.node(0).broadcast("settle " + i);
            cluster.run(1_000);
        }
        final List<PeerSets> before = trees(cluster);
        for (final TestNode node : cluster.nodes) {
            node.log().failing = method;
        }
        cluster.node(0).broadcast("lost on the way");
        cluster.run(500);
        final List<PeerSets> after = trees(cluster);
        for (int i = 0; i < before.size(); i++) {
            assertTrue(after.get(i).eager().containsAll(before.get(i).eager()), "a failing handler cuts no link");
        }
        assertTrue(cluster.nodes.stream().mapToInt(node -> node.errors.size()).sum() > 0 || !method.equals("merge"));
        for (final TestNode node : cluster.nodes) {
            node.log().failing = null;
            node.errors.forEach(error ->
                assertTrue(error.getMessage().startsWith("handler 'log' failed in " + method), error.getMessage()));
        }
        cluster.node(0).broadcast("afterwards");
        cluster.run(500);
        assertTrue(cluster.node(1).log().delivered.contains("afterwards"));
        assertTrue(cluster.node(2).log().delivered.contains("afterwards"));
    }

    @Test
    void shouldCountMalformedMessagesApart() {
        final TestCluster cluster = new TestCluster(2);
        cluster.runUntilAllUp();
        cluster.node(1).log().failing = "merge";
        cluster.node(1).log().failure = new MalformedMessageException("no message");
        cluster.node(0).broadcast("x");
        cluster.run(5);
        assertEquals(1, cluster.node(1).count("handler.log.malformed"));
        assertEquals(0, cluster.node(1).count("handler.log.failures"));
        assertEquals(1, cluster.node(1).errors.size());
    }

    @Test
    void shouldWaitForABlockedPeerAndServeItLazilyAfterTheBudget() {
        final TestCluster cluster = new TestCluster(2, 16 * 1024, TestHandler::new);
        cluster.runUntilAllUp();
        final TestNode a = cluster.node(0);
        cluster.pipe(0, 1).isFrozen = true;
        int taken = 0;
        final long startNs = cluster.nowNs;
        while (a.count(EngineCounter.BUDGETS_SPENT) == 0 && cluster.nowNs - startNs < 2_000 * TestNode.MS) {
            taken += a.broadcast("x".repeat(500)) > 0 ? 1 : 0;
            cluster.run(1);
        }
        assertTrue(a.count(EngineCounter.BROADCASTS_DELAYED) > 0, "it waited");
        assertEquals(1, a.count(EngineCounter.BUDGETS_SPENT));
        assertTrue(cluster.nowNs - startNs >= 200 * TestNode.MS);
        cluster.run(10);
        assertEquals(0, a.ring.size(), "others would go on at full speed");
        final long expected = taken;
        cluster.pipe(0, 1).isFrozen = false;
        assertTrue(cluster.runUntil(() -> cluster.node(1).log().delivered.size() == expected),
            () -> "delivered: " + cluster.node(1).log().delivered.size() + " of " + expected);
    }

    @Test
    void shouldLeaveFramesWithTheTransportWhileTheNextPeerIsBlocked() {
        final TestCluster cluster = new TestCluster(3, 16 * 1024, TestHandler::new);
        cluster.runUntilAllUp();
        cluster.node(0).broadcast("settle");
        cluster.run(500);
        final int relay = relayOf(cluster, NodeId.of("a"));
        final int leaf = 3 - relay;
        cluster.pipe(relay, leaf).isFrozen = true;
        for (int i = 0; i < 150; i++) {
            cluster.node(0).broadcast("x".repeat(200));
            cluster.run(1);
        }
        assertTrue(cluster.node(relay).count(EngineCounter.FRAMES_ABORTED) > 0);
        cluster.pipe(relay, leaf).isFrozen = false;
        // What the relay let pass meanwhile the leaf may get from elsewhere.
        assertTrue(cluster.runUntil(() -> cluster.node(leaf).log().delivered.size() >= 151
            && cluster.node(relay).log().delivered.size() >= 151));
    }

    @Test
    void shouldLoseNothingOnTheSurvivorsWhenARelayDies() {
        final TestCluster cluster = new TestCluster(5);
        cluster.runUntilAllUp();
        for (int i = 0; i < 100; i++) {
            cluster.node(0).broadcast("message " + i);
            cluster.run(2);
            if (i == 50) {
                cluster.kill(relayOf(cluster, NodeId.of("a")));
            }
        }
        assertTrue(cluster.runUntil(() -> cluster.nodes.stream().skip(1)
            .allMatch(node -> node == null || node.log().delivered.size() == 100)));
    }

    @Test
    void shouldAnswerQueries() throws ExecutionException, InterruptedException {
        final TestCluster cluster = new TestCluster(2);
        cluster.runUntilAllUp();
        final TestNode a = cluster.node(0);
        final CompletableFuture<Set<NodeId>> connected = a.agent.queries().ask(a.agent.inspection()::connectedPeers);
        final CompletableFuture<PeerSets> sets = a.agent.queries().ask(() -> a.agent.inspection().peerSets(a.id));
        final CompletableFuture<Object> failing = a.agent.queries().ask(() -> {
            throw new IllegalStateException("on purpose");
        });
        assertFalse(connected.isDone());
        cluster.cycle();
        assertEquals(Set.of(NodeId.of("b")), connected.orTimeout(60, TimeUnit.SECONDS).get());
        assertEquals(new PeerSets(Set.of(NodeId.of("b")), Set.of()), sets.orTimeout(60, TimeUnit.SECONDS).get());
        assertThrows(CompletionException.class, failing::join);
    }

    @Test
    void shouldRefuseQueriesBeyondTheBoundAndThoseLeftAtTheClose() {
        final TestCluster cluster = new TestCluster(1);
        final TestNode a = cluster.node(0);
        final List<CompletableFuture<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(a.agent.queries().ask(a.agent.inspection()::connectedPeers));
        }
        final CompletionException refused = assertThrows(
            CompletionException.class, a.agent.queries().ask(a.agent.inspection()::connectedPeers)::join);
        assertEquals(RejectedExecutionException.class, refused.getCause().getClass());
        assertTrue(refused.getCause().getMessage().contains("plumtree.query.queue.length (4)"));
        assertEquals(1, a.count(EngineCounter.QUERIES_REJECTED));

        a.agent.queries().close(null);
        waiting.add(a.agent.queries().ask(a.agent.inspection()::connectedPeers));
        for (final CompletableFuture<?> query : waiting) {
            final CompletionException closed = assertThrows(CompletionException.class, query::join);
            assertEquals(IllegalStateException.class, closed.getCause().getClass());
        }
    }

    @Test
    void shouldPushWhatWasTakenBeforeTheClose() {
        final TestCluster cluster = new TestCluster(2);
        cluster.runUntilAllUp();
        final TestNode a = cluster.node(0);
        for (int i = 0; i < 20; i++) {
            assertTrue(a.broadcast("message " + i) > 0);
        }
        a.agent.onClose();
        assertEquals(BroadcastResult.CLOSED, a.broadcast("too late"));
        assertTrue(a.transport.isClosed());
        assertEquals(List.of("onStart", "onClose"), a.log().calls);
        assertEquals(0, a.count(EngineCounter.BYTES_LEFT_AT_CLOSE));
        cluster.nodes.set(0, null);
        cluster.run(5);
        assertEquals(20, cluster.node(1).log().delivered.size());
        assertEquals(List.of("a up 1", "a down GOODBYE"), cluster.node(1).peerEvents);
    }

    /** A callback that closes the node meanwhile must not wait for itself. */
    @Test
    void shouldTakeWhoClosesItForTheEngine() {
        final TestCluster cluster = new TestCluster(2);
        cluster.runUntilAllUp();
        final TestNode a = cluster.node(0);
        assertTrue(a.broadcast("x") > 0);
        final List<Boolean> onEngine = new ArrayList<>();
        a.transport.onWork = () -> onEngine.add(a.agent.isOnEngineThread());
        a.agent.onClose();
        assertEquals(List.of(true), onEngine);
        assertFalse(a.agent.isOnEngineThread());
    }

    @Test
    void shouldSayGoodbyeToAPeerThatMakesRoomInTime() {
        // No time is left: what counts are the tries.
        final TestCluster cluster = new TestCluster(2, 16 * 1024, TestNode.engineOptions().closeTimeoutNs(0));
        final TestNode a = cluster.node(0);
        fillPipe(cluster);
        cluster.run(600);
        assertEquals(0, a.ring.size(), "the budget is spent");
        final UnsafeBuffer tiny = new UnsafeBuffer(new byte[1]);
        while (cluster.pipe(0, 1).send(tiny, 0, 1, null, 0, 0) == SendResult.ACCEPTED) {
            // No room is left, not even for a goodbye.
        }
        final int[] cycles = new int[1];
        a.transport.onWork = () -> {
            cluster.pipe(0, 1).isFrozen = ++cycles[0] < 10;
            cluster.node(1).agent.doWork(cluster.nowNs);
        };
        a.agent.onClose();
        assertTrue(cycles[0] >= 10);
        cluster.nodes.set(0, null);
        cluster.run(1);
        assertEquals(List.of("a up 1", "a down GOODBYE"), cluster.node(1).peerEvents);
    }

    @Test
    @Timeout(60)
    void shouldCloseWhenAPeerTakesNothing() {
        final TestCluster cluster = new TestCluster(2, 16 * 1024, TestHandler::new);
        final TestNode a = cluster.node(0);
        fillPipe(cluster);
        assertTrue(a.ring.size() > 0);
        // The close timeout is 200 ms; without it this would never end.
        a.agent.onClose();
        assertTrue(a.transport.isClosed());
    }

    @Test
    void shouldCloseInTimeWhenAClaimStaysOpenAndAHandlerThrows() {
        final TestCluster cluster = new TestCluster(1);
        final TestNode a = cluster.node(0);
        assertTrue(a.log().context.newClaim().tryClaim(8, 8) > 0);
        a.log().failing = "onClose";
        a.agent.onClose();
        assertTrue(a.transport.isClosed());
        assertTrue(a.count(EngineCounter.BYTES_LEFT_AT_CLOSE) > 0);
        assertEquals(1, a.count("handler.log.failures"));
    }

    @Test
    void shouldTerminateAtTheNextCycleWhenToldSo() {
        final TestNode a = new TestCluster(1).node(0);
        assertFalse(a.agent.isOnEngineThread());
        a.agent.terminate();
        final AgentTerminationException ex = assertThrows(AgentTerminationException.class, a.agent::doWork);
        assertTrue(ex.isExpected());
        assertEquals(BroadcastResult.CLOSED, a.broadcast("x"));
    }

    @Test
    void shouldPushWhatWasTakenStepByStepOfWhoDrivesIt() {
        final TestCluster cluster = new TestCluster(2, 16 * 1024, TestHandler::new);
        final TestNode a = cluster.node(0);
        fillPipe(cluster);
        assertTrue(a.ring.size() > 0);
        final List<String> during = new ArrayList<>();
        a.transport.onWork = () -> during.add(a.agent.isOnEngineThread() ? "engine" : "elsewhere");
        a.agent.terminate();
        for (int ms = 0; ms < 10; ms++) {
            cluster.run(1);
        }
        assertEquals(Collections.nCopies(10, "engine"), during, "one duty cycle a step");
        assertFalse(a.agent.isOnEngineThread());
        assertFalse(a.transport.isClosed());
        assertEquals(List.of("onStart"), a.log().calls);
        cluster.pipe(0, 1).isFrozen = false;
        final AgentTerminationException ex =
            assertThrows(AgentTerminationException.class, () -> cluster.run(1_000));
        assertTrue(ex.isExpected());
        assertTrue(a.transport.isClosed());
        assertEquals(List.of("onStart", "onClose"), a.log().calls);
        assertEquals(0, a.count(EngineCounter.BYTES_LEFT_AT_CLOSE));
        assertThrows(AgentTerminationException.class, () -> a.agent.doWork(cluster.nowNs), "it stays closed");
        a.agent.onClose();
        assertEquals(List.of("onStart", "onClose"), a.log().calls);
        cluster.nodes.set(0, null);
        cluster.run(5);
        assertEquals(50, cluster.node(1).log().delivered.size());
        assertEquals(List.of("a up 1", "a down GOODBYE"), cluster.node(1).peerEvents);
        assertTrue(a.errors.isEmpty(), a.errors::toString);
    }

    @Test
    void shouldCloseInTimeStepByStepWhenAPeerTakesNothing() {
        final TestCluster cluster = new TestCluster(2, 16 * 1024, TestHandler::new);
        final TestNode a = cluster.node(0);
        fillPipe(cluster);
        a.agent.terminate();
        final long startNs = cluster.nowNs;
        assertThrows(AgentTerminationException.class, () -> cluster.run(1_000));
        assertEquals(startNs + 201 * TestNode.MS, cluster.nowNs, "the close timeout, from the first step on");
        assertTrue(a.transport.isClosed());
        assertTrue(a.count(EngineCounter.BYTES_LEFT_AT_CLOSE) > 0);
    }

    @Test
    void shouldCloseAtOnceInTheMiddleOfStepsWhenItsDriverIsInterrupted() {
        final TestCluster cluster = new TestCluster(2, 16 * 1024, TestHandler::new);
        final TestNode a = cluster.node(0);
        fillPipe(cluster);
        a.agent.terminate();
        a.agent.doWork(cluster.nowNs);
        assertFalse(a.transport.isClosed());
        Thread.currentThread().interrupt();
        assertThrows(AgentTerminationException.class, () -> a.agent.doWork(cluster.nowNs));
        assertTrue(Thread.interrupted(), "the interrupt is there for its owner");
        assertTrue(a.transport.isClosed());
    }

    @Test
    void shouldCloseTheRestWhenWhoDrivesItHasNoMoreTime() {
        final TestCluster cluster = new TestCluster(2, 16 * 1024, TestHandler::new);
        final TestNode a = cluster.node(0);
        fillPipe(cluster);
        a.agent.terminate();
        a.agent.doWork(cluster.nowNs);
        assertFalse(a.transport.isClosed());
        a.agent.onClose();
        assertTrue(a.transport.isClosed());
        assertEquals(List.of("onStart", "onClose"), a.log().calls);
    }

    @Test
    void shouldCopyTheProtocolsCounters() {
        final TestCluster cluster = new TestCluster(2);
        cluster.runUntilAllUp();
        cluster.node(0).broadcast("x");
        cluster.run(200);
        assertEquals(1, cluster.node(0).count("protocol.broadcasts"));
        assertEquals(1, cluster.node(1).count("protocol.deliveries"));
        assertNotNull(cluster.node(1).counters.snapshot().get("handler.log.failures"));
    }

    private static void fillPipe(final TestCluster cluster) {
        cluster.runUntilAllUp();
        cluster.pipe(0, 1).isFrozen = true;
        for (int i = 0; i < 50; i++) {
            cluster.node(0).broadcast("x".repeat(1_000));
            cluster.run(1);
        }
    }

    /** A node that pushes messages of the root on to another one. */
    private static int relayOf(final TestCluster cluster, final NodeId root) {
        for (int i = 1; i < cluster.nodes.size(); i++) {
            final PeerSets sets = cluster.node(i).agent.inspection().peerSets(root);
            if (sets.eager().stream().anyMatch(peer -> !peer.equals(root))) {
                return i;
            }
        }
        throw new AssertionError("no relay");
    }

    private static List<PeerSets> trees(final TestCluster cluster) {
        final List<PeerSets> trees = new ArrayList<>();
        for (final TestNode node : cluster.nodes) {
            trees.add(node.agent.inspection().peerSets(NodeId.of("a")));
        }
        return trees;
    }
}
