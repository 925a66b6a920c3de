package io.plumtree.engine.agent;

import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Session;
import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.FrameDecoder;
import io.plumtree.engine.codec.FrameListeners;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.peers.FrameOrigin;
import org.agrona.DirectBuffer;

/** Takes frames from the transport to their families. Whatever is wrong with one is counted, and the frame dropped. */
final class FrameReceiver implements FrameHandler {
    private final FrameOrigin origin;
    private final FrameDecoder decoder;
    private final EngineCounters counters;
    private final ErrorSource errors;

    FrameReceiver(
        final FrameOrigin origin,
        final FrameListeners listeners,
        final EngineCounters counters,
        final ErrorReporter reporter) {
        this.origin = origin;
        this.decoder = new FrameDecoder(listeners);
        this.counters = counters;
        this.errors = reporter.source("engine");
    }

    void nowNs(final long timeNs) {
        origin.nowNs(timeNs);
    }

    @Override
    public boolean onFrame(final Session session, final DirectBuffer buffer, final int offset, final int length) {
        origin.session(session);
        try {
            final DecodeResult result = decoder.decode(buffer, offset, length);
            count(result);
            return result.isDone();
        } catch (final Throwable ex) {
            // A fault of the engine's own. Given again, the frame would lead to the same one.
            Failures.rethrowIfFatal(ex);
            counters.increment(EngineCounter.FRAMES_FAILED);
            errors.report("a frame", ex);
            return true;
        }
    }

    private void count(final DecodeResult result) {
        switch (result) {
            case CONSUMED -> counters.increment(EngineCounter.FRAMES);
            case ABORTED -> counters.increment(EngineCounter.FRAMES_ABORTED);
            case STRANGER -> {
                // Counted where it was refused.
            }
            case TOO_SHORT -> counters.increment(EngineCounter.FRAMES_TOO_SHORT);
            case OTHER_SCHEMA -> counters.increment(EngineCounter.FRAMES_OTHER_SCHEMA);
            case UNKNOWN_TEMPLATE -> counters.increment(EngineCounter.FRAMES_UNKNOWN_TEMPLATE);
            default -> counters.increment(EngineCounter.FRAMES_MALFORMED);
        }
    }
}
