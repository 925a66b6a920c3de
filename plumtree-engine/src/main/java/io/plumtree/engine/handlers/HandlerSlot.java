package io.plumtree.engine.handlers;

import io.plumtree.api.Durations;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.events.SlowHandlerCallEvent;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.MalformedMessageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.status.AtomicCounter;

/** A handler of this node, with its number here, what stands for it on the wire, and its failures. */
public final class HandlerSlot {
    private static final Logger LOGGER = System.getLogger("io.plumtree.engine");
    private static final long WARNING_PERIOD_NS = TimeUnit.SECONDS.toNanos(1);

    public final int index;
    public final String name;
    public final int hash;
    /** Index of its channel among the node's {@link HandlerChannels}. */
    public final int channel;
    public final BroadcastHandler handler;
    public final ErrorSource errors;
    private final AtomicCounter failures;
    private final AtomicCounter malformed;
    private final AtomicCounter slow;
    private final AtomicCounter deferred;
    private final String node;
    private boolean hasWarned;
    private long nextWarningNs;
    private boolean isTired;
    private long restUntilNs;

    HandlerSlot(
        final int index,
        final String name,
        final BroadcastHandler handler,
        final int channel,
        final EngineCounters counters,
        final ErrorReporter reporter) {
        this.index = index;
        this.name = name;
        this.hash = NameHash.ofHandler(name);
        this.handler = handler;
        this.channel = channel;
        this.errors = reporter.source("handler '" + name + "'");
        this.failures = counters.newCounter("handler." + name + ".failures");
        this.malformed = counters.newCounter("handler." + name + ".malformed");
        this.slow = counters.newCounter("handler." + name + ".slow");
        this.deferred = counters.newCounter("handler." + name + ".deferred");
        this.node = reporter.node();
    }

    /**
     * The handler itself.
     *
     * @return the handler.
     */
    public BroadcastHandler handler() {
        return handler;
    }

    /** Takes note of what the handler threw. Any thread. */
    public void failed(final String doing, final Throwable error) {
        Failures.rethrowIfFatal(error);
        (error instanceof MalformedMessageException ? malformed : failures).increment();
        errors.report(doing, error);
    }

    /** Takes note of a callback that took too long; says so once a second at most. The engine's thread. */
    public void slow(final String callback, final long nowNs, final long elapsedNs, final long thresholdNs) {
        slow.increment();
        SlowHandlerCallEvent.emit(node, name, callback, elapsedNs, thresholdNs);
        if (!hasWarned || nowNs - nextWarningNs >= 0) {
            hasWarned = true;
            nextWarningNs = nowNs + WARNING_PERIOD_NS;
            LOGGER.log(
                Level.WARNING,
                "node ''{0}'': handler ''{1}'' held the engine up for {2} in {3}; allowed is {4}" +
                    " (plumtree.handler.slow.threshold)",
                node,
                name,
                Durations.format(elapsedNs),
                callback,
                Durations.exact(thresholdNs));
        }
    }

    /** Lets the handler rest until a time. The engine's thread. */
    void restUntil(final long timeNs) {
        isTired = true;
        restUntilNs = timeNs;
    }

    /** Whether it still rests. The engine's thread. */
    boolean isResting(final long nowNs) {
        isTired = isTired && nowNs - restUntilNs < 0;
        return isTired;
    }

    /** Takes note of an announcement or a graft that it was not asked about. */
    void deferred() {
        deferred.increment();
    }

    @Override
    public String toString() {
        return name;
    }
}
