package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.PlumtreeException;
import io.plumtree.engine.counting.EngineCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that come, go and move while the cluster runs. */
class MembershipTest {
    private static final NodeId B = NodeId.of("b");

    private TestCluster cluster;

    private void start(final int size) {
        cluster = new TestCluster(size);
        assertTrue(cluster.runUntilAllUp());
    }

    private static void await(final CompletableFuture<Void> result) {
        result.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Every node broadcasts a message, alone, a few times: every root has its tree then. */
    private void settle() {
        for (int round = 0; round < 3; round++) {
            broadcastFromEach("settle " + round);
        }
    }

    private List<String> broadcastFromEach(final String what) {
        final List<String> texts = new ArrayList<>();
        for (final TestNode node : cluster.nodes) {
            if (node != null) {
                texts.add(what + " of " + node.id);
                assertTrue(node.broadcast(texts.get(texts.size() - 1)) > 0);
                cluster.run(30);
            }
        }
        return texts;
    }

    private static Map<NodeId, PeerSets> trees(final TestNode node, final List<Member> roots) {
        final Map<NodeId, PeerSets> trees = new HashMap<>();
        roots.forEach(root -> trees.put(root.id(), node.agent.inspection().peerSets(root.id())));
        return trees;
    }

    /** Nowhere in what the node knows of links, roots or debts. */
    private static void assertForgotten(final TestNode node, final Member gone, final List<Member> roots) {
        assertFalse(node.memberIds().contains(gone.id()));
        assertFalse(node.agent.inspection().connectedPeers().contains(gone.id()));
        for (final Member root : roots) {
            final PeerSets peers = node.agent.inspection().peerSets(root.id());
            assertFalse(peers.eager().contains(gone.id()) || peers.lazy().contains(gone.id()), "tree of " + root);
        }
        assertTrue(node.transport.openLinks.stream().noneMatch(link -> link.endpoint().equals(gone.endpoint())));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void shouldLeaveEveryTreeAsItWasWhenAMemberJoinsAndGiveItTheNextMessageOfEveryRoot(final int size) {
        start(size);
        settle();
        final List<Member> before = List.copyOf(cluster.members);
        final List<Map<NodeId, PeerSets>> trees =
            cluster.nodes.stream().map(node -> trees(node, before)).toList();
        final TestNode newcomer = cluster.join("z");
        cluster.run(200);
        assertEquals(size, cluster.node(0).memberIds().size(), "unknown until the update");
        cluster.updateAll();
        cluster.cycle();
        for (int i = 0; i < size; i++) {
            final TestNode node = cluster.node(i);
            assertEquals(Set.copyOf(cluster.members), Set.copyOf(node.agent.members()));
            for (final Member root : before) {
                final PeerSets then = trees.get(i).get(root.id());
                final PeerSets now = node.agent.inspection().peerSets(root.id());
                final Set<NodeId> eager = new HashSet<>(then.eager());
                eager.add(newcomer.id);
                assertEquals(eager, now.eager(), "tree of " + root + " at " + node.id);
                assertEquals(then.lazy(), now.lazy(), "tree of " + root + " at " + node.id);
            }
        }
        assertTrue(cluster.runUntilAllUp());
        newcomer.log().delivered.clear();
        final List<String> next = broadcastFromEach("next");
        next.remove("next of z");
        // What was recent comes too, sooner or later.
        assertEquals(next, newcomer.log().delivered.stream().filter(text -> text.startsWith("next")).toList());
        for (int i = 0; i < size; i++) {
            assertTrue(cluster.node(i).log().delivered.contains("next of z"));
            assertEquals(List.of(), cluster.node(i).errors);
        }
    }

    @Test
    void shouldForgetARemovedMemberAndTellItGoodbye() {
        start(5);
        settle();
        final List<Member> all = List.copyOf(cluster.members);
        final TestNode a = cluster.node(0);
        final TestNode gone = cluster.node(1);
        cluster.pipe(1, 0).isFrozen = true;
        a.broadcast("owed");
        final Member b = cluster.members.remove(1);
        cluster.nodes.remove(1);
        cluster.updateAll();
        cluster.cycle();
        for (final TestNode node : cluster.nodes) {
            assertForgotten(node, b, all);
            assertEquals(1, node.count(EngineCounter.LINKS_REMOVED));
            assertEquals(1, node.count(EngineCounter.MEMBERSHIP_CHANGES));
            assertEquals(3, node.transport.openLinks.size());
        }
        assertEquals(List.of("b down REMOVED", "joined [] left [b]"),
            a.peerEvents.subList(a.peerEvents.size() - 2, a.peerEvents.size()));
        gone.agent.doWork(cluster.nowNs);
        assertEquals(4, gone.count(EngineCounter.LINKS_GOODBYES));
        gone.log().delivered.clear();
        cluster.hub.pipe(b.endpoint(), a.transport.localEndpoint()).isFrozen = false;
        final long strangers = a.count(EngineCounter.FRAMES_STRANGERS);
        final List<String> texts = broadcastFromEach("without b");
        gone.broadcast("a stranger's");
        for (int i = 0; i < 1_500; i++) {
            gone.agent.doWork(cluster.nowNs);
            cluster.run(1);
        }
        assertEquals(List.of(), gone.log().delivered);
        for (final TestNode node : cluster.nodes) {
            final List<String> expected = new ArrayList<>(texts);
            expected.remove("without b of " + node.id);
            assertTrue(node.log().delivered.containsAll(expected));
            assertFalse(node.log().delivered.contains("a stranger's"));
            assertEquals(List.of(), node.errors);
        }
        assertTrue(a.count(EngineCounter.FRAMES_STRANGERS) > strangers);
    }

    @Test
    void shouldOweNothingToWhoeverGetsTheIndexOfARemovedMember() {
        start(3);
        settle();
        final TestNode a = cluster.node(0);
        cluster.kill(1);
        cluster.run(1_000);
        for (int i = 0; i < 20; i++) {
            a.broadcast("owed to b " + i);
            cluster.run(1);
        }
        final Member b = cluster.members.remove(1);
        cluster.nodes.remove(1);
        cluster.updateAll();
        cluster.cycle();
        assertForgotten(a, b, List.of(cluster.members.get(0), b, cluster.members.get(1)));
        final TestNode newcomer = cluster.join("z");
        cluster.updateAll();
        assertTrue(cluster.runUntilAllUp());
        cluster.run(500);
        assertEquals(Set.of(newcomer.id, NodeId.of("c")), a.agent.inspection().connectedPeers());
        assertEquals(20, newcomer.log().delivered.stream().filter(text -> text.startsWith("owed")).count(),
            "what is recent is announced on a new link, and each once");
        a.broadcast("next");
        cluster.run(20);
        assertEquals("next", newcomer.log().delivered.get(newcomer.log().delivered.size() - 1));
        assertEquals(List.of(), a.errors);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTakeBackAMemberThatWasRemoved(final boolean hasRestarted) {
        start(4);
        settle();
        final TestNode a = cluster.node(0);
        final Member b = cluster.members.get(1);
        a.update(List.of(cluster.members.get(2), cluster.members.get(3)));
        cluster.node(2).update(List.of(cluster.members.get(0), cluster.members.get(3)));
        cluster.run(50);
        assertFalse(a.memberIds().contains(b.id()));
        assertEquals(Set.of(NodeId.of("d")), cluster.node(1).agent.inspection().connectedPeers());
        if (hasRestarted) {
            cluster.restart(1, 2);
            cluster.run(50);
        }
        cluster.updateAll();
        assertTrue(cluster.runUntilAllUp());
        cluster.nodes.forEach(node -> node.log().delivered.clear());
        final List<String> texts = broadcastFromEach("again");
        cluster.run(500);
        for (final TestNode node : cluster.nodes) {
            final List<String> expected = new ArrayList<>(texts);
            expected.remove("again of " + node.id);
            assertTrue(node.log().delivered.containsAll(expected), node.id + " has " + node.log().delivered);
            assertEquals(List.of(), node.errors);
        }
    }

    @Test
    void shouldFollowAMemberToAnotherEndpointAndKeepItsPlaceInTheTrees() {
        start(5);
        settle();
        final List<Member> roots = List.copyOf(cluster.members);
        final List<Map<NodeId, PeerSets>> trees = new ArrayList<>();
        for (final TestNode node : cluster.nodes) {
            trees.add(trees(node, roots));
        }
        final Member old = cluster.members.get(1);
        final Member moved = new Member(old.id(), cluster.hub.nextEndpoint());
        cluster.kill(1);
        cluster.members.set(1, moved);
        cluster.updateAll();
        cluster.cycle();
        for (int i = 0; i < 5; i++) {
            if (i != 1) {
                final TestNode node = cluster.node(i);
                assertEquals(Set.copyOf(cluster.members), Set.copyOf(node.agent.members()));
                for (final Member root : roots) {
                    final PeerSets now = node.agent.inspection().peerSets(root.id());
                    final PeerSets then = trees.get(i).get(root.id());
                    assertEquals(then.eager().contains(B), now.eager().contains(B), "tree of " + root);
                    assertTrue(then.lazy().contains(B) == now.lazy().contains(B) || now.lazy().contains(B));
                }
                assertEquals(4, node.transport.openLinks.size());
                assertTrue(node.transport.openLinks.stream().noneMatch(l -> l.endpoint().equals(old.endpoint())));
                assertEquals(1, node.count(EngineCounter.LINKS_MOVED));
                assertEquals("joined [b] left [b]", node.peerEvents.get(node.peerEvents.size() - 1));
                assertEquals("b down MOVED", node.peerEvents.get(node.peerEvents.size() - 2));
            }
        }
        cluster.node(0).broadcast("while it moves");
        cluster.run(20);
        cluster.restart(1, 2);
        assertTrue(cluster.runUntilAllUp());
        cluster.run(500);
        assertTrue(cluster.node(1).log().delivered.contains("while it moves"));
        final List<String> texts = broadcastFromEach("moved");
        texts.remove("moved of b");
        assertTrue(cluster.node(1).log().delivered.containsAll(texts));
    }

    @Test
    void shouldReachAMemberUnderAnotherEndpointWhenItGreetedFromThereAlready() {
        start(2);
        final Member moved = new Member(B, cluster.hub.nextEndpoint());
        cluster.kill(1);
        cluster.members.set(1, moved);
        cluster.restart(1, 2);
        cluster.run(2_000);
        assertEquals(Set.of(), cluster.node(0).agent.inspection().connectedPeers(), "no way there is known");
        cluster.updateAll();
        assertTrue(cluster.runUntilAllUp());
        cluster.node(0).broadcast("found");
        cluster.node(1).broadcast("and back");
        cluster.run(10);
        assertEquals(List.of("found"), cluster.node(1).log().delivered);
        assertEquals(List.of("and back"), cluster.node(0).log().delivered);
    }

    @Test
    void shouldChangeNothingWhenOneOfTheLinksCanNotBeMade() {
        start(4);
        settle();
        final TestNode a = cluster.node(0);
        final List<Member> before = a.agent.members();
        final Map<NodeId, PeerSets> trees = trees(a, before);
        final List<Member> wanted = new ArrayList<>(cluster.members.subList(2, 4));
        wanted.add(new Member(B, "elsewhere:1"));
        wanted.add(new Member(NodeId.of("y"), "reachable:1"));
        wanted.add(new Member(NodeId.of("z"), MemoryTransport.UNREACHABLE + ":1"));
        final CompletableFuture<Void> result = a.update(wanted);
        final int events = a.peerEvents.size();
        cluster.cycle();
        final CompletionException failure = assertThrows(CompletionException.class, () -> await(result));
        assertInstanceOf(PlumtreeException.class, failure.getCause());
        assertTrue(failure.getMessage().contains("z@unreachable:1"), failure.getMessage());
        assertEquals(before, a.agent.members());
        assertEquals(trees, trees(a, before));
        assertEquals(3, a.agent.inspection().connectedPeers().size());
        assertEquals(3, a.transport.openLinks.size());
        assertEquals(events, a.peerEvents.size());
        assertEquals(0, a.count(EngineCounter.MEMBERSHIP_CHANGES));
        assertEquals(1, a.errors.size());
        await(cycled(a.update(cluster.members)));
    }

    private CompletableFuture<Void> cycled(final CompletableFuture<Void> result) {
        cluster.cycle();
        return result;
    }

    @Test
    void shouldTellNobodyOfAnUpdateThatChangesNothing() {
        start(3);
        final TestNode a = cluster.node(0);
        final int events = a.peerEvents.size();
        await(cycled(a.update(cluster.members)));
        assertEquals(events, a.peerEvents.size());
        assertEquals(0, a.count(EngineCounter.MEMBERSHIP_CHANGES));
        assertEquals(2, a.agent.inspection().connectedPeers().size());
    }

    @Test
    void shouldExchangeAllMembersAtOnce() {
        start(4);
        final TestNode a = cluster.node(0);
        final List<Member> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(new Member(NodeId.of("other-" + i), cluster.hub.nextEndpoint()));
        }
        await(cycled(a.update(others)));
        others.add(cluster.members.get(0));
        assertEquals(Set.copyOf(others), Set.copyOf(a.agent.members()));
        assertEquals(4, a.agent.inspection().peerSets(a.id).eager().size());
        await(cycled(a.update(List.of())));
        assertEquals(List.of(cluster.members.get(0)), a.agent.members());
        assertEquals(new PeerSets(Set.of(), Set.of()), a.agent.inspection().peerSets(a.id));
        assertEquals(List.of(), a.transport.openLinks);
    }

    @Test
    void shouldGoOnWhenTheListenerThrows() {
        start(2);
        final TestNode a = cluster.node(0);
        a.observerFailure = new IllegalStateException("on purpose");
        cluster.join("z");
        final CompletableFuture<Void> result = a.update(cluster.members);
        cluster.cycle();
        await(result);
        assertEquals("joined [z] left []", a.peerEvents.get(a.peerEvents.size() - 1));
        assertEquals(3, a.agent.members().size());
        assertEquals(1, a.count(EngineCounter.LISTENER_FAILURES));
        assertTrue(a.errors.get(0).getMessage().contains("on purpose"));
    }

    @Test
    void shouldReplaceAnUpdateThatWaitsByTheNextAndEndBoth() {
        start(3);
        final TestNode a = cluster.node(0);
        final CompletableFuture<Void> first = a.update(List.of());
        final CompletableFuture<Void> second = a.update(cluster.members.subList(0, 2));
        assertFalse(first.isDone() || second.isDone());
        cluster.cycle();
        await(first);
        await(second);
        assertEquals(cluster.members.subList(0, 2), a.agent.members());
        assertEquals(1, a.count(EngineCounter.MEMBERSHIP_CHANGES), "the first was never in effect");
    }

    @Test
    void shouldNotLetOneCallerEndTheWaitOfAnother() {
        start(2);
        final TestNode a = cluster.node(0);
        final CompletableFuture<Void> impatient = a.update(List.of());
        final CompletableFuture<Void> patient = a.update(cluster.members.subList(0, 1));
        assertThrows(CompletionException.class, () -> impatient.orTimeout(1, TimeUnit.MILLISECONDS).join());
        assertFalse(impatient.cancel(true));
        assertFalse(impatient.complete(null));
        assertFalse(impatient.completeExceptionally(new IllegalStateException()));
        assertFalse(patient.isDone());
        cluster.cycle();
        await(patient);
    }

    @Test
    void shouldFailTheUpdateThatWaitsWhenTheNodeClosesAndEveryLaterOne() {
        start(2);
        final TestNode a = cluster.node(0);
        final CompletableFuture<Void> waiting = a.update(List.of());
        a.broadcast("drained");
        a.agent.onClose();
        final ExecutionException ex =
            assertThrows(ExecutionException.class, () -> waiting.get(60, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, ex.getCause());
        assertTrue(a.update(List.of()).isCompletedExceptionally());
        assertEquals(cluster.members, a.agent.members());
        assertEquals(1, cluster.node(1).transport.openLinks.size());
    }

    @Test
    void shouldHaveTheLastOfUpdatesFromManyThreadsInTheEnd() throws InterruptedException {
        start(1);
        final TestNode a = cluster.node(0);
        final int threads = 4;
        final int updates = 500;
        final List<CompletableFuture<Void>> results = new ArrayList<>();
        final List<Thread> callers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            final int thread = t;
            callers.add(new Thread(() -> {
                final List<CompletableFuture<Void>> mine = new ArrayList<>();
                for (int i = 0; i < updates; i++) {
                    mine.add(a.update(List.of(member("t" + thread, i))));
                }
                synchronized (results) {
                    results.addAll(mine);
                }
            }));
        }
        callers.forEach(Thread::start);
        while (callers.stream().anyMatch(Thread::isAlive)) {
            cluster.run(1);
        }
        for (final Thread caller : callers) {
            caller.join();
        }
        cluster.cycle();
        assertEquals(threads * updates, results.size());
        results.forEach(MembershipTest::await);
        assertEquals(2, a.agent.members().size());
        final Member last = a.agent.members().get(1);
        assertEquals("memory:" + (20_000 + updates - 1), last.endpoint(), "the last of some thread");
        final Member mine = member("mine", 0);
        await(cycled(a.update(List.of(mine))));
        assertEquals(mine, a.agent.members().get(1));
        assertEquals(1, a.transport.openLinks.size());
    }

    private static Member member(final String name, final int number) {
        return new Member(NodeId.of(name), "memory:" + (20_000 + number));
    }

    @Test
    void shouldAnswerWithTheUpdateThatWasGivenBeforeTheQuestion() {
        start(2);
        final TestNode a = cluster.node(0);
        final CompletableFuture<List<Member>> answer = a.agent.queries().ask(() -> {
            // As if it had come in after this cycle's look into the mailbox.
            a.update(List.of());
            return a.agent.updatedMembers();
        });
        cluster.cycle();
        assertEquals(List.of(cluster.members.get(0)), answer.orTimeout(60, TimeUnit.SECONDS).join());
    }

    @Test
    void shouldAnnounceAtTheNewPeriodFromTheNextCycleOn() {
        start(3);
        final TestNode a = cluster.node(0);
        assertEquals(100 * TestNode.MS, a.agent.lazyTickPeriodNs());
        a.agent.lazyTickPeriodNs(60_000 * TestNode.MS);
        a.broadcast("not announced for a while");
        cluster.run(5_000);
        final long announced = a.count("protocol.announcements");
        assertNotNull(a.agent.inspection().peerSets(a.id).lazy());
        assertTrue(a.agent.inspection().peerSets(a.id).lazy().size() > 0, "or there is nothing to announce");
        a.agent.lazyTickPeriodNs(TestNode.MS);
        cluster.run(1);
        assertEquals(announced + 1, a.count("protocol.announcements"));
    }
}
