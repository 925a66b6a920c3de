package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.engine.NodeContext;
import io.plumtree.system.AeronCluster.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Members that come and go while a cluster runs on real Aeron. */
@Tag("slow")
class MembershipTest {
    private static final int SIZE = 8;

    /** A long graft timeout, so that what arrives has come over the trees. */
    private static final Consumer<NodeContext> OPTIONS =
        context -> context.protocol().grafts().adaptiveGraft(false).graftTimeoutNs(TimeUnit.SECONDS.toNanos(20));

    private static <T> T get(final AeronCluster cluster, final String what, final CompletableFuture<T> answer) {
        cluster.runUntil(what, answer::isDone);
        return answer.join();
    }

    /** Where every root's tree goes from each node: by node, then by root. */
    private static Map<NodeId, Map<NodeId, PeerSets>> trees(final AeronCluster cluster, final List<Node> nodes) {
        final Map<NodeId, Map<NodeId, PeerSets>> trees = new HashMap<>();
        for (final Node node : nodes) {
            final Map<NodeId, PeerSets> byRoot = new HashMap<>();
            for (final Node root : nodes) {
                byRoot.put(root.id(), get(cluster, "asked " + node.id(), node.node.peerSets(root.id())));
            }
            trees.put(node.id(), byRoot);
        }
        return trees;
    }

    /** One message of each driven node, alone on its way; until everybody has it. */
    private static List<String> publishFromEach(final AeronCluster cluster, final String what) {
        final List<String> texts = new ArrayList<>();
        for (final Node root : cluster.survivors()) {
            final String text = what + " of " + root.id();
            texts.add(text);
            root.publish(text);
            for (final Node node : cluster.survivors()) {
                cluster.runUntil(node.id() + " has '" + text + "'", () -> node.received.contains(text));
            }
        }
        return texts;
    }

    private static void update(final AeronCluster cluster, final List<Node> nodes, final List<Member> members) {
        final List<CompletableFuture<Void>> updates =
            nodes.stream().map(node -> node.node.update(members)).toList();
        updates.forEach(update -> get(cluster, "updated", update));
    }

    @Tag("deep")
    @Test
    void shouldLeaveEveryTreeInPlaceWhenANinthNodeJoinsAndGiveItTheNextMessageOfEveryRoot() {
        try (AeronCluster cluster = new AeronCluster(SIZE, SIZE + 1, OPTIONS.andThen(context -> {
            if (!context.name().equals("n" + SIZE)) {
                context.members(context.members().subList(0, SIZE));
            }
        }))) {
            cluster.awaitLinks();
            for (int round = 0; round < 3; round++) {
                publishFromEach(cluster, "settle " + round);
            }
            cluster.runFor(300);
            final List<Node> old = List.copyOf(cluster.nodes);
            final Map<NodeId, Map<NodeId, PeerSets>> before = trees(cluster, old);
            final Node newcomer = cluster.new Node(SIZE);
            cluster.nodes.add(newcomer);
            cluster.runFor(500);
            assertEquals(before, trees(cluster, old), "nobody takes in a node that is no member");

            update(cluster, old, newcomer.node.members());
            final Map<NodeId, Map<NodeId, PeerSets>> after = trees(cluster, old);
            before.forEach((node, byRoot) -> byRoot.forEach((root, then) -> {
                final PeerSets now = after.get(node).get(root);
                final Set<NodeId> eager = new HashSet<>(then.eager());
                eager.add(newcomer.id());
                assertEquals(eager, now.eager(), "the tree of " + root + " at " + node);
                assertEquals(then.lazy(), now.lazy(), "the tree of " + root + " at " + node);
            }));

            cluster.awaitLinks();
            for (final Node root : old) {
                final String text = "welcome from " + root.id();
                root.publish(text);
                cluster.runUntil("the newcomer has '" + text + "'", () -> newcomer.received.contains(text));
            }
            publishFromEach(cluster, "all together");
            for (final Node node : cluster.nodes) {
                assertEquals(new HashSet<>(node.received).size(), node.received.size(), "given twice: " + node.id());
                assertEquals(newcomer.node.members(), node.node.members());
            }
            cluster.assertNoErrors();
        }
    }

    @Test
    void shouldGiveARemovedMemberNothingAnyMoreWhileTheOthersGoOn() {
        try (AeronCluster cluster = new AeronCluster(5, context -> { })) {
            cluster.awaitLinks();
            publishFromEach(cluster, "settle");
            final Node removed = cluster.nodes.get(2);
            final List<Node> others = new ArrayList<>(cluster.nodes);
            others.remove(removed);
            final List<Member> all = removed.node.members();
            final List<Member> members =
                all.stream().filter(member -> !member.id().equals(removed.id())).toList();
            update(cluster, others, members);
            cluster.runUntil("it has been told", () -> removed.counter("engine.links.down.goodbye") >= 4);
            assertTrue(get(cluster, "asked", removed.node.connectedPeers()).isEmpty());
            removed.received.clear();
            // It goes on, and takes the others for members still.
            removed.publish("from outside");
            for (int i = 0; i < 20; i++) {
                for (final Node root : others) {
                    root.publish("inside " + i + " of " + root.id());
                }
                cluster.runFor(5);
            }
            for (final Node node : others) {
                cluster.runUntil(node.id() + " has all", () ->
                    node.received.stream().filter(text -> text.startsWith("inside")).distinct().count() == 80);
                assertFalse(node.received.contains("from outside"));
                assertEquals(members, node.node.members());
                cluster.runUntil(node.id() + " has turned the stranger away", () ->
                    node.counter("engine.frames.dropped.strangers") > 0);
            }
            cluster.runFor(300);
            assertEquals(List.of("from outside"), removed.received);

            // Taken back, on the same endpoint and in the same run.
            update(cluster, others, all);
            cluster.awaitLinks();
            publishFromEach(cluster, "together again");
            cluster.runUntil("it catches up", () -> removed.received.stream()
                .filter(text -> text.startsWith("inside")).distinct().count() == 80);
            cluster.assertNoErrors();
        }
    }
}
