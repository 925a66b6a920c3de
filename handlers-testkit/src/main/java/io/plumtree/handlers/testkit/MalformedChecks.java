package io.plumtree.handlers.testkit;

import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.testkit.ContractCluster.Verdict;
import java.util.List;
import java.util.Objects;

/** Whether bytes that are no messages do no harm. */
final class MalformedChecks {
    private static final String AFTER = "malformed messages";

    private MalformedChecks() {
    }

    static void messages(final ContractCluster cluster) {
        final TestNode receiver = cluster.node("receiver");
        final List<TestMessage> messages = cluster.messages("alpha", 3);
        cluster.merge(receiver, messages.get(0));
        final Mutations mutations = new Mutations(cluster.random);
        for (final TestMessage message : messages) {
            for (final byte[] id : mutations.of(message.id())) {
                check(cluster, receiver, new TestMessage(id, message.payload()));
            }
            for (final byte[] payload : mutations.of(message.payload())) {
                check(cluster, receiver, new TestMessage(message.id(), payload));
                check(cluster, receiver, new TestMessage(mutations.random(message.id().length), payload));
            }
        }
        cluster.checkNoErrors(receiver, "while merging malformed messages, which the node counts itself");
        cluster.checkUsable(receiver, AFTER);
    }

    private static void check(final ContractCluster cluster, final TestNode node, final TestMessage message) {
        final Object stateBefore = cluster.visibleState(node);
        final Verdict staleBefore = stale(cluster, node, message);
        final Verdict merged = cluster.verdict("merge of malformed " + message, () -> node.merge(message));
        final Verdict staleAfter = stale(cluster, node, message);
        if (merged == Verdict.YES && (staleBefore != Verdict.NO || staleAfter != Verdict.YES)) {
            throw cluster.failure("merge said true (new) of " + message + ", of whose id isStale said " + staleBefore
                + " before and " + staleAfter + " after");
        }
        if (merged != Verdict.YES && staleBefore != staleAfter) {
            throw cluster.failure("merge has refused malformed " + message + ", but its id is taken for "
                + (staleAfter == Verdict.YES ? "seen now: the real message would be missed" : staleAfter + " now")
                + " (check id and payload before anything else)");
        }
        final Object stateAfter = cluster.visibleState(node);
        if (merged != Verdict.YES && !Objects.equals(stateBefore, stateAfter)) {
            throw cluster.failure("merge has refused malformed " + message
                + ", but what the application sees has changed from " + stateBefore + " to " + stateAfter);
        }
        cluster.verdict("graft of the id of malformed " + message, () -> node.graft(message.id()) != null);
    }

    private static Verdict stale(final ContractCluster cluster, final TestNode node, final TestMessage message) {
        return cluster.verdict("isStale of the id of malformed " + message, () -> node.isStale(message.id()));
    }

    static void exchangeMessages(final ContractCluster cluster) {
        final int messageCount = new Divergence(cluster, "rehearsal").rehearse();
        for (final int index : CutChecks.spread(messageCount)) {
            final Divergence divergence = new Divergence(cluster, "tampered-" + index);
            checkTampered(cluster, divergence, index);
            // What nonsense has said of older messages may be believed; newer ones must get through.
            cluster.leap();
            divergence.add(cluster.messages("late-" + index, 3), divergence.a);
            divergence.converge(divergence.a, divergence.b, "after malformed exchange messages", divergence.added());
            cluster.checkUsable(divergence.a, "malformed exchange messages");
            cluster.checkUsable(divergence.b, "malformed exchange messages");
        }
    }

    private static void checkTampered(final ContractCluster cluster, final Divergence divergence, final int index) {
        final int kinds = new Mutations(cluster.random).fewOf(new byte[1]).size();
        for (int kind = 0; kind < kinds; kind++) {
            final int chosen = kind;
            final String[] tampered = {"none"};
            final ExchangePair pair = new ExchangePair(divergence.a, divergence.b).tamper(index, message -> {
                final List<byte[]> mutants = new Mutations(cluster.random).fewOf(message);
                final byte[] mutant = mutants.get(chosen % mutants.size());
                tampered[0] = TestMessage.hex(message) + " changed to " + TestMessage.hex(mutant);
                return mutant;
            });
            pair.timeoutNs(1_000_000_000).run();
            checkErrors(cluster, divergence.a, tampered[0]);
            checkErrors(cluster, divergence.b, tampered[0]);
        }
    }

    private static void checkErrors(final ContractCluster cluster, final TestNode node, final String tampered) {
        for (final Throwable error : node.errors()) {
            if (!(error instanceof MalformedMessageException)) {
                throw cluster.failure("the handler at " + node.self() + " has thrown or reported " + error
                    + " instead of a MalformedMessageException for a malformed exchange message: " + tampered, error);
            }
        }
    }
}
