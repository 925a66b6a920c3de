package io.plumtree.engine.query;

import java.util.EnumMap;
import java.util.Map;

/** Counts in a map. */
final class CountingCounters implements QueryCounters {
    private final Map<QueryCounter, Integer> counts = new EnumMap<>(QueryCounter.class);

    @Override
    public void increment(final QueryCounter counter) {
        counts.merge(counter, 1, Integer::sum);
    }

    int count(final QueryCounter counter) {
        return counts.getOrDefault(counter, 0);
    }
}
