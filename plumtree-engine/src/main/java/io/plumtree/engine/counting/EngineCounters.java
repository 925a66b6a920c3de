package io.plumtree.engine.counting;

import io.plumtree.api.NodeId;
import io.plumtree.api.OpenFiles;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.counters.CountersLayout;
import io.plumtree.engine.exchange.ExchangeCounter;
import io.plumtree.engine.query.QueryCounter;
import io.plumtree.protocol.Plumtree;
import io.plumtree.protocol.ProtocolCounter;
import io.plumtree.protocol.membership.HyParView;
import io.plumtree.protocol.membership.HyParViewCounter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of a node: the engine's, copies of the protocol's and the transport's, levels, and those of the
 * handlers. They outlive it, so that they can be read after the node has closed. Values may be read by any thread, and
 * by other processes where they are in a file.
 */
public final class EngineCounters {
    /** Most counters of one handler, the engine's own for it included. */
    public static final int MAX_PER_HANDLER = 64;
    /** Most counters of all handlers. */
    private static final int MAX_OF_HANDLERS = 256;
    private static final Logger LOGGER = System.getLogger("io.plumtree.engine");

    private static final EngineCounter[] ENGINE = EngineCounter.values();
    private static final ProtocolCounter[] PROTOCOL = ProtocolCounter.values();
    private static final ExchangeCounter[] EXCHANGE = ExchangeCounter.values();
    private static final QueryCounter[] QUERIES = QueryCounter.values();
    private static final HyParViewCounter[] OVERLAY = HyParViewCounter.values();
    private static final EngineGauge[] GAUGES = EngineGauge.values();
    private static final int CAPACITY = ENGINE.length + PROTOCOL.length + EXCHANGE.length + QUERIES.length +
        OVERLAY.length + GAUGES.length + TransportCounterCopy.MAX_COUNTERS + MAX_OF_HANDLERS;

    private final AtomicCounter[] engine = new AtomicCounter[ENGINE.length];
    private final AtomicCounter[] protocol = new AtomicCounter[PROTOCOL.length];
    private final AtomicCounter[] exchange = new AtomicCounter[EXCHANGE.length];
    private final AtomicCounter[] queries = new AtomicCounter[QUERIES.length];
    private final AtomicCounter[] overlay = new AtomicCounter[OVERLAY.length];
    private final AtomicCounter[] gauges = new AtomicCounter[GAUGES.length];
    private final CountersManager manager;
    /** Null if they are in memory alone. */
    private final MappedCounters file;

    /** Counters at 0, in memory alone. */
    public EngineCounters() {
        this(
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY * CountersReader.METADATA_LENGTH)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY * CountersReader.COUNTER_LENGTH)),
            null);
    }

    private EngineCounters(final UnsafeBuffer metadata, final UnsafeBuffer values, final MappedCounters file) {
        this.file = file;
        manager = new CountersManager(metadata, values);
        for (final EngineCounter counter : ENGINE) {
            engine[counter.ordinal()] = manager.newCounter(counter.label(), counter == EngineCounter.MAX_CYCLE_NS ?
                CountersLayout.TYPE_LEVEL : CountersLayout.TYPE_COUNT);
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
        for (final HyParViewCounter counter : OVERLAY) {
            overlay[counter.ordinal()] = manager.newCounter(counter.label());
        }
        for (final EngineGauge gauge : GAUGES) {
            gauges[gauge.ordinal()] = manager.newCounter(gauge.label(), CountersLayout.TYPE_LEVEL);
        }
    }

    /**
     * Counters at 0, in a file that other processes can read. If there can be none, that is counted and logged, and
     * they are in memory alone.
     *
     * @param directory   where to make the file; null for memory alone.
     * @param node        whose counters.
     * @param cluster     the node's cluster.
     * @param incarnation the node's run.
     * @param wallClock   the time by which readers of the file tell whether the node lives.
     * @return the counters, for {@link #close()}.
     * @throws PlumtreeException if the JVM can't have any file, for want of descriptors.
     */
    public static EngineCounters in(
        final Path directory,
        final NodeId node,
        final String cluster,
        final long incarnation,
        final EpochClock wallClock) {
        if (directory == null) {
            return new EngineCounters();
        }
        try {
            final MappedCounters file =
                MappedCounters.create(directory, node, cluster, incarnation, CAPACITY, wallClock);
            return new EngineCounters(file.metadata(), file.values(), file);
        } catch (final IOException | RuntimeException ex) {
            LOGGER.log(
                Level.WARNING, "node ''{0}'': no file for the counters in {1}: {2}", node, directory, reason(ex));
            final EngineCounters counters = new EngineCounters();
            counters.get(EngineCounter.COUNTERS_FILE_FAILURES).increment();
            return counters;
        } catch (final LinkageError ex) {
            throw withoutDescriptors(directory, ex);
        }
    }

    /** The system's words, where it has any: several exceptions say nothing but the file's name. */
    private static String reason(final Exception ex) {
        if (ex instanceof AccessDeniedException) {
            return ex.getMessage() + ": permission denied";
        }
        final boolean isAllSaid = ex instanceof FileSystemException failure ? failure.getReason() != null
            : ex instanceof IOException && ex.getMessage() != null;
        return isAllSaid ? ex.getMessage() : ex.toString();
    }

    /**
     * The JDK's files take a descriptor when their class is loaded, once; for want of it there are no files, and no
     * sockets either, while the process lives.
     */
    static RuntimeException withoutDescriptors(final Path directory, final LinkageError error) {
        if (OpenFiles.areTooMany(error)) {
            return new PlumtreeException(
                Category.ENVIRONMENT, "no file for the counters in " + directory + ": " + OpenFiles.TOO_MANY);
        }
        throw error;
    }

    /** A sign of life for those who read the file. */
    public void heartbeat(final long periodNs) {
        if (file != null) {
            // Other processes have no part in the cycle's time.
            file.heartbeat(TimeUnit.NANOSECONDS.toMillis(periodNs));
        }
    }

    /** The node goes on in a later incarnation. */
    public void incarnation(final long incarnation) {
        if (file != null) {
            file.incarnation(incarnation);
        }
    }

    /** Removes the file, if there is one; the counters stay as they are. Harmless when closed. */
    public void close() {
        if (file != null) {
            try {
                file.remove();
            } catch (final IOException ex) {
                LOGGER.log(Level.WARNING, "the file of counters can''t be removed: {0}", reason(ex));
            }
        }
    }

    /** A counter of the protocol, as last copied. */
    AtomicCounter get(final ProtocolCounter counter) {
        return protocol[counter.ordinal()];
    }

    /** A counter of exchanges. */
    AtomicCounter get(final ExchangeCounter counter) {
        return exchange[counter.ordinal()];
    }

    /** A counter of queries. */
    AtomicCounter get(final QueryCounter counter) {
        return queries[counter.ordinal()];
    }

    /** Sets a level; the engine's thread alone. */
    public void set(final EngineGauge gauge, final long value) {
        gauges[gauge.ordinal()].setRelease(value);
    }

    /**
     * A counter of the engine.
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
    public void increment(final EngineCounter counter) {
        engine[counter.ordinal()].incrementRelease();
    }

    /**
     * Counts several, for counters that the engine's thread alone writes.
     *
     * @param counter which.
     * @param amount  how many.
     */
    public void add(final EngineCounter counter, final long amount) {
        engine[counter.ordinal()].getAndAddRelease(amount);
    }

    /**
     * Counts what exchanges do; the engine's thread alone.
     *
     * @param counter which.
     * @param amount  how many.
     */
    public void add(final ExchangeCounter counter, final long amount) {
        exchange[counter.ordinal()].getAndAddRelease(amount);
    }

    /**
     * Counts one, on the engine's thread.
     *
     * @param counter which.
     */
    public void increment(final QueryCounter counter) {
        queries[counter.ordinal()].incrementRelease();
    }

    /**
     * Makes a counter; at launch only, on the launching thread.
     *
     * @param label its label.
     * @return the counter.
     */
    public AtomicCounter newCounter(final String label) {
        return manager.newCounter(label);
    }

    /**
     * Copies the protocol's counters.
     *
     * @param plumtree the protocol.
     */
    public void copy(final Plumtree plumtree) {
        for (final ProtocolCounter counter : PROTOCOL) {
            protocol[counter.ordinal()].setRelease(plumtree.counter(counter));
        }
    }

    /**
     * Copies the membership protocol's counters.
     *
     * @param hyParView the protocol.
     */
    public void copy(final HyParView hyParView) {
        for (final HyParViewCounter counter : OVERLAY) {
            overlay[counter.ordinal()].setRelease(hyParView.get(counter));
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
