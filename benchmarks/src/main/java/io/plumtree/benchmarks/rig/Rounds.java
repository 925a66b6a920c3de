package io.plumtree.benchmarks.rig;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Has both kinds measured in turn, round by round; who goes first alternates, too, so that neither always follows the
 * other. Raw Aeron relays along the tree that our nodes had last.
 */
final class Rounds {
    private final Turns turns;
    private final Consumer<String> progress;
    private final boolean isRawMeasured;
    private final RelayTree initial;
    private RelayTree tree;

    /** Measures one cluster. */
    interface Turns {
        /** Has one kind its turn along a tree, with which ours begins. */
        Measurement measure(NodesKind kind, RelayTree tree);
    }

    /**
     * Not yet run.
     *
     * @param turns         measures.
     * @param initial       the tree with which our nodes begin.
     * @param isRawMeasured whether raw Aeron has turns.
     * @param progress      is told what is going on.
     */
    Rounds(final Turns turns, final RelayTree initial, final boolean isRawMeasured, final Consumer<String> progress) {
        this.turns = turns;
        this.progress = progress;
        this.isRawMeasured = isRawMeasured;
        this.initial = initial;
        this.tree = initial;
    }

    /** Runs rounds that don't count, and then those that do. */
    Comparison run(final int warmups, final int rounds) {
        final List<Comparison.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < warmups + rounds; i++) {
            final String name = i < warmups ? "warm-up " + (i + 1) + " of " + warmups
                : "round " + (i - warmups + 1) + " of " + rounds;
            final Comparison.Pair pair = round(name, i % 2 == 0 ? NodesKind.PLUMTREE : NodesKind.RAW);
            if (i >= warmups) {
                pairs.add(pair);
            }
        }
        return new Comparison(pairs);
    }

    private Comparison.Pair round(final String name, final NodesKind first) {
        final Map<NodesKind, Measurement> measured = new EnumMap<>(NodesKind.class);
        for (final NodesKind kind : List.of(first, first.other())) {
            if (kind == NodesKind.PLUMTREE || isRawMeasured) {
                progress.accept(name + ": " + kind.label());
                final Measurement measurement = turns.measure(kind, kind == NodesKind.PLUMTREE ? initial : tree);
                measured.put(kind, measurement);
                if (measurement.tree().isSpanning()) {
                    tree = measurement.tree();
                }
            }
        }
        return new Comparison.Pair(measured.get(NodesKind.PLUMTREE), measured.get(NodesKind.RAW));
    }
}
