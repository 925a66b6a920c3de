package io.plumtree.engine.query;

/** Where queries count; see {@link QueryCounter}. */
@FunctionalInterface
public interface QueryCounters {
    /**
     * Counts one.
     *
     * @param counter which.
     */
    void increment(QueryCounter counter);
}
