package io.plumtree.handlers.testkit;

import io.plumtree.api.NodeId;
import java.util.List;

/** Whether a handler tells the incarnations that it knows, and follows its own node's. */
final class IncarnationChecks {
    private static final long STEP = 1_000_000;

    private IncarnationChecks() {
    }

    static void tellsTheLatest(final ContractCluster cluster) {
        final TestNode receiver = cluster.node("receiver");
        final TestNode origin = cluster.node("origin");
        final long value = origin.self().value();
        check(cluster, receiver, NodeId.of("nobody").value(), 0, "of a node that was never heard of");
        final long first = origin.context().incarnation();
        receiver.confirm(origin.self(), first);
        for (final TestMessage message : cluster.messages(origin, 2)) {
            cluster.merge(receiver, message);
        }
        check(cluster, receiver, value, first, "after its messages were merged, and it has told its run");
        origin.raise(first + STEP, true);
        receiver.confirm(origin.self(), first + STEP);
        for (final TestMessage message : cluster.messages(origin, 2)) {
            if (!cluster.merge(receiver, message) && !cluster.contract().isSubsuming()) {
                throw cluster.failure("merge said false (old) of a message of a later incarnation: " + message);
            }
        }
        check(cluster, receiver, value, first + STEP,
            "after messages of a later incarnation were merged (does onBroadcast write the context's incarnation?)");
        cluster.checkNoErrors(receiver, "while merging well-formed messages");
    }

    /** Where nobody has seen them, messages are told anew, and are as good as before. */
    static void broadcastsAgain(final ContractCluster cluster) {
        final TestNode origin = cluster.node("origin");
        final TestNode receiver = cluster.node("receiver");
        cluster.messages(origin, 3);
        final int before = origin.broadcasts().size();
        final long raised = origin.context().incarnation() + STEP;
        origin.raise(raised, false);
        receiver.confirm(origin.self(), raised);
        final List<TestMessage> again = origin.broadcasts().subList(before, origin.broadcasts().size());
        for (final TestMessage message : again) {
            if (!cluster.merge(receiver, message) && !cluster.contract().isSubsuming()) {
                throw cluster.failure("merge said false (old) of what was broadcast again: " + message);
            }
            if (!cluster.isStale(origin, message)) {
                throw cluster.failure("isStale says false of what was broadcast again: " + message);
            }
        }
        if (!again.isEmpty()) {
            check(cluster, receiver, origin.self().value(), raised, "after what was broadcast again was merged");
        }
        cluster.checkNoErrors(origin, "when nobody has seen what it broadcast");
    }

    private static void check(
        final ContractCluster cluster,
        final TestNode node,
        final long value,
        final long expected,
        final String when) {
        final long told = node.handler().latestIncarnation(value);
        final long right = cluster.contract().knowsIncarnations() ? expected : 0;
        if (told != right) {
            throw cluster.failure("latestIncarnation said " + told + " instead of " + right + " " + when);
        }
    }
}
