package io.plumtree.benchmarks;

import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * As little as a handler can be: it has seen every message up to the highest number, and one payload stands for all of
 * them.
 */
class CountingHandler implements BroadcastHandler {
    static final String NAME = "counting";

    private static final int SEQUENCE_OFFSET = 16;

    long merged;

    private final UnsafeBuffer payload;
    private long highest;
    private long ownSequence;

    CountingHandler(final int payloadLength) {
        payload = new UnsafeBuffer(new byte[payloadLength]);
    }

    @Override
    public final void broadcastData(
        final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        if (claim.tryClaim(MessageFrame.ID_LENGTH, length) >= 0) {
            claim.buffer().putBytes(claim.payloadOffset(), data, offset, length);
        }
    }

    @Override
    public final void onBroadcast(
        final MutableDirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        buffer.putLong(idOffset + SEQUENCE_OFFSET, ++ownSequence, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public final boolean merge(
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        final long sequence = sequence(buffer, idOffset);
        if (sequence <= highest) {
            return false;
        }
        highest = sequence;
        merged++;
        return true;
    }

    @Override
    public final boolean isStale(final DirectBuffer buffer, final int idOffset, final int idLength) {
        return sequence(buffer, idOffset) <= highest;
    }

    @Override
    public final GraftResult graft(
        final DirectBuffer buffer, final int idOffset, final int idLength, final GraftPayload found) {
        if (sequence(buffer, idOffset) > highest) {
            return GraftResult.UNKNOWN;
        }
        found.wrap(payload, 0, payload.capacity());
        return GraftResult.PAYLOAD;
    }

    private static long sequence(final DirectBuffer buffer, final int idOffset) {
        return buffer.getLong(idOffset + SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
