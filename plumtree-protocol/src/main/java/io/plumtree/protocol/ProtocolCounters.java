package io.plumtree.protocol;

import io.plumtree.protocol.flow.FlowCounter;

/** The values of {@link ProtocolCounter}; plain, as the core has one thread. */
final class ProtocolCounters implements FlowCounter {
    private final long[] values = new long[ProtocolCounter.values().length];

    @Override
    public void increment(final ProtocolCounter counter) {
        values[counter.ordinal()]++;
    }

    void add(final ProtocolCounter counter, final int count) {
        values[counter.ordinal()] += count;
    }

    long get(final ProtocolCounter counter) {
        return values[counter.ordinal()];
    }
}
