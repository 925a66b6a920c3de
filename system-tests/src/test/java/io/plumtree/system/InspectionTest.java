package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.MembersView;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.TreeView;
import io.plumtree.engine.ClusterInspector;
import io.plumtree.engine.NodeContext;
import io.plumtree.system.AeronCluster.Node;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What nodes tell of themselves, to each other and to who is none of them, over real Aeron. */
@Tag("slow")
class InspectionTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** For those that answer: no stall of the machine is as long. */
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final int MOST_QUESTIONS = 10;

    private final Queue<Throwable> inspectorErrors = new ConcurrentLinkedQueue<>();

    private ClusterInspector inspector() {
        return ClusterInspector.launch(new NodeContext().errorHandler(inspectorErrors::add));
    }

    private static <R> R await(final AeronCluster cluster, final CompletableFuture<R> answer) {
        cluster.runUntil("it is answered", answer::isDone);
        return answer.join();
    }

    private static Map<NodeId, PeerSets> places(final AeronCluster cluster, final NodeId root) {
        final Map<NodeId, PeerSets> places = new HashMap<>();
        for (final Node node : cluster.survivors()) {
            places.put(node.id(), await(cluster, node.node.peerSets(root)));
        }
        return places;
    }

    /** Who stands still for longer than the timeout is taken for down, too: then the question is put again. */
    private static TreeView treeWithoutTwo(
        final AeronCluster cluster, final Supplier<CompletableFuture<TreeView>> question, final long leastMs) {
        final Set<NodeId> dead = Set.of(NodeId.of("n3"), NodeId.of("n6"));
        TreeView tree;
        int questions = 0;
        do {
            final long startNs = System.nanoTime();
            tree = await(cluster, question.get());
            final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            assertTrue(tookMs >= leastMs, tookMs + " ms");
        } while (!tree.down().equals(dead) && ++questions < MOST_QUESTIONS);
        assertEquals(dead, tree.down());
        return tree;
    }

    /** Trees may change while they are looked at. */
    private static void awaitTree(
        final AeronCluster cluster, final NodeId root, final Supplier<CompletableFuture<TreeView>> question) {
        cluster.runUntil("the tree is told as it is", () -> {
            final TreeView tree = await(cluster, question.get());
            return tree.down().isEmpty() && tree.nodes().equals(places(cluster, root));
        });
    }

    @Tag("deep")
    @Test
    void shouldReadATreeOfEightWithTwoDead() {
        try (AeronCluster cluster = new AeronCluster(8, context -> { })) {
            cluster.awaitLinks();
            final Node root = cluster.nodes.get(0);
            root.publish("makes a tree");
            cluster.runUntil("all have it", () -> cluster.nodes.stream().allMatch(node -> node.received.size() == 1));
            awaitTree(cluster, root.id(), () -> root.node.debugGetTreeAsync(root.id(), ids(cluster), LONG));

            cluster.nodes.get(3).crash();
            cluster.nodes.get(6).crash();
            final TreeView tree = treeWithoutTwo(
                cluster, () -> root.node.debugGetTreeAsync(root.id(), ids(cluster), TIMEOUT), TIMEOUT.toMillis());
            assertEquals(6, tree.nodes().size());
            cluster.assertNoErrors();
        }
    }

    @Test
    void shouldEndAQueryToADeadNodeAfterItsTimeout() {
        try (AeronCluster cluster = new AeronCluster(3, context -> { })) {
            cluster.awaitLinks();
            final Node asking = cluster.nodes.get(0);
            cluster.nodes.get(2).crash();
            final long startNs = System.nanoTime();
            final CompletableFuture<PeerSets> answer =
                asking.node.debugGetPeersAsync(NodeId.of("n2"), asking.id(), TIMEOUT);
            final CompletionException ex = assertThrows(CompletionException.class, () -> await(cluster, answer));
            assertInstanceOf(TimeoutException.class, ex.getCause());
            final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            assertTrue(tookMs >= TIMEOUT.toMillis(), tookMs + " ms");
            cluster.runUntil("it is counted", () -> asking.counter("engine.queries.timed.out") == 1);
            cluster.assertNoErrors();
        }
    }

    @Test
    void shouldTellAnOutsiderWhatTheNodesKnow() {
        try (AeronCluster cluster = new AeronCluster(8, context -> { }); ClusterInspector inspector = inspector()) {
            cluster.awaitLinks();
            final Node root = cluster.nodes.get(0);
            root.publish("makes a tree");
            cluster.runUntil("all have it", () -> cluster.nodes.stream().allMatch(node -> node.received.size() == 1));
            final MembersView view = await(cluster, inspector.members(cluster.endpoint(5), LONG));
            assertEquals(NodeId.of("n5"), view.node());
            assertEquals(cluster.nodes.get(5).node.members(), view.members());
            assertEquals(7, view.connected().size());
            cluster.runUntil("its place is told as it is", () -> await(cluster, root.node.peerSets(root.id()))
                .equals(await(cluster, inspector.peers(cluster.endpoint(0), root.id(), LONG))));
            assertEquals(List.of(), await(cluster, inspector.exchanges(cluster.endpoint(1), LONG)));
            awaitTree(cluster, root.id(), () -> inspector.tree(cluster.endpoint(5), root.id(), LONG));

            cluster.nodes.get(3).crash();
            cluster.nodes.get(6).crash();
            final TreeView rest = treeWithoutTwo(cluster,
                () -> inspector.tree(cluster.endpoint(5), root.id(), TIMEOUT), TIMEOUT.toMillis() - 500);
            assertEquals(6, rest.nodes().size());
            cluster.assertNoErrors();
        }
        assertTrue(inspectorErrors.isEmpty(), inspectorErrors::toString);
    }

    @Test
    void shouldCloseTheLinksThatWereMadeForAnOutsider() {
        try (AeronCluster cluster = new AeronCluster(
            1, context -> context.queries().linkIdleTimeNs(TimeUnit.MILLISECONDS.toNanos(300)))) {
            for (int i = 0; i < 3; i++) {
                try (ClusterInspector inspector = inspector()) {
                    await(cluster, inspector.members(cluster.endpoint(0), LONG));
                    assertEquals(2 * i + 1, cluster.nodes.get(0).counter("engine.queries.links"));
                    // Longer than a link is kept, so that the next one is another.
                    cluster.runFor(500);
                    await(cluster, inspector.members(cluster.endpoint(0), LONG));
                    cluster.runFor(500);
                }
            }
            cluster.assertNoErrors();
        }
        assertTrue(inspectorErrors.isEmpty(), inspectorErrors::toString);
    }

    private static List<NodeId> ids(final AeronCluster cluster) {
        return cluster.nodes.stream().map(Node::id).toList();
    }
}
