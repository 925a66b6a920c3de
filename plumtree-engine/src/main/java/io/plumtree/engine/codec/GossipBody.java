package io.plumtree.engine.codec;

import io.plumtree.protocol.Broadcast;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The part of a Gossip frame that does not change from hop to hop: what follows the head that
 * {@link GossipFrameEncoder#gossipHead} writes.
 *
 * <pre>
 *     0     2            2 + idLength   6 + idLength
 *     +-----+------------+--------------+------------+
 *     | u16 | id         | u32          | payload    |    little endian
 *     | id  | idLength   | payload      | payload    |
 *     | len | bytes      | length       | length     |
 *     +-----+------------+--------------+------------+
 * </pre>
 *
 * <p>A message laid out like this, in a received frame as in the command ring, is sent from where it lies. In a frame
 * the body starts {@link GossipFrameEncoder#GOSSIP_HEAD_LENGTH} (38) bytes after the frame does, so the id is at a
 * multiple of 8 where the frame is; whoever lays out a body elsewhere has the same by starting it at a multiple of 8,
 * plus 6.
 */
public final class GossipBody {
    /** Bytes before the id: its length, unsigned. */
    public static final int ID_PREFIX_LENGTH = 2;
    /** Bytes between id and payload: the payload's length. */
    public static final int PAYLOAD_PREFIX_LENGTH = 4;
    /** Longest id, in bytes. */
    public static final int MAX_ID_LENGTH = 65534;

    private GossipBody() {
    }

    /**
     * How long a body is.
     *
     * @param idLength      length of the id in bytes.
     * @param payloadLength length of the payload in bytes.
     * @return bytes.
     */
    public static int length(final int idLength, final int payloadLength) {
        return ID_PREFIX_LENGTH + idLength + PAYLOAD_PREFIX_LENGTH + payloadLength;
    }

    /**
     * Where the id starts.
     *
     * @param bodyOffset where the body starts.
     * @return the offset.
     */
    public static int idOffset(final int bodyOffset) {
        return bodyOffset + ID_PREFIX_LENGTH;
    }

    /**
     * Where the payload starts.
     *
     * @param bodyOffset where the body starts.
     * @param idLength   length of the id in bytes.
     * @return the offset.
     */
    public static int payloadOffset(final int bodyOffset, final int idLength) {
        return bodyOffset + ID_PREFIX_LENGTH + idLength + PAYLOAD_PREFIX_LENGTH;
    }

    /**
     * Makes a broadcast of the one message that lies there; its key needs a root, a round and a handler yet.
     *
     * @param broadcast  is pointed at the message.
     * @param buffer     holds the body, trusted.
     * @param bodyOffset where the body starts.
     */
    public static void wrap(final Broadcast broadcast, final DirectBuffer buffer, final int bodyOffset) {
        final int idLength = idLength(buffer, bodyOffset);
        final int payloadLength = payloadLength(buffer, bodyOffset, idLength);
        broadcast.id().wrap(buffer, idOffset(bodyOffset), idLength);
        broadcast.body(buffer, bodyOffset, length(idLength, payloadLength)).size(1, payloadLength);
    }

    /**
     * Writes both lengths, and so makes a body of the space around an id and a payload.
     *
     * @param buffer        to write to.
     * @param bodyOffset    where the body starts.
     * @param idLength      length of the id in bytes, 1 to {@value #MAX_ID_LENGTH}.
     * @param payloadLength length of the payload in bytes, 0 or more.
     */
    public static void lengths(
        final MutableDirectBuffer buffer, final int bodyOffset, final int idLength, final int payloadLength) {
        buffer.putShort(bodyOffset, (short) idLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(bodyOffset + ID_PREFIX_LENGTH + idLength, payloadLength, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads the id's length.
     *
     * @param buffer     holds the body, trusted.
     * @param bodyOffset where the body starts.
     * @return bytes.
     */
    public static int idLength(final DirectBuffer buffer, final int bodyOffset) {
        return buffer.getShort(bodyOffset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Reads the payload's length.
     *
     * @param buffer     holds the body, trusted.
     * @param bodyOffset where the body starts.
     * @param idLength   length of the id in bytes.
     * @return bytes.
     */
    public static int payloadLength(final DirectBuffer buffer, final int bodyOffset, final int idLength) {
        return buffer.getInt(bodyOffset + ID_PREFIX_LENGTH + idLength, ByteOrder.LITTLE_ENDIAN);
    }
}
