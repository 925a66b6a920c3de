package io.plumtree.handlers.testkit;

import java.util.stream.IntStream;

/** Whether exchanges that come to nothing leave both handlers as good as before. */
final class CutChecks {
    private static final int MAX_CUTS = 40;

    private CutChecks() {
    }

    /** All of 0 to the count, or some of them if they are many, the first and the last ones in any case. */
    static int[] spread(final int count) {
        final int wanted = Math.min(count, MAX_CUTS);
        return IntStream.rangeClosed(0, wanted).map(i -> wanted == 0 ? 0 : (int) ((long) i * count / wanted)).toArray();
    }

    static void cut(final ContractCluster cluster) {
        for (final int messageCount : spread(new Divergence(cluster, "rehearsal").rehearse())) {
            final Divergence divergence = new Divergence(cluster, "cut-" + messageCount);
            new ExchangePair(divergence.a, divergence.b).loseLinkAfter(messageCount).run();
            checkUnharmed(cluster, divergence, "after an exchange whose link was lost at message " + messageCount);
        }
    }

    static void cancelled(final ContractCluster cluster) {
        int steps = 0;
        final Divergence rehearsal = new Divergence(cluster, "rehearsal");
        final ExchangePair undisturbed = new ExchangePair(rehearsal.a, rehearsal.b);
        undisturbed.start();
        while (!undisturbed.isOver()) {
            undisturbed.step();
            steps++;
        }
        for (final int step : spread(steps)) {
            final Divergence divergence = new Divergence(cluster, "cancelled-" + step);
            final ExchangePair pair = new ExchangePair(divergence.a, divergence.b);
            pair.start();
            for (int i = 0; i < step && !pair.isOver(); i++) {
                pair.step();
            }
            pair.cancel();
            while (!pair.isOver()) {
                pair.step();
            }
            checkUnharmed(cluster, divergence, "after an exchange that was cancelled at step " + step);
        }
    }

    private static void checkUnharmed(final ContractCluster cluster, final Divergence divergence, final String when) {
        cluster.checkNoErrors(divergence.a, when + ", which is no error");
        cluster.checkNoErrors(divergence.b, when + ", which is no error");
        divergence.converge(divergence.a, divergence.b, when, divergence.all());
        divergence.add(cluster.messages("late-" + divergence.b.self(), 2), divergence.a);
        divergence.converge(divergence.b, divergence.a, when + ", the other way round", divergence.all());
    }
}
