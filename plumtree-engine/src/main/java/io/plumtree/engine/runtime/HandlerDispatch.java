package io.plumtree.engine.runtime;

import io.plumtree.engine.protocol.PlumtreeEffects;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Calls the handlers. What one throws is counted and reported under its name, and answered with
 * {@link PlumtreeEffects#FAILED}, so that trees stay as they are and the engine goes on.
 */
final class HandlerDispatch {
    private final GraftPayload graftPayload = new GraftPayload();
    private final HandlerRegistry registry;

    HandlerDispatch(final HandlerRegistry registry) {
        this.registry = registry;
    }

    /** What the last {@link #graft} that found something found. */
    GraftPayload graftPayload() {
        return graftPayload;
    }

    boolean onBroadcast(
        final int handler,
        final MutableDirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        final HandlerSlot slot = registry.slot(handler);
        try {
            slot.handler.onBroadcast(buffer, idOffset, idLength, payloadOffset, payloadLength);
            return true;
        } catch (final Throwable ex) {
            slot.failed("onBroadcast", ex);
            return false;
        }
    }

    int merge(
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        final HandlerSlot slot = registry.slot(handler);
        try {
            return slot.handler.merge(buffer, idOffset, idLength, payloadOffset, payloadLength) ?
                PlumtreeEffects.NEW : PlumtreeEffects.STALE;
        } catch (final Throwable ex) {
            slot.failed("merge", ex);
            return PlumtreeEffects.FAILED;
        }
    }

    int isStale(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        final HandlerSlot slot = registry.slot(handler);
        try {
            return slot.handler.isStale(buffer, idOffset, idLength) ? PlumtreeEffects.STALE : PlumtreeEffects.NEW;
        } catch (final Throwable ex) {
            slot.failed("isStale", ex);
            return PlumtreeEffects.FAILED;
        }
    }

    int graft(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        final HandlerSlot slot = registry.slot(handler);
        graftPayload.clear();
        try {
            final GraftResult result = slot.handler.graft(buffer, idOffset, idLength, graftPayload);
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
        }
    }

    int doWork(final long nowNs) {
        int workCount = 0;
        for (int i = 0; i < registry.size(); i++) {
            final HandlerSlot slot = registry.slot(i);
            try {
                workCount += slot.handler.doWork(nowNs);
            } catch (final Throwable ex) {
                slot.failed("doWork", ex);
            }
        }
        return workCount;
    }

    void onClose() {
        for (int i = 0; i < registry.size(); i++) {
            final HandlerSlot slot = registry.slot(i);
            try {
                slot.handler.onClose();
            } catch (final Throwable ex) {
                slot.failed("onClose", ex);
            }
        }
    }
}
