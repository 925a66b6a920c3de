package io.plumtree.handlers.pubsub;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.plumtree.api.MessageId;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Where things are in a message; all little-endian.
 * <pre>
 * id:       0        8             16         24
 *           | origin | incarnation | sequence |
 * payload:  0             2       2 + topicLength
 *           | topicLength | topic | data ...
 * </pre>
 */
final class MessageLayout {
    static final int ID_LENGTH = 24;
    static final int TOPIC_OFFSET = 2;
    static final int MAX_TOPIC_LENGTH = 0xFFFF;
    /** One less than a long can hold, so that the sequence that follows is a positive long, too. */
    static final long MAX_SEQUENCE = Long.MAX_VALUE - 1;

    /** Beyond that no clock is: milliseconds until the year 10889. No node raises its incarnation above it. */
    static final long MAX_INCARNATION = 1L << 48;

    private static final int INCARNATION_OFFSET = 8;
    private static final int SEQUENCE_OFFSET = 16;

    private MessageLayout() {
    }

    static long origin(final MessageId id) {
        return id.buffer().getLong(id.offset(), LITTLE_ENDIAN);
    }

    static long incarnation(final MessageId id) {
        return id.buffer().getLong(id.offset() + INCARNATION_OFFSET, LITTLE_ENDIAN);
    }

    static long sequence(final MessageId id) {
        return id.buffer().getLong(id.offset() + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    static int topicLength(final DirectBuffer buffer, final int payloadOffset) {
        return buffer.getShort(payloadOffset, LITTLE_ENDIAN) & 0xFFFF;
    }

    static void encodeId(
        final MutableDirectBuffer buffer,
        final int idOffset,
        final long origin,
        final long incarnation,
        final long sequence) {
        buffer.putLong(idOffset, origin, LITTLE_ENDIAN);
        buffer.putLong(idOffset + INCARNATION_OFFSET, incarnation, LITTLE_ENDIAN);
        buffer.putLong(idOffset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
    }

    static void encodeTopic(final MutableDirectBuffer buffer, final int payloadOffset, final byte[] topic) {
        buffer.putShort(payloadOffset, (short) topic.length, LITTLE_ENDIAN);
        buffer.putBytes(payloadOffset + TOPIC_OFFSET, topic);
    }

    /** What is wrong with an id; null if nothing is. */
    static String idProblem(final MessageId id) {
        if (id.length() != ID_LENGTH) {
            return "pubsub id must have " + ID_LENGTH + " bytes: " + id.length();
        }
        if (origin(id) == 0) {
            return "pubsub id has origin 0, which no node has";
        }
        final long incarnation = incarnation(id);
        if (incarnation <= 0 || incarnation > MAX_INCARNATION) {
            return "pubsub id must have an incarnation of 1 to " + MAX_INCARNATION + ": " + incarnation;
        }
        final long sequence = sequence(id);
        if (sequence <= 0 || sequence > MAX_SEQUENCE) {
            return "pubsub id must have a sequence of 1 to " + MAX_SEQUENCE + ": " + sequence;
        }
        return null;
    }

    /** What is wrong with a payload; null if nothing is. */
    static String payloadProblem(final DirectBuffer buffer, final int payloadOffset, final int payloadLength) {
        if (isPayload(buffer, payloadOffset, payloadLength)) {
            return null;
        }
        return "pubsub payload must be a topic's length, 1 or more, the topic, and data: " + payloadLength + " bytes"
            + (payloadLength < TOPIC_OFFSET ? "" : ", topic of " + topicLength(buffer, payloadOffset));
    }

    static boolean isPayload(final DirectBuffer buffer, final int payloadOffset, final int payloadLength) {
        if (payloadLength <= TOPIC_OFFSET) {
            return false;
        }
        final int topicLength = topicLength(buffer, payloadOffset);
        return topicLength > 0 && topicLength <= payloadLength - TOPIC_OFFSET;
    }
}
