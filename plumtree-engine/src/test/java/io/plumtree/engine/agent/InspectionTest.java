package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.MembersView;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.TreeView;
import io.plumtree.engine.codec.ExchangeFrameEncoder;
import io.plumtree.engine.codec.GossipFrameEncoder;
import io.plumtree.engine.codec.LinkFrameEncoder;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.codec.Query;
import io.plumtree.engine.codec.QueryFrameEncoder;
import io.plumtree.engine.codec.QueryType;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.query.Question;
import io.plumtree.engine.query.TreeReading;
import io.plumtree.engine.view.NeighboursAlone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Nodes that ask each other, and an inspector that asks them, in memory and on the test's time. */
class InspectionTest {
    private static final long TIMEOUT_NS = 500 * TestNode.MS;
    private static final long CLUSTER = NameHash.ofCluster("test");

    private final TestCluster cluster = new TestCluster(5);
    private final EngineCounters inspectorCounters = new EngineCounters();
    private final MemoryTransport inspectorTransport = cluster.hub.listen(cluster.hub.nextEndpoint());
    private final InspectorAgent inspector = new InspectorAgent(
        NodeId.of("inspector"), CLUSTER, inspectorTransport, cluster.queries, 4, inspectorCounters,
        new ErrorReporter(NodeId.of("inspector"), error -> {
            throw new AssertionError(error);
        }, inspectorCounters, cluster.clock), cluster.clock);

    private NodeId id(final int index) {
        return cluster.members.get(index).id();
    }

    private void run(final long ms) {
        for (long i = 0; i < ms; i++) {
            cluster.run(1);
            inspector.doWork(cluster.nowNs);
        }
    }

    private <T, R> CompletableFuture<R> ask(final int from, final int to, final Question<T, R> question) {
        final CompletableFuture<R> answer = new CompletableFuture<>();
        cluster.node(from).agent.inspection().ask(Map.of(id(to), answer), question, TIMEOUT_NS);
        return answer;
    }

    private <T, R> CompletableFuture<R> askFromOutside(final int to, final Question<T, R> question) {
        final CompletableFuture<R> answer = new CompletableFuture<>();
        inspector.ask(cluster.members.get(to).endpoint(), null, question, TIMEOUT_NS, answer);
        return answer;
    }

    private CompletableFuture<TreeView> tree(final int from, final int root) {
        final Map<NodeId, CompletableFuture<PeerSets>> answers = new HashMap<>();
        cluster.members.forEach(member -> answers.put(member.id(), new CompletableFuture<>()));
        final CompletableFuture<TreeView> tree = new CompletableFuture<>();
        TreeReading.read(id(root), answers, tree);
        cluster.node(from).agent.inspection().ask(answers, Question.peers(id(root)), TIMEOUT_NS);
        return tree;
    }

    private static <R> R result(final CompletableFuture<R> answer) {
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static Throwable failure(final CompletableFuture<?> answer) {
        final CompletableFuture<?> inTime = answer.orTimeout(60, TimeUnit.SECONDS);
        return assertThrows(CompletionException.class, inTime::join).getCause();
    }

    private long total(final String label) {
        return cluster.nodes.stream().filter(node -> node != null).mapToLong(node -> node.count(label)).sum();
    }

    @Test
    void shouldTellAMemberItsPlaceInATree() {
        cluster.runUntilAllUp();
        cluster.node(2).broadcast("makes a tree");
        cluster.run(50);
        final CompletableFuture<PeerSets> answer = ask(0, 3, Question.peers(id(2)));
        run(20);
        assertEquals(cluster.node(3).agent.inspection().peerSets(id(2)), result(answer));
        assertFalse(result(answer).eager().isEmpty());
        assertEquals(1, cluster.node(0).count("engine.queries.asked"));
        assertEquals(1, cluster.node(3).count("engine.queries.answered"));
        assertEquals(0, total("engine.queries.links"), "members have links");
    }

    @Test
    void shouldAskItselfWithoutANetwork() {
        cluster.runUntilAllUp();
        final CompletableFuture<MembersView> answer = ask(0, 0, Question.members());
        assertEquals(cluster.members, result(answer).members());
        assertEquals(cluster.node(0).agent.inspection().connectedPeers(), result(answer).connected());
        assertEquals(0, cluster.node(0).count("engine.queries.asked"));
        assertEquals(List.of(), result(ask(0, 0, Question.exchanges())));
        assertEquals(cluster.node(0).agent.inspection().peerSets(id(1)), result(ask(0, 0, Question.peers(id(1)))));
    }

    @Test
    void shouldTellAStrangerOverALinkMadeForIt() {
        cluster.runUntilAllUp();
        final CompletableFuture<MembersView> answer = askFromOutside(1, Question.members());
        final CompletableFuture<PeerSets> peers = askFromOutside(1, Question.peers(id(0)));
        run(30);
        assertEquals(id(1), result(answer).node());
        assertEquals(cluster.members, result(answer).members());
        assertEquals(Set.of(id(0), id(2), id(3), id(4)), result(answer).connected());
        assertEquals(cluster.node(1).agent.inspection().peerSets(id(0)), result(peers));
        assertEquals(1, cluster.node(1).count("engine.queries.links"));
        assertEquals(0, total("engine.frames.dropped.strangers"));
        assertTrue(cluster.node(1).errors.isEmpty());
    }

    @Test
    void shouldRefuseAStrangerWhereThatIsWanted() {
        cluster.queries.remote(false);
        cluster.runUntilAllUp();
        final CompletableFuture<MembersView> answer = askFromOutside(1, Question.members());
        final CompletableFuture<MembersView> ofMember = ask(0, 1, Question.members());
        run(30);
        assertInstanceOf(PlumtreeException.class, failure(answer));
        assertEquals(cluster.members, result(ofMember).members());
        assertEquals(1, cluster.node(1).count("engine.queries.refused"));
    }

    @Test
    void shouldStillDropEverythingElseOfAStranger() {
        cluster.runUntilAllUp();
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[64]);
        final int length = new LinkFrameEncoder(CLUSTER, NodeId.of("inspector").value()).heartbeat(frame, 0, 1);
        sendFromOutside(frame, length);
        assertEquals(1, cluster.node(0).count(EngineCounter.FRAMES_STRANGERS));
    }

    @Test
    void shouldDropAQueryOfAnotherClusterOfAnImpostorAndWhatIsMalformed() {
        cluster.runUntilAllUp();
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[512]);
        final Query query = new Query(1, QueryType.MEMBERS.code(), 0, 500, inspectorTransport.localEndpoint());
        sendFromOutside(frame, new QueryFrameEncoder(NameHash.ofCluster("other"), 5).query(frame, 0, query));
        assertEquals(1, cluster.node(0).count(EngineCounter.FRAMES_FOREIGN));
        sendFromOutside(frame, new QueryFrameEncoder(CLUSTER, id(0).value()).query(frame, 0, query));
        assertEquals(1, cluster.node(0).count(EngineCounter.FRAMES_IMPOSTORS));
        sendFromOutside(frame, new QueryFrameEncoder(CLUSTER, 5).query(frame, 0, query) - 1);
        assertEquals(1, cluster.node(0).count(EngineCounter.FRAMES_MALFORMED));
        assertEquals(0, cluster.node(0).count("engine.queries.answered"));
        assertTrue(cluster.node(0).errors.isEmpty());
    }

    private void sendFromOutside(final UnsafeBuffer frame, final int length) {
        cluster.hub.pipe(inspectorTransport.localEndpoint(), cluster.members.get(0).endpoint())
            .send(frame, 0, length, null, 0, 0);
        cluster.run(1);
    }

    @Test
    void shouldRefuseWhateverIsSentToAnInspectorButQueriesAndAnswers() {
        cluster.runUntilAllUp();
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[512]);
        final long peer = id(0).value();
        sendToInspector(frame, new LinkFrameEncoder(CLUSTER, peer).heartbeat(frame, 0, 1));
        sendToInspector(frame, new GossipFrameEncoder(CLUSTER, peer).quench(frame, 0, peer, 1));
        sendToInspector(frame, new ExchangeFrameEncoder(CLUSTER, peer).open(frame, 0, 1, 1_000, 1));
        sendToInspector(frame, new QueryFrameEncoder(NameHash.ofCluster("other"), peer).refused(frame, 0, 1, 0));
        assertEquals(4, inspectorCounters.get(EngineCounter.FRAMES_STRANGERS).get());
        final Query query = new Query(1, QueryType.MEMBERS.code(), 0, 500, cluster.members.get(0).endpoint());
        sendToInspector(frame, new QueryFrameEncoder(CLUSTER, peer).query(frame, 0, query));
        assertEquals(5, inspectorCounters.get(EngineCounter.FRAMES_STRANGERS).get());
        assertEquals(1, inspectorCounters.get(EngineCounter.FRAMES).get());
        sendToInspector(frame, new QueryFrameEncoder(CLUSTER, peer).refused(frame, 0, 1, 0));
        assertEquals(2, inspectorCounters.get(EngineCounter.FRAMES).get());
        assertEquals(0, inspectorCounters.get(EngineCounter.FRAMES_FAILED).get());
    }

    private void sendToInspector(final UnsafeBuffer frame, final int length) {
        cluster.hub.pipe(cluster.members.get(0).endpoint(), inspectorTransport.localEndpoint())
            .send(frame, 0, length, null, 0, 0);
        inspector.doWork(cluster.nowNs);
    }

    @Test
    void shouldCountAnAnswerThatNobodyAskedFor() {
        cluster.runUntilAllUp();
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[512]);
        sendFromOutside(frame, new QueryFrameEncoder(CLUSTER, 5).refused(frame, 0, 1, 0));
        assertEquals(1, cluster.node(0).count("engine.queries.answers.unknown"));
    }

    @Test
    void shouldGiveUpOnANodeThatIsKilled() {
        cluster.runUntilAllUp();
        cluster.kill(3);
        final CompletableFuture<PeerSets> answer = ask(0, 3, Question.peers(id(0)));
        run(490);
        assertFalse(answer.isDone());
        run(20);
        assertInstanceOf(TimeoutException.class, failure(answer));
        assertEquals(1, cluster.node(0).count("engine.queries.timed.out"));
    }

    @Test
    void shouldWaitForAPeerWhoseLinkIsNotUpYet() {
        cluster.runUntilAllUp();
        cluster.cut(0, 1, true);
        cluster.run(20);
        final CompletableFuture<PeerSets> answer = ask(0, 1, Question.peers(id(0)));
        run(300);
        assertFalse(answer.isDone());
        cluster.cut(0, 1, false);
        run(100);
        result(answer);
    }

    @Test
    void shouldAnswerAMemberThatItHasNoWayToOverAnotherLink() {
        cluster.runUntilAllUp();
        // The memory's links to one endpoint are the same pipe, so this one connects again when the other does.
        cluster.pipe(1, 0).isCut = true;
        final CompletableFuture<PeerSets> answer = ask(0, 1, Question.peers(id(0)));
        run(100);
        assertFalse(answer.isDone());
        assertEquals(1, cluster.node(1).count("engine.queries.links"));
        cluster.pipe(1, 0).isCut = false;
        run(20);
        result(answer);
    }

    @Test
    void shouldReadATreeWithTwoDeadWithinOneTimeout() {
        cluster.runUntilAllUp();
        cluster.node(0).broadcast("makes a tree");
        cluster.run(50);
        cluster.kill(1);
        cluster.kill(4);
        final CompletableFuture<TreeView> tree = tree(0, 0);
        run(490);
        assertFalse(tree.isDone());
        run(20);
        assertEquals(Set.of(id(1), id(4)), result(tree).down());
        assertEquals(Set.of(id(0), id(2), id(3)), result(tree).nodes().keySet());
        assertEquals(cluster.node(2).agent.inspection().peerSets(id(0)), result(tree).nodes().get(id(2)));
    }

    @Test
    void shouldAskNobodyWhenOneIsNoMember() {
        cluster.runUntilAllUp();
        final Map<NodeId, CompletableFuture<PeerSets>> answers =
            Map.of(id(1), new CompletableFuture<>(), NodeId.of("nobody"), new CompletableFuture<>());
        cluster.node(0).agent.inspection().ask(answers, Question.peers(id(0)), TIMEOUT_NS);
        for (final CompletableFuture<PeerSets> answer : answers.values()) {
            final Throwable error = failure(answer);
            assertInstanceOf(IllegalArgumentException.class, error);
            assertTrue(error.getMessage().contains("'nobody'"), error.getMessage());
        }
        run(5);
        assertEquals(0, cluster.node(0).count("engine.queries.asked"));
    }

    @Test
    void shouldAskNoMoreThanItsBound() {
        cluster.queries.maxPending(2);
        cluster.restart(0, 2);
        final CompletableFuture<PeerSets> first = ask(0, 1, Question.peers(id(0)));
        ask(0, 2, Question.peers(id(0)));
        assertInstanceOf(RejectedExecutionException.class, failure(ask(0, 3, Question.peers(id(0)))));
        assertInstanceOf(RejectedExecutionException.class, failure(tree(0, 0)));
        cluster.runUntil(first::isDone);
        assertTrue(cluster.node(0).count("engine.queries.asked.rejected") >= 2);
    }

    @Test
    void shouldTellMembersThatTakeManyFrames() {
        final List<Member> members = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            members.add(new Member(NodeId.of("a-member-with-a-name-" + i), "memory:" + (20_000 + i)));
        }
        final Member self = new Member(NodeId.of("talker"), cluster.hub.nextEndpoint());
        final TestNode talker = new TestNode(
            cluster.hub, self, 1, members, new TestHandler(), Map.of(),
            cluster.exchanges, cluster.queries, null, new NeighboursAlone(), TestNode.engineOptions(),
            cluster.clock, cluster.nowNs);
        final CompletableFuture<MembersView> answer = new CompletableFuture<>();
        inspector.ask(self.endpoint(), self.id(), Question.members(), TIMEOUT_NS, answer);
        for (int i = 0; i < 50; i++) {
            run(1);
            talker.agent.doWork(cluster.nowNs);
        }
        assertEquals(251, result(answer).members().size());
        assertEquals(self.id(), result(answer).node());
        assertTrue(inspectorCounters.get(EngineCounter.FRAMES).get() > 5);
    }

    @Test
    void shouldFailWhatIsAskedWhenTheNodeCloses() {
        cluster.runUntilAllUp();
        cluster.kill(3);
        final CompletableFuture<PeerSets> answer = ask(0, 3, Question.peers(id(0)));
        cluster.node(0).agent.onClose();
        assertInstanceOf(IllegalStateException.class, failure(answer));
    }
}
