package io.plumtree.engine.counting;

import io.plumtree.api.transport.Transport;
import java.util.function.ObjLongConsumer;
import org.agrona.collections.Object2ObjectHashMap;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Copies a transport's counters to those of the node. A transport tells them by name, mostly in the same order each
 * time: so each is looked for where it was the last time, and by its name only where it is another.
 */
public final class TransportCounterCopy implements ObjLongConsumer<String> {
    /** Most counters of a transport that are copied. */
    static final int MAX_COUNTERS = 64;

    private final Object2ObjectHashMap<String, AtomicCounter> byLabel = new Object2ObjectHashMap<>();
    private final String[] labels = new String[MAX_COUNTERS];
    private final AtomicCounter[] copies = new AtomicCounter[MAX_COUNTERS];
    private final Transport transport;
    private final EngineCounters counters;
    private final ErrorSource errors;
    private boolean hasFailed;
    private int position;
    /** How far the counters that have been refused before go. */
    private int refused;

    /** Copies nothing yet. */
    public TransportCounterCopy(final Transport transport, final EngineCounters counters, final ErrorSource errors) {
        this.transport = transport;
        this.counters = counters;
        this.errors = errors;
    }

    /** Copies all values; the engine's thread. A transport that fails is not asked again. */
    public void copy() {
        if (hasFailed) {
            return;
        }
        position = 0;
        try {
            transport.forEachCounter(this);
        } catch (final Throwable ex) {
            Failures.rethrowIfFatal(ex);
            hasFailed = true;
            errors.report("the transport's counters", ex);
        }
    }

    @Override
    public void accept(final String label, final long value) {
        final int index = position++;
        if (index < MAX_COUNTERS && label.equals(labels[index])) {
            copies[index].setRelease(value);
            return;
        }
        final AtomicCounter copy = find(label);
        if (copy == null) {
            return;
        }
        if (index < MAX_COUNTERS) {
            labels[index] = label;
            copies[index] = copy;
        }
        copy.setRelease(value);
    }

    private AtomicCounter find(final String label) {
        AtomicCounter copy = byLabel.get(label);
        if (copy == null && byLabel.size() < MAX_COUNTERS) {
            copy = counters.newCounter(label);
            byLabel.put(label, copy);
        } else if (copy == null && refused < position) {
            refused = position;
            counters.increment(EngineCounter.COUNTERS_REFUSED);
        }
        return copy;
    }
}
