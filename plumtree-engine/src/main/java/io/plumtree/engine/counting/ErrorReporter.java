package io.plumtree.engine.counting;

import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.handlers.spi.MalformedMessageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Counts every error of a node, and hands those on that are not too many of one {@link ErrorSource}. Any thread.
 */
public final class ErrorReporter {
    private static final Logger LOGGER = System.getLogger("io.plumtree.engine");

    private final String node;
    private final ErrorHandler delegate;
    private final boolean isLogging;
    private final NanoClock clock;
    private final AtomicCounter errors;
    private final AtomicCounter suppressed;

    /**
     * A reporter of one node.
     *
     * @param node     the node.
     * @param delegate who is told; null to log a warning.
     * @param counters where to count.
     * @param clock    the time, by which errors are limited.
     */
    public ErrorReporter(
        final NodeId node, final ErrorHandler delegate, final EngineCounters counters, final NanoClock clock) {
        this.node = node.name();
        this.isLogging = delegate == null;
        this.delegate = delegate == null ? this::log : delegate;
        this.clock = clock;
        this.errors = counters.get(EngineCounter.ERRORS);
        this.suppressed = counters.get(EngineCounter.ERRORS_SUPPRESSED);
    }

    /**
     * Something that can report errors; those of one source are limited together.
     *
     * @param what names it, such as {@code handler 'pubsub'}; null if its errors speak for themselves.
     * @return a new source.
     */
    public ErrorSource source(final String what) {
        return new ErrorSource(this, what);
    }

    /** What others send is told in a line: where that was noticed is of no interest, and they must not fill the log. */
    private void log(final Throwable error) {
        LOGGER.log(
            Level.WARNING, () -> "node '" + node + "': " + error.getMessage(),
            error.getCause() instanceof MalformedMessageException ? null : error);
    }

    /** Name of the node. */
    public String node() {
        return node;
    }

    long nowNs() {
        return clock.nanoTime();
    }

    void counted() {
        errors.increment();
    }

    void suppressed() {
        suppressed.increment();
    }

    /** Says what has ended the node: to the log in any case, however much was reported before. */
    public void reportEnd(final String message, final PlumtreeException end) {
        errors.increment();
        LOGGER.log(Level.ERROR, message, end.getCause());
        if (!isLogging) {
            report(end);
        }
    }

    void report(final Throwable error) {
        try {
            delegate.onError(error);
        } catch (final Throwable ex) {
            Failures.rethrowIfFatal(ex);
            LOGGER.log(Level.WARNING, "the error handler failed", ex);
        }
    }
}
