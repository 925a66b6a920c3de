package io.plumtree.system;

import io.plumtree.api.MessageId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.Message;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One root's messages, each with its number in front; keeps them all. Names the channel that it is told to. */
final class NumberHandler implements BroadcastHandler {
    final Map<Integer, UnsafeBuffer> received = new HashMap<>();
    private final String channel;

    NumberHandler(final String channel) {
        this.channel = channel;
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public void broadcastData(
        final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        if (claim.tryClaim(Integer.BYTES, length) > 0) {
            claim.buffer().putBytes(claim.idOffset(), data, offset, Integer.BYTES);
            claim.buffer().putBytes(claim.payloadOffset(), data, offset, length);
            keep(data, offset, length);
        }
    }

    @Override
    public boolean merge(final Message message) {
        return !isStale(message.id())
            && keep(message.buffer(), message.payloadOffset(), message.payloadLength());
    }

    private boolean keep(final DirectBuffer buffer, final int offset, final int length) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, buffer, offset, length);
        return received.put(buffer.getInt(offset), copy) == null;
    }

    @Override
    public boolean isStale(final MessageId id) {
        return received.containsKey(id.buffer().getInt(id.offset()));
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        final UnsafeBuffer message = received.get(id.buffer().getInt(id.offset()));
        if (message == null) {
            return GraftResult.UNKNOWN;
        }
        payload.wrap(message, 0, message.capacity());
        return GraftResult.PAYLOAD;
    }
}
