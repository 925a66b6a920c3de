package io.plumtree.engine.codec;

import io.plumtree.api.MessageId;
import io.plumtree.engine.codec.sbe.GossipBundleEncoder;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.protocol.Broadcast;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages of one handler that travel as one, with the id of the first: gathers them, and reads them where they lie.
 * One message alone is laid out as a {@link GossipBody}; several are, one after another, and what precedes the first is
 * {@value #DIMENSION_LENGTH} bytes that say how many they are, so that all of it is sent from where it lies.
 *
 * <p>Bounded by its length, and by {@value #MAX_MESSAGES} messages. Allocates when it is made, not later. For one
 * thread at a time.
 */
public final class GossipBundle {
    /** Bytes before the first message: how many there are. */
    public static final int DIMENSION_LENGTH = GossipBundleEncoder.MessagesEncoder.HEADER_SIZE;
    /** Most messages in one bundle, however long it is. */
    public static final int MAX_MESSAGES = 65534;

    private static final int COUNT_OFFSET = DIMENSION_LENGTH - Short.BYTES;
    /** Where the first message starts, so that its id is at a multiple of 8. */
    private static final int START = 8 + 6;

    private final UnsafeBuffer buffer;
    private int limit;
    private int end = START;
    private int count;

    /**
     * An empty bundle.
     *
     * @param maxLength the longest frame to be made of it, in bytes; below what one message takes it never has room.
     */
    public GossipBundle(final int maxLength) {
        limit = limit(maxLength);
        buffer = new UnsafeBuffer(new byte[limit]);
    }

    /** Where the last message ends in a frame of a length. */
    private static int limit(final int frameLength) {
        return START + Math.max(0, frameLength - GossipFrameEncoder.GOSSIP_HEAD_LENGTH - DIMENSION_LENGTH);
    }

    /**
     * Empties it, to be no longer than this.
     *
     * @param frameLength the longest frame to be made of it, in bytes; what it was made for is never exceeded.
     */
    public void begin(final int frameLength) {
        clear();
        limit = Math.min(limit(frameLength), buffer.capacity());
    }

    /**
     * Whether there is room for a message.
     *
     * @param bodyLength its length, as {@link GossipBody#length} has it.
     * @return true if so.
     */
    public boolean hasRoom(final int bodyLength) {
        return bodyLength <= limit - end && count < MAX_MESSAGES;
    }

    /**
     * Adds a message, for which there is room.
     *
     * @param source     holds its {@link GossipBody}.
     * @param bodyOffset where that starts.
     * @param bodyLength its length.
     */
    public void append(final DirectBuffer source, final int bodyOffset, final int bodyLength) {
        buffer.putBytes(end, source, bodyOffset, bodyLength);
        end += bodyLength;
        count++;
        writeCount();
    }

    /**
     * Adds a message, for which there is room, whose id and payload lie in different places.
     *
     * @param id      its id.
     * @param payload its payload.
     */
    public void append(final MessageId id, final GraftPayload payload) {
        final int payloadLength = payload.length();
        GossipBody.lengths(buffer, end, id.length(), payloadLength);
        id.copyTo(buffer, GossipBody.idOffset(end));
        buffer.putBytes(
            GossipBody.payloadOffset(end, id.length()), payload.buffer(), payload.offset(), payloadLength);
        end += GossipBody.length(id.length(), payloadLength);
        count++;
        writeCount();
    }

    private void writeCount() {
        buffer.putShort(START - DIMENSION_LENGTH, (short) 0, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(START - DIMENSION_LENGTH + COUNT_OFFSET, (short) count, ByteOrder.LITTLE_ENDIAN);
    }

    /** Empties it, to be as long as before. */
    public void clear() {
        end = START;
        count = 0;
    }

    /**
     * How many messages it holds.
     *
     * @return the number.
     */
    public int count() {
        return count;
    }

    /**
     * Makes a broadcast of what it holds, one message or more; its key needs a root, a round and a handler yet.
     *
     * @param broadcast is pointed at the messages.
     */
    public void wrap(final Broadcast broadcast) {
        wrap(broadcast, buffer, START, end, count);
    }

    /**
     * Makes a broadcast of messages that lie one after another; its key needs a root, a round and a handler yet.
     *
     * @param broadcast  is pointed at the messages.
     * @param buffer     holds them, trusted; where they are several, how many they are is before the first.
     * @param bodyOffset where the first starts.
     * @param end        where the last ends.
     * @param count      how many there are.
     */
    static void wrap(
        final Broadcast broadcast,
        final DirectBuffer buffer,
        final int bodyOffset,
        final int end,
        final int count) {
        GossipBody.wrap(broadcast, buffer, bodyOffset);
        if (count > 1) {
            final int sentOffset = bodyOffset - DIMENSION_LENGTH;
            broadcast.body(buffer, sentOffset, end - sentOffset)
                .size(count, end - GossipBody.payloadOffset(bodyOffset, broadcast.id().length()));
        }
    }

    /**
     * Where the first message of a broadcast starts.
     *
     * @param broadcast one or more messages.
     * @return the offset of its {@link GossipBody}.
     */
    static int firstOffset(final Broadcast broadcast) {
        return broadcast.bodyOffset() + (broadcast.count() > 1 ? DIMENSION_LENGTH : 0);
    }

    /**
     * Where a message ends that is laid out as a {@link GossipBody}.
     *
     * @param buffer     holds it, trusted.
     * @param bodyOffset where it starts.
     * @return the offset: where the next one starts, if there is one.
     */
    public static int endOf(final DirectBuffer buffer, final int bodyOffset) {
        final int idLength = GossipBody.idLength(buffer, bodyOffset);
        return GossipBody.payloadOffset(bodyOffset, idLength)
            + GossipBody.payloadLength(buffer, bodyOffset, idLength);
    }
}
