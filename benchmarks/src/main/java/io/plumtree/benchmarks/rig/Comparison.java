package io.plumtree.benchmarks.rig;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the rounds that count have measured. Ratios are of the two turns of one round, which the machine's moods affect
 * alike, and only then put together.
 *
 * @param rounds in their order; at least one.
 */
record Comparison(List<Pair> rounds) {
    /**
     * One round.
     *
     * @param plumtree ours.
     * @param raw      raw Aeron's; null where it had no turn.
     */
    record Pair(Measurement plumtree, Measurement raw) {
        Measurement of(final NodesKind kind) {
            return kind == NodesKind.PLUMTREE ? plumtree : raw;
        }

        double ratio(final Figure figure) {
            return raw == null ? Double.NaN : figure.of(plumtree) / figure.of(raw);
        }
    }

    boolean has(final NodesKind kind) {
        return rounds.get(0).of(kind) != null;
    }

    /** All measurements of one kind. */
    Stream<Measurement> of(final NodesKind kind) {
        return rounds.stream().map(round -> round.of(kind)).filter(Objects::nonNull);
    }

    Spread of(final NodesKind kind, final Figure figure) {
        return Spread.of(of(kind).mapToDouble(figure::of));
    }

    /** The last round's. */
    Measurement last(final NodesKind kind) {
        return rounds.get(rounds.size() - 1).of(kind);
    }

    Spread ratio(final Figure figure) {
        return Spread.of(rounds.stream().mapToDouble(round -> round.ratio(figure)));
    }

    /** Deliveries that did not happen, in all rounds. */
    long lost(final NodesKind kind) {
        return of(kind).mapToLong(Measurement::lost).sum();
    }
}
