package io.plumtree.engine.agent;

import io.plumtree.api.MessageId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import org.agrona.DirectBuffer;
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
    public void onBroadcast(final MutableMessage message) {
        message.buffer().putLong(message.idOffset(), self);
        message.buffer().putLong(message.idOffset() + 8, sequence);
        lastByOrigin.put(self, sequence++);
    }

    @Override
    public boolean merge(final Message message) {
        if (isStale(message.id())) {
            return false;
        }
        lastByOrigin.put(origin(message.id()), number(message.id()));
        delivered++;
        return true;
    }

    @Override
    public boolean isStale(final MessageId id) {
        return number(id) <= lastByOrigin.get(origin(id));
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        return GraftResult.UNKNOWN;
    }

    private static long origin(final MessageId id) {
        return id.buffer().getLong(id.offset());
    }

    private static long number(final MessageId id) {
        return id.buffer().getLong(id.offset() + 8);
    }
}
