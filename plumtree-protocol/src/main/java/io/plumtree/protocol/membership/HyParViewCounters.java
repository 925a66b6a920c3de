package io.plumtree.protocol.membership;

/** The values of {@link HyParViewCounter}; plain, as the core has one thread. */
final class HyParViewCounters {
    private final long[] values = new long[HyParViewCounter.values().length];

    void increment(final HyParViewCounter counter) {
        values[counter.ordinal()]++;
    }

    long get(final HyParViewCounter counter) {
        return values[counter.ordinal()];
    }
}
