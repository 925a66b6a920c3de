package io.plumtree.engine.handlers;

import io.plumtree.api.MessageId;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.counting.Failures;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import io.plumtree.protocol.Plumtree;
import io.plumtree.protocol.PlumtreeEffects;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Calls the handlers. What one throws is counted and reported under its name, and answered with
 * {@link PlumtreeEffects#FAILED}, so that trees stay as they are and the engine goes on. Who takes too long is counted
 * and named, too.
 */
public final class HandlerDispatch {
    public static final int ALL_STALE = 0;
    static final int NONE_NEW = -1;

    private final MutableMessage own = new MutableMessage();
    private final Message message = new Message();
    private final MessageId id = new MessageId();
    private final GraftPayload graftPayload = new GraftPayload();
    private final HandlerRegistry registry;
    private final SlowHandlerWatch watch;

    public HandlerDispatch(final HandlerRegistry registry, final SlowHandlerWatch watch) {
        this.registry = registry;
        this.watch = watch;
    }

    /** What the last {@link #graft} that found something found. */
    public GraftPayload graftPayload() {
        return graftPayload;
    }

    public boolean onBroadcast(
        final int handler,
        final MutableDirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        final HandlerSlot slot = registry.slot(handler);
        watch.begin();
        try {
            slot.handler.onBroadcast(own.wrap(buffer, idOffset, idLength, payloadOffset, payloadLength));
            return true;
        } catch (final Throwable ex) {
            slot.failed("onBroadcast", ex);
            return false;
        } finally {
            watch.end(slot, "onBroadcast");
        }
    }

    public int merge(
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        final HandlerSlot slot = registry.slot(handler);
        watch.begin();
        try {
            return slot.handler.merge(message.wrap(buffer, idOffset, idLength, payloadOffset, payloadLength)) ?
                PlumtreeEffects.NEW : PlumtreeEffects.STALE;
        } catch (final Throwable ex) {
            slot.failed("merge", ex);
            return PlumtreeEffects.FAILED;
        } finally {
            watch.end(slot, "merge");
        }
    }

    /**
     * Merges messages that travelled together, one after another; timed as one callback.
     *
     * @return how many are new; if none is, {@link #ALL_STALE}, or {@link #NONE_NEW} where the handler failed at one.
     */
    public int mergeAll(final int handler, final DirectBuffer buffer, final int bodyOffset, final int end) {
        final HandlerSlot slot = registry.slot(handler);
        int merged = 0;
        int nothing = ALL_STALE;
        watch.begin();
        for (int body = bodyOffset; body < end;) {
            final int idLength = GossipBody.idLength(buffer, body);
            final int payloadOffset = GossipBody.payloadOffset(body, idLength);
            final int payloadLength = GossipBody.payloadLength(buffer, body, idLength);
            try {
                if (slot.handler.merge(
                    message.wrap(buffer, GossipBody.idOffset(body), idLength, payloadOffset, payloadLength))) {
                    merged++;
                }
            } catch (final Throwable ex) {
                slot.failed("merge", ex);
                nothing = NONE_NEW;
            }
            body = payloadOffset + payloadLength;
        }
        watch.end(slot, "merge");
        return merged > 0 ? merged : nothing;
    }

    public int isStale(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        final HandlerSlot slot = registry.slot(handler);
        if (watch.isResting(slot)) {
            slot.deferred();
            return PlumtreeEffects.DEFERRED;
        }
        watch.begin();
        try {
            return slot.handler.isStale(id.wrap(buffer, idOffset, idLength)) ?
                PlumtreeEffects.STALE : PlumtreeEffects.NEW;
        } catch (final Throwable ex) {
            slot.failed("isStale", ex);
            return PlumtreeEffects.FAILED;
        } finally {
            watch.end(slot, "isStale");
        }
    }

    public int graft(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        final HandlerSlot slot = registry.slot(handler);
        graftPayload.clear();
        if (watch.isResting(slot)) {
            slot.deferred();
            return PlumtreeEffects.DEFERRED;
        }
        watch.beginRare();
        try {
            final GraftResult result = slot.handler.graft(id.wrap(buffer, idOffset, idLength), graftPayload);
            switch (result) {
                case PAYLOAD:
                    if (graftPayload.buffer() == null) {
                        throw new IllegalStateException("GraftResult.PAYLOAD without a payload");
                    }
                    return PlumtreeEffects.FOUND;
                case STALE:
                    return PlumtreeEffects.STALE;
                default:
                    return PlumtreeEffects.UNKNOWN;
            }
        } catch (final Throwable ex) {
            slot.failed("graft", ex);
            return PlumtreeEffects.FAILED;
        } finally {
            watch.end(slot, "graft");
        }
    }

    /** The latest incarnation of a node that a handler knows; 0 for none. */
    public long latestIncarnation(final long node) {
        long latest = 0;
        for (int i = 0; i < registry.size(); i++) {
            final HandlerSlot slot = registry.slot(i);
            try {
                latest = Math.max(latest, slot.handler.latestIncarnation(node));
            } catch (final Throwable ex) {
                slot.failed("latestIncarnation", ex);
            }
        }
        return latest;
    }

    /** This node goes on in a later incarnation. */
    public void onIncarnation(final long former, final boolean isHeard, final Plumtree plumtree, final long nowNs) {
        final ExpandableArrayBuffer body = new ExpandableArrayBuffer();
        for (int i = 0; i < registry.size(); i++) {
            final HandlerSlot slot = registry.slot(i);
            try {
                slot.handler.onIncarnation(
                    former, isHeard, rebroadcast -> {
                        final int idLength = rebroadcast.id().length();
                        final int payloadOffset = GossipBody.payloadOffset(0, idLength);
                        body.checkLimit(payloadOffset + rebroadcast.payloadLength());
                        rebroadcast.id().copyTo(body, GossipBody.idOffset(0));
                        body.putBytes(
                            payloadOffset, rebroadcast.buffer(), rebroadcast.payloadOffset(),
                            rebroadcast.payloadLength());
                        GossipBody.lengths(body, 0, idLength, rebroadcast.payloadLength());
                        plumtree.onBroadcast(
                            slot.index, body, GossipBody.idOffset(0), idLength, payloadOffset,
                            rebroadcast.payloadLength(), nowNs);
                    });
            } catch (final Throwable ex) {
                slot.failed("onIncarnation", ex);
            }
        }
    }

    public int doWork(final long nowNs) {
        int workCount = 0;
        for (int i = 0; i < registry.size(); i++) {
            final HandlerSlot slot = registry.slot(i);
            watch.beginRare();
            try {
                workCount += slot.handler.doWork(nowNs);
            } catch (final Throwable ex) {
                slot.failed("doWork", ex);
            } finally {
                watch.end(slot, "doWork");
            }
        }
        return workCount;
    }

    /** Closes all handlers, whatever one of them throws; then throws what nobody should catch, if there was any. */
    public void onClose() {
        Throwable fatal = null;
        for (int i = 0; i < registry.size(); i++) {
            final HandlerSlot slot = registry.slot(i);
            try {
                slot.handler.onClose();
            } catch (final Throwable ex) {
                try {
                    slot.failed("onClose", ex);
                } catch (final Throwable again) {
                    fatal = fatal == null ? again : fatal;
                }
            }
        }
        if (fatal != null) {
            Failures.rethrowIfFatal(fatal);
        }
    }
}
