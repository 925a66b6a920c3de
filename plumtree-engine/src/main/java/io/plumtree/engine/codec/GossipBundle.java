package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.GossipBundleEncoder;
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
        return START + Math.max(0, frameLength - FrameEncoder.GOSSIP_HEAD_LENGTH - DIMENSION_LENGTH);
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
     * @param ids           holds its id.
     * @param idOffset      where that starts.
     * @param idLength      its length in bytes.
     * @param payloads      holds its payload.
     * @param payloadOffset where that starts.
     * @param payloadLength its length in bytes.
     */
    public void append(
        final DirectBuffer ids,
        final int idOffset,
        final int idLength,
        final DirectBuffer payloads,
        final int payloadOffset,
        final int payloadLength) {
        GossipBody.lengths(buffer, end, idLength, payloadLength);
        buffer.putBytes(GossipBody.idOffset(end), ids, idOffset, idLength);
        buffer.putBytes(GossipBody.payloadOffset(end, idLength), payloads, payloadOffset, payloadLength);
        end += GossipBody.length(idLength, payloadLength);
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
     * Holds the messages.
     *
     * @return the buffer.
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the first message starts, in {@link #buffer()}.
     *
     * @return the offset.
     */
    public int offset() {
        return START;
    }

    /**
     * Where the last message ends, in {@link #buffer()}.
     *
     * @return the offset.
     */
    public int end() {
        return end;
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

    /**
     * How many messages there are, where there are several.
     *
     * @param buffer     holds them, trusted.
     * @param bodyOffset where the first starts.
     * @return the number.
     */
    public static int count(final DirectBuffer buffer, final int bodyOffset) {
        return buffer.getShort(bodyOffset - Short.BYTES, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Where what is sent of some messages starts: with the first if it is the only one, else with how many they are.
     *
     * @param buffer     holds them, trusted.
     * @param bodyOffset where the first starts.
     * @param end        where the last one ends.
     * @return the offset.
     */
    public static int offsetToSend(final DirectBuffer buffer, final int bodyOffset, final int end) {
        return endOf(buffer, bodyOffset) == end ? bodyOffset : bodyOffset - DIMENSION_LENGTH;
    }
}
