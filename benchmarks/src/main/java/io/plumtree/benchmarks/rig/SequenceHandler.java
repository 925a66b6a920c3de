package io.plumtree.benchmarks.rig;

import io.plumtree.api.MessageId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The least that a handler has to do: knows which messages of the one root it has by their sequence, which is their
 * id, and keeps the last of them for grafts. A payload begins with the sequence and the time at which it was to be
 * sent.
 */
final class SequenceHandler implements BroadcastHandler {
    static final String NAME = "sequence";
    /** Sequence and time. */
    static final int MIN_PAYLOAD_LENGTH = 2 * Long.BYTES;
    /** The sequence. */
    static final int ID_LENGTH = Long.BYTES;
    private static final int TIME_OFFSET = Long.BYTES;
    private static final int MAX_RETAINED = 1 << 16;
    private static final int RETAINED_BYTES = 1 << 24;

    private final int node;
    private final Deliveries deliveries;
    private final int payloadLength;
    private final int stride;
    private final long[] sequences;
    private final UnsafeBuffer payloads;

    SequenceHandler(final int node, final Deliveries deliveries, final int payloadLength) {
        this.node = node;
        this.deliveries = deliveries;
        this.payloadLength = payloadLength;
        this.stride = BitUtil.align(payloadLength, Long.BYTES);
        sequences = new long[Math.min(MAX_RETAINED, Integer.highestOneBit(RETAINED_BYTES / stride))];
        Arrays.fill(sequences, -1);
        payloads = new UnsafeBuffer(new byte[sequences.length * stride]);
    }

    /** Writes what a payload begins with. */
    static void begin(final MutableDirectBuffer buffer, final int offset, final long sequence, final long timeNs) {
        buffer.putLong(offset, sequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + TIME_OFFSET, timeNs, ByteOrder.LITTLE_ENDIAN);
    }

    static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    private static long sequence(final MessageId id) {
        return sequence(id.buffer(), id.offset());
    }

    static long timeNs(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    private int slot(final long sequence) {
        return (int) sequence & sequences.length - 1;
    }

    private void retain(final long sequence, final DirectBuffer buffer, final int payloadOffset) {
        final int slot = slot(sequence);
        sequences[slot] = sequence;
        payloads.putBytes(slot * stride, buffer, payloadOffset, payloadLength);
    }

    @Override
    public void broadcastData(
        final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        if (claim.tryClaim(ID_LENGTH, length) > 0) {
            claim.buffer().putLong(claim.idOffset(), sequence(data, offset), ByteOrder.LITTLE_ENDIAN);
            claim.buffer().putBytes(claim.payloadOffset(), data, offset, length);
            claim.commit();
        }
    }

    @Override
    public void onBroadcast(final MutableMessage message) {
        retain(sequence(message.id()), message.buffer(), message.payloadOffset());
    }

    @Override
    public boolean merge(final Message message) {
        if (isStale(message.id())) {
            return false;
        }
        final long sequence = sequence(message.id());
        retain(sequence, message.buffer(), message.payloadOffset());
        deliveries.onDelivery(node, sequence, timeNs(message.buffer(), message.payloadOffset()));
        return true;
    }

    @Override
    public boolean isStale(final MessageId id) {
        final long sequence = sequence(id);
        return sequences[slot(sequence)] >= sequence;
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        final long sequence = sequence(id);
        final int slot = slot(sequence);
        if (sequences[slot] != sequence) {
            return GraftResult.UNKNOWN;
        }
        payload.wrap(payloads, slot * stride, payloadLength);
        return GraftResult.PAYLOAD;
    }
}
