package io.plumtree.engine.handlers;

import io.plumtree.api.MessageId;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.codec.MessageCursor;
import io.plumtree.engine.counting.Failures;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.MutableMessage;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.Plumtree;
import io.plumtree.protocol.PlumtreeEffects;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Calls the handlers. What one throws is counted and reported under its name, and answered with
 * {@link PlumtreeEffects#FAILED}, so that trees stay as they are and the engine goes on. Who takes too long is counted
 * and named, too.
 */
public final class HandlerDispatch {
    /** Nothing of a broadcast was new. */
    public static final int ALL_STALE = 0;
    /** Nothing of a broadcast was new, and the handler failed at a part of it. */
    static final int NONE_NEW = -1;

    private final MutableMessage own = new MutableMessage();
    private final MessageCursor cursor = new MessageCursor();
    private final GraftPayload graftPayload = new GraftPayload();
    private final HandlerRegistry registry;
    private final SlowHandlerWatch watch;

    public HandlerDispatch(final HandlerRegistry registry, final SlowHandlerWatch watch) {
        this.registry = registry;
        this.watch = watch;
    }

    /** The name of a handler. */
    public String nameOf(final int handler) {
        return registry.slot(handler).name;
    }

    /** What the last {@link #graft} that found something found. */
    public GraftPayload graftPayload() {
        return graftPayload;
    }

    /** A broadcast of this node's own, still in the ring, which its handler may write to. */
    public boolean onBroadcast(final int handler, final MutableDirectBuffer buffer, final int bodyOffset) {
        final int idLength = GossipBody.idLength(buffer, bodyOffset);
        final int payloadOffset = GossipBody.payloadOffset(bodyOffset, idLength);
        final int payloadLength = GossipBody.payloadLength(buffer, bodyOffset, idLength);
        final HandlerSlot slot = registry.slot(handler);
        watch.begin();
        try {
            slot.handler.onBroadcast(
                own.wrap(buffer, GossipBody.idOffset(bodyOffset), idLength, payloadOffset, payloadLength));
            return true;
        } catch (final Throwable ex) {
            slot.failed("onBroadcast", ex);
            return false;
        } finally {
            watch.end(slot, "onBroadcast");
        }
    }

    /**
     * Merges the messages of a broadcast, one after another; timed as one callback.
     *
     * @return how many are new; if none is, {@link #ALL_STALE}, or {@link #NONE_NEW} where the handler failed at one.
     */
    public int merge(final Broadcast broadcast) {
        final HandlerSlot slot = registry.slot(broadcast.key().handler());
        int merged = 0;
        int nothing = ALL_STALE;
        cursor.begin(broadcast);
        watch.begin();
        while (cursor.hasNext()) {
            try {
                if (slot.handler.merge(cursor.next())) {
                    merged++;
                }
            } catch (final Throwable ex) {
                slot.failed("merge", ex);
                nothing = NONE_NEW;
            }
        }
        watch.end(slot, "merge");
        return merged > 0 ? merged : nothing;
    }

    public int isStale(final MessageKey key) {
        final HandlerSlot slot = registry.slot(key.handler());
        if (watch.isResting(slot)) {
            slot.deferred();
            return PlumtreeEffects.DEFERRED;
        }
        watch.begin();
        try {
            return slot.handler.isStale(key.id()) ?
                PlumtreeEffects.STALE : PlumtreeEffects.NEW;
        } catch (final Throwable ex) {
            slot.failed("isStale", ex);
            return PlumtreeEffects.FAILED;
        } finally {
            watch.end(slot, "isStale");
        }
    }

    /** Looks a message up; what is found is in {@link #graftPayload()} until the next call. */
    public int graft(final int handler, final MessageId id) {
        final HandlerSlot slot = registry.slot(handler);
        graftPayload.clear();
        if (watch.isResting(slot)) {
            slot.deferred();
            return PlumtreeEffects.DEFERRED;
        }
        watch.beginRare();
        try {
            final GraftResult result = slot.handler.graft(id, graftPayload);
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
        final Broadcast broadcast = new Broadcast();
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
                        GossipBody.wrap(broadcast, body, 0);
                        broadcast.key().set(0, 0, slot.index);
                        plumtree.onBroadcast(broadcast, nowNs);
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
