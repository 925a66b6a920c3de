package io.plumtree.engine.runtime;

import io.plumtree.engine.codec.NameHash;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.MalformedMessageException;
import org.agrona.concurrent.status.AtomicCounter;

/** A handler of this node, with its number here, what stands for it on the wire, and its failures. */
public final class HandlerSlot {
    final int index;
    final String name;
    final int hash;
    final BroadcastHandler handler;
    final ErrorSource errors;
    private final AtomicCounter failures;
    private final AtomicCounter malformed;

    HandlerSlot(
        final int index,
        final String name,
        final BroadcastHandler handler,
        final EngineCounters counters,
        final ErrorReporter reporter) {
        this.index = index;
        this.name = name;
        this.hash = NameHash.ofHandler(name);
        this.handler = handler;
        this.errors = reporter.source("handler '" + name + "'");
        this.failures = counters.newCounter("handler." + name + ".failures");
        this.malformed = counters.newCounter("handler." + name + ".malformed");
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
    void failed(final String doing, final Throwable error) {
        Failures.rethrowIfFatal(error);
        (error instanceof MalformedMessageException ? malformed : failures).increment();
        errors.report(doing, error);
    }

    @Override
    public String toString() {
        return name;
    }
}
