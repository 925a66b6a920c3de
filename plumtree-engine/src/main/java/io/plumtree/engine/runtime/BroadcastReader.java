package io.plumtree.engine.runtime;

import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.protocol.Plumtree;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;

/** Takes broadcasts from a {@link CommandRing} to the protocol, as long as the peers can take them. */
final class BroadcastReader implements ControlledMessageHandler {
    /** What waits for less is not told: under load that is each broadcast. */
    private static final long MIN_TOLD_DELAY_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final CommandRing ring;
    private final Plumtree plumtree;
    private final HandlerDispatch dispatch;
    private final EngineCounters counters;
    private final EngineEvents events;
    private final ErrorSource errors;
    private boolean isDelayed;
    private long delayedSinceNs;
    private long nowNs;

    BroadcastReader(
        final CommandRing ring,
        final Plumtree plumtree,
        final HandlerDispatch dispatch,
        final EngineCounters counters,
        final EngineEvents events,
        final ErrorReporter reporter) {
        this.ring = ring;
        this.plumtree = plumtree;
        this.dispatch = dispatch;
        this.counters = counters;
        this.events = events;
        this.errors = reporter.source("engine");
    }

    int poll(final long timeNs, final int limit) {
        nowNs = timeNs;
        return ring.poll(this, limit);
    }

    @Override
    public Action onMessage(
        final int typeId, final MutableDirectBuffer buffer, final int offset, final int length) {
        try {
            final int handler = CommandRing.handlerOf(typeId);
            if (!plumtree.canBroadcast(handler, nowNs)) {
                counters.increment(EngineCounter.BROADCASTS_DELAYED);
                if (!isDelayed) {
                    isDelayed = true;
                    delayedSinceNs = nowNs;
                }
                return Action.ABORT;
            }
            if (isDelayed) {
                onDelayOver(handler);
            }
            broadcast(handler, buffer, CommandRing.bodyOffset(offset));
        } catch (final Throwable ex) {
            // A fault of the engine's own. Read again, the record would lead to the same one.
            Failures.rethrowIfFatal(ex);
            counters.increment(EngineCounter.BROADCASTS_FAILED);
            errors.report("a broadcast", ex);
        }
        return Action.CONTINUE;
    }

    private void onDelayOver(final int handler) {
        isDelayed = false;
        if (nowNs - delayedSinceNs >= MIN_TOLD_DELAY_NS) {
            events.broadcastDelayed(handler, nowNs - delayedSinceNs);
        }
    }

    private void broadcast(final int handler, final MutableDirectBuffer buffer, final int bodyOffset) {
        final int idLength = GossipBody.idLength(buffer, bodyOffset);
        final int idOffset = GossipBody.idOffset(bodyOffset);
        final int payloadLength = GossipBody.payloadLength(buffer, bodyOffset, idLength);
        final int payloadOffset = GossipBody.payloadOffset(bodyOffset, idLength);
        if (dispatch.onBroadcast(handler, buffer, idOffset, idLength, payloadOffset, payloadLength)) {
            plumtree.onBroadcast(handler, buffer, idOffset, idLength, payloadOffset, payloadLength, nowNs);
        } else {
            counters.increment(EngineCounter.BROADCASTS_FAILED);
        }
    }
}
