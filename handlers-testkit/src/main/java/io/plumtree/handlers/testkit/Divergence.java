package io.plumtree.handlers.testkit;

import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;
import java.util.ArrayList;
import java.util.List;

/** Two nodes, each with messages that the other lacks, and some that both have; of their own and of other origins. */
final class Divergence {
    private static final int COUNT_OF_A_KIND = 4;
    private static final long PAUSE_NS = 100_000_000;

    final TestNode a;
    final TestNode b;
    private final ContractCluster cluster;
    private final List<TestMessage> all = new ArrayList<>();
    private List<TestMessage> added = List.of();

    Divergence(final ContractCluster cluster, final String name) {
        this.cluster = cluster;
        a = cluster.node(name + "-a");
        b = cluster.node(name + "-b");
        final TestNode origin = cluster.node(name + "-origin");
        add(cluster.messages(origin, COUNT_OF_A_KIND), a, b);
        for (int i = 0; i < COUNT_OF_A_KIND; i++) {
            // In turns, so that each lacks some between those that it has.
            add(cluster.messages(origin, 1), a);
            add(cluster.messages(origin, 1), b);
        }
        all.addAll(cluster.messages(a, COUNT_OF_A_KIND));
        all.addAll(cluster.messages(b, COUNT_OF_A_KIND));
    }

    /** Merges messages at some nodes. */
    void add(final List<TestMessage> messages, final TestNode... nodes) {
        for (final TestNode node : nodes) {
            messages.forEach(message -> cluster.merge(node, message));
        }
        all.addAll(messages);
        added = messages;
    }

    /** What was added last. */
    List<TestMessage> added() {
        return added;
    }

    List<TestMessage> all() {
        return all;
    }

    boolean isConverged(final List<TestMessage> messages) {
        return lacking(a, messages).isEmpty() && lacking(b, messages).isEmpty();
    }

    /** How many messages an exchange has that goes well. */
    int rehearse() {
        final ExchangeOutcome outcome = new ExchangePair(a, b).run();
        checkOutcome(outcome, "between two nodes that differ");
        return outcome.messageCount();
    }

    void converge(
        final TestNode initiator, final TestNode acceptor, final String when, final List<TestMessage> messages) {
        converge(new ExchangePair(initiator, acceptor), when, messages);
    }

    /** Runs exchanges until both have all, as many as the contract allows. */
    void converge(final ExchangePair pair, final String when, final List<TestMessage> messages) {
        ExchangeOutcome outcome = null;
        int count = 0;
        while (!isConverged(messages) && count < cluster.contract().maxExchanges()) {
            a.advance(PAUSE_NS);
            b.advance(PAUSE_NS);
            outcome = pair.run();
            checkOutcome(outcome, when);
            count++;
        }
        if (!isConverged(messages)) {
            throw cluster.failure(when + ", " + count + " exchanges have left " + described(a, messages) + " and "
                + described(b, messages) + "; the last: " + outcome);
        }
    }

    void checkOutcome(final ExchangeOutcome outcome, final String when) {
        if (outcome.answer() == ExchangeResult.RUNNING && !outcome.isCompleted() && !isDone(outcome)) {
            final List<Throwable> errors = new ArrayList<>(a.errors());
            errors.addAll(b.errors());
            throw cluster.failure("an exchange that nothing disturbed, " + when + ", has not completed: " + outcome
                + ", errors " + errors, errors.isEmpty() ? null : errors.get(0));
        }
    }

    /** The other side had nothing to say, or has said so at once. */
    private static boolean isDone(final ExchangeOutcome outcome) {
        return outcome.acceptorEnd() == null
            && (outcome.initiatorEnd() == ExchangeEnd.COMPLETED || outcome.initiatorEnd() == ExchangeEnd.REFUSED);
    }

    private String described(final TestNode node, final List<TestMessage> messages) {
        final List<TestMessage> lacking = lacking(node, messages);
        return node.self() + " without " + lacking.size() + " of " + messages.size() + " messages"
            + (lacking.isEmpty() ? "" : " (" + lacking.get(0) + ")");
    }

    private List<TestMessage> lacking(final TestNode node, final List<TestMessage> messages) {
        return messages.stream().filter(message -> !cluster.isStale(node, message)).toList();
    }
}
