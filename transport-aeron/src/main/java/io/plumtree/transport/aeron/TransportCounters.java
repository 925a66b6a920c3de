package io.plumtree.transport.aeron;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ObjLongConsumer;

/** The counters' values: written by the thread that drives the transport, read by any. */
final class TransportCounters {
    private static final TransportCounter[] COUNTERS = TransportCounter.values();

    private final AtomicLongArray values = new AtomicLongArray(COUNTERS.length);

    void increment(final TransportCounter counter) {
        add(counter, 1);
    }

    void add(final TransportCounter counter, final long amount) {
        final int index = counter.ordinal();
        values.setRelease(index, values.getPlain(index) + amount);
    }

    /** For the few events that other threads see too. */
    void incrementShared(final TransportCounter counter) {
        values.getAndIncrement(counter.ordinal());
    }

    long get(final TransportCounter counter) {
        return values.getAcquire(counter.ordinal());
    }

    void forEach(final ObjLongConsumer<String> consumer) {
        for (final TransportCounter counter : COUNTERS) {
            consumer.accept(counter.label(), get(counter));
        }
    }
}
