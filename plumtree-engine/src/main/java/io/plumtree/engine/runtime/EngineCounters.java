package io.plumtree.engine.runtime;

import io.plumtree.engine.exchange.ExchangeCounter;
import io.plumtree.engine.protocol.Plumtree;
import io.plumtree.engine.protocol.ProtocolCounter;
import io.plumtree.engine.query.QueryCounter;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of a node: the runtime's, copies of the protocol's, and those of the handlers. They outlive it, so
 * that they can be read after the node has closed. Values may be read by any thread.
 */
public final class EngineCounters {
    /** Most counters of one handler, the engine's own for it included. */
    static final int MAX_PER_HANDLER = 64;
    /** Most counters of all handlers. */
    private static final int MAX_OF_HANDLERS = 256;

    private static final EngineCounter[] ENGINE = EngineCounter.values();
    private static final ProtocolCounter[] PROTOCOL = ProtocolCounter.values();
    private static final ExchangeCounter[] EXCHANGE = ExchangeCounter.values();
    private static final QueryCounter[] QUERIES = QueryCounter.values();

    private final AtomicCounter[] engine = new AtomicCounter[ENGINE.length];
    private final AtomicCounter[] protocol = new AtomicCounter[PROTOCOL.length];
    private final AtomicCounter[] exchange = new AtomicCounter[EXCHANGE.length];
    private final AtomicCounter[] queries = new AtomicCounter[QUERIES.length];
    private final CountersManager manager;

    /** Counters at 0. */
    public EngineCounters() {
        final int capacity = ENGINE.length + PROTOCOL.length + EXCHANGE.length + QUERIES.length + MAX_OF_HANDLERS;
        manager = new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * CountersReader.METADATA_LENGTH)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * CountersReader.COUNTER_LENGTH)));
        for (final EngineCounter counter : ENGINE) {
            engine[counter.ordinal()] = manager.newCounter(counter.label());
        }
        for (final ProtocolCounter counter : PROTOCOL) {
            protocol[counter.ordinal()] = manager.newCounter(counter.label());
        }
        for (final ExchangeCounter counter : EXCHANGE) {
            exchange[counter.ordinal()] = manager.newCounter(counter.label());
        }
        for (final QueryCounter counter : QUERIES) {
            queries[counter.ordinal()] = manager.newCounter(counter.label());
        }
    }

    /**
     * A counter of the runtime.
     *
     * @param counter which.
     * @return the counter.
     */
    public AtomicCounter get(final EngineCounter counter) {
        return engine[counter.ordinal()];
    }

    /**
     * Counts one, for counters that the engine's thread alone writes.
     *
     * @param counter which.
     */
    void increment(final EngineCounter counter) {
        engine[counter.ordinal()].incrementRelease();
    }

    /**
     * Counts several, for counters that the engine's thread alone writes.
     *
     * @param counter which.
     * @param amount  how many.
     */
    void add(final EngineCounter counter, final long amount) {
        engine[counter.ordinal()].getAndAddRelease(amount);
    }

    /**
     * Counts what exchanges do; the engine's thread alone.
     *
     * @param counter which.
     * @param amount  how many.
     */
    void add(final ExchangeCounter counter, final long amount) {
        exchange[counter.ordinal()].getAndAddRelease(amount);
    }

    /**
     * Counts one, on the engine's thread.
     *
     * @param counter which.
     */
    void increment(final QueryCounter counter) {
        queries[counter.ordinal()].incrementRelease();
    }

    /**
     * Makes a counter; at launch only, on the launching thread.
     *
     * @param label its label.
     * @return the counter.
     */
    AtomicCounter newCounter(final String label) {
        return manager.newCounter(label);
    }

    /**
     * Copies the protocol's counters.
     *
     * @param plumtree the protocol.
     */
    void copy(final Plumtree plumtree) {
        for (final ProtocolCounter counter : PROTOCOL) {
            protocol[counter.ordinal()].setRelease(plumtree.counter(counter));
        }
    }

    /**
     * All values. Any thread.
     *
     * @return values by label, sorted by label; the caller may add to them.
     */
    public Map<String, Long> snapshot() {
        final Map<String, Long> values = new TreeMap<>();
        manager.forEach((value, id, label) -> values.put(label, value));
        return values;
    }
}
