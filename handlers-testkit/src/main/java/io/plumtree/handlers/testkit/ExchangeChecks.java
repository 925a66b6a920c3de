package io.plumtree.handlers.testkit;

import io.plumtree.handlers.spi.ExchangeResult;

/** Whether exchanges bring both sides what they lack. */
final class ExchangeChecks {
    private static final int SMALL_WINDOW = 64;

    private ExchangeChecks() {
    }

    static void none(final ContractCluster cluster) {
        final Divergence divergence = new Divergence(cluster, "none");
        final ExchangeOutcome outcome =
            cluster.quietly("an exchange", () -> new ExchangePair(divergence.a, divergence.b).run());
        if (outcome.answer() == ExchangeResult.RUNNING) {
            throw cluster.failure("the contract says that the handler has no exchanges, but it has run one: " + outcome
                + " (override hasExchanges)");
        }
        cluster.checkNoErrors(divergence.a, "when an exchange began");
    }

    static void converge(final ContractCluster cluster) {
        final Divergence first = new Divergence(cluster, "first");
        first.converge(first.a, first.b, "between two nodes that differ", first.all());
        checkRepeatable(cluster, first);
        final Divergence other = new Divergence(cluster, "other");
        other.converge(other.b, other.a, "between two nodes that differ, the other way round", other.all());
        checkRepeatable(cluster, other);
    }

    /** One more exchange does no harm, and later ones bring what comes later. */
    private static void checkRepeatable(final ContractCluster cluster, final Divergence divergence) {
        divergence.checkOutcome(
            new ExchangePair(divergence.a, divergence.b).run(), "between two nodes that have the same");
        divergence.add(cluster.messages("late-for-a-" + divergence.a.self(), 3), divergence.b);
        divergence.add(cluster.messages("late-for-b-" + divergence.b.self(), 3), divergence.a);
        divergence.converge(divergence.a, divergence.b, "after some more messages", divergence.all());
        cluster.checkNoErrors(divergence.a, "in an exchange that went well");
        cluster.checkNoErrors(divergence.b, "in an exchange that went well");
        cluster.checkUsable(divergence.a, "exchanges");
        cluster.checkUsable(divergence.b, "exchanges");
    }

    static void convergeThroughSmallWindow(final ContractCluster cluster) {
        final Divergence divergence = new Divergence(cluster, "small-window");
        divergence.converge(
            new ExchangePair(divergence.a, divergence.b).windowLength(SMALL_WINDOW),
            "with room for " + SMALL_WINDOW + " bytes, so that send often says false",
            divergence.all());
        cluster.checkNoErrors(divergence.a, "when send said false");
        cluster.checkNoErrors(divergence.b, "when send said false");
    }

    static void convergeInBothDirectionsAtOnce(final ContractCluster cluster) {
        final Divergence divergence = new Divergence(cluster, "at-once");
        final ExchangePair there = new ExchangePair(divergence.a, divergence.b);
        final ExchangePair back = new ExchangePair(divergence.b, divergence.a);
        for (int i = 0; i < cluster.contract().maxExchanges() && !divergence.isConverged(divergence.all()); i++) {
            there.start();
            back.start();
            while (!there.isOver() || !back.isOver()) {
                there.step();
                back.step();
            }
            divergence.checkOutcome(there.outcome(), "while one the other way round ran");
            divergence.checkOutcome(back.outcome(), "while one the other way round ran");
        }
        divergence.converge(there, "after exchanges in both directions at once", divergence.all());
    }
}
