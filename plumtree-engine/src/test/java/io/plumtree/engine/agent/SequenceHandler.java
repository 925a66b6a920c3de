package io.plumtree.engine.agent;

import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/** Keeps the last number of each origin and nothing else; allocates nothing once it knows the origins. */
final class SequenceHandler implements BroadcastHandler {
    long delivered;
    private final String channel;
    private final Long2LongHashMap lastByOrigin = new Long2LongHashMap(-1);
    private long self;
    private long sequence;

    SequenceHandler(final String channel) {
        this.channel = channel;
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public void onStart(final HandlerContext context) {
        self = context.self().value();
    }

    @Override
    public void broadcastData(
        final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        if (claim.tryClaim(16, length) > 0) {
            claim.buffer().putBytes(claim.payloadOffset(), data, offset, length);
        }
    }

    @Override
    public void onBroadcast(
        final MutableDirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        buffer.putLong(idOffset, self);
        buffer.putLong(idOffset + 8, sequence);
        lastByOrigin.put(self, sequence++);
    }

    @Override
    public boolean merge(
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        if (isStale(buffer, idOffset, idLength)) {
            return false;
        }
        lastByOrigin.put(buffer.getLong(idOffset), buffer.getLong(idOffset + 8));
        delivered++;
        return true;
    }

    @Override
    public boolean isStale(final DirectBuffer buffer, final int idOffset, final int idLength) {
        return buffer.getLong(idOffset + 8) <= lastByOrigin.get(buffer.getLong(idOffset));
    }

    @Override
    public GraftResult graft(
        final DirectBuffer buffer, final int idOffset, final int idLength, final GraftPayload payload) {
        return GraftResult.UNKNOWN;
    }
}
