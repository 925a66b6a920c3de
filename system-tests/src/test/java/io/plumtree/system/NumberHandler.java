package io.plumtree.system;

import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
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
    public boolean merge(
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        return !isStale(buffer, idOffset, idLength) && keep(buffer, payloadOffset, payloadLength);
    }

    private boolean keep(final DirectBuffer buffer, final int offset, final int length) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, buffer, offset, length);
        return received.put(buffer.getInt(offset), copy) == null;
    }

    @Override
    public boolean isStale(final DirectBuffer buffer, final int idOffset, final int idLength) {
        return received.containsKey(buffer.getInt(idOffset));
    }

    @Override
    public GraftResult graft(
        final DirectBuffer buffer, final int idOffset, final int idLength, final GraftPayload payload) {
        final UnsafeBuffer message = received.get(buffer.getInt(idOffset));
        if (message == null) {
            return GraftResult.UNKNOWN;
        }
        payload.wrap(message, 0, message.capacity());
        return GraftResult.PAYLOAD;
    }
}
