package io.plumtree.engine.ring;

import io.plumtree.api.BroadcastResult;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.handlers.HandlerSlot;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/** Broadcasts data through the handlers' {@code broadcastData}. Any thread. */
public final class Broadcaster {
    private final HandlerRegistry registry;
    private final CommandRings rings;
    private final AtomicCounter rejected;
    private final ThreadLocal<Local> locals;

    /** A thread's claims; they refer to nothing but rings, since they may outlive the node as long as their thread. */
    private static final class Local {
        final EngineClaim[] byChannel;
        boolean isBusy;

        Local(final int channelCount) {
            byChannel = new EngineClaim[channelCount];
        }

        EngineClaim claim(final CommandRing ring, final int channel) {
            if (byChannel[channel] == null) {
                byChannel[channel] = ring.newClaim(null);
            }
            return byChannel[channel];
        }
    }

    /**
     * A way to broadcast.
     *
     * @param registry the handlers.
     * @param rings    to which they write.
     * @param counters where to count.
     */
    public Broadcaster(final HandlerRegistry registry, final CommandRings rings, final EngineCounters counters) {
        this.registry = registry;
        this.rings = rings;
        this.rejected = counters.get(EngineCounter.BROADCASTS_REJECTED);
        final int channelCount = rings.channelCount();
        this.locals = ThreadLocal.withInitial(() -> new Local(channelCount));
    }

    /**
     * Broadcasts.
     *
     * @param handler name of the handler.
     * @param data    holds the data.
     * @param offset  where it starts.
     * @param length  its length in bytes.
     * @return a position or a {@link BroadcastResult}.
     */
    public long broadcast(final String handler, final DirectBuffer data, final int offset, final int length) {
        data.boundsCheck(offset, length);
        if (rings.isClosed()) {
            return BroadcastResult.CLOSED;
        }
        final HandlerSlot slot = registry.byName(handler);
        if (slot == null) {
            return BroadcastResult.UNKNOWN_HANDLER;
        }
        final CommandRing ring = rings.of(slot);
        final Local local = locals.get();
        if (local.isBusy) {
            // A handler that broadcasts while it makes a message.
            return broadcast(slot, ring.newClaim(slot), data, offset, length);
        }
        local.isBusy = true;
        try {
            return broadcast(slot, local.claim(ring, slot.channel), data, offset, length);
        } finally {
            local.isBusy = false;
        }
    }

    private long broadcast(
        final HandlerSlot slot,
        final EngineClaim claim,
        final DirectBuffer data,
        final int offset,
        final int length) {
        claim.reset(slot);
        try {
            slot.handler.broadcastData(data, offset, length, claim);
            if (claim.isOpen()) {
                claim.commit();
            }
        } catch (final Throwable ex) {
            if (claim.isOpen()) {
                claim.abort();
            }
            if (claim.result() < 0) {
                claim.reset(slot);
            }
            slot.failed("broadcastData", ex);
        }
        final long result = claim.result();
        // The claim stays with the thread, and must not keep the node.
        claim.reset(null);
        if (result == BroadcastResult.REJECTED) {
            rejected.increment();
        }
        return result;
    }
}
