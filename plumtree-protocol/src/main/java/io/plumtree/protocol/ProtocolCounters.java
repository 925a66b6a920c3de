package io.plumtree.protocol;

/** The values of {@link ProtocolCounter}; plain, as the core has one thread. */
final class ProtocolCounters {
    private final long[] values = new long[ProtocolCounter.values().length];

    void increment(final ProtocolCounter counter) {
        values[counter.ordinal()]++;
    }

    long get(final ProtocolCounter counter) {
        return values[counter.ordinal()];
    }
}
