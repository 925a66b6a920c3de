package io.plumtree.benchmarks;

import io.plumtree.api.MessageId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
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
    public final void onBroadcast(final MutableMessage message) {
        message.buffer().putLong(message.idOffset() + SEQUENCE_OFFSET, ++ownSequence, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public final boolean merge(final Message message) {
        final long sequence = sequence(message.id());
        if (sequence <= highest) {
            return false;
        }
        highest = sequence;
        merged++;
        return true;
    }

    @Override
    public final boolean isStale(final MessageId id) {
        return sequence(id) <= highest;
    }

    @Override
    public final GraftResult graft(final MessageId id, final GraftPayload found) {
        if (sequence(id) > highest) {
            return GraftResult.UNKNOWN;
        }
        found.wrap(payload, 0, payload.capacity());
        return GraftResult.PAYLOAD;
    }

    private static long sequence(final MessageId id) {
        return id.buffer().getLong(id.offset() + SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
