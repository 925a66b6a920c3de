package io.plumtree.handlers.heartbeat;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.plumtree.api.MessageId;
import org.agrona.MutableDirectBuffer;

/**
 * Where things are in a heartbeat; all little-endian.
 * <pre>
 * id:       0        8       16         24
 *           | origin | epoch | sequence |
 * payload:  the origin's name, whose value the origin is
 * </pre>
 */
final class HeartbeatLayout {
    static final int ID_LENGTH = 24;

    private static final int EPOCH_OFFSET = 8;
    private static final int SEQUENCE_OFFSET = 16;
    /** One less than a long can hold, so that the sequence that follows is a positive long, too. */
    private static final long MAX_SEQUENCE = Long.MAX_VALUE - 1;

    /** Beyond that no clock is: milliseconds until the year 10889. */
    static final long MAX_EPOCH = 1L << 48;

    private HeartbeatLayout() {
    }

    static long origin(final MessageId id) {
        return id.buffer().getLong(id.offset(), LITTLE_ENDIAN);
    }

    static long epoch(final MessageId id) {
        return id.buffer().getLong(id.offset() + EPOCH_OFFSET, LITTLE_ENDIAN);
    }

    static long sequence(final MessageId id) {
        return id.buffer().getLong(id.offset() + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    static void encodeId(
        final MutableDirectBuffer buffer,
        final int idOffset,
        final long origin,
        final long epoch,
        final long sequence) {
        buffer.putLong(idOffset, origin, LITTLE_ENDIAN);
        buffer.putLong(idOffset + EPOCH_OFFSET, epoch, LITTLE_ENDIAN);
        buffer.putLong(idOffset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
    }

    static void encodeEpoch(final MutableDirectBuffer buffer, final int idOffset, final long epoch) {
        buffer.putLong(idOffset + EPOCH_OFFSET, epoch, LITTLE_ENDIAN);
    }

    /** What is wrong with an id; null if nothing is. */
    static String idProblem(final MessageId id) {
        if (id.length() != ID_LENGTH) {
            return "heartbeat's id must have " + ID_LENGTH + " bytes: " + id.length();
        }
        if (origin(id) == 0) {
            return "heartbeat's origin is 0, which no node has";
        }
        final long epoch = epoch(id);
        if (epoch <= 0 || epoch > MAX_EPOCH) {
            return "heartbeat's epoch must be 1 to " + MAX_EPOCH + ": " + epoch;
        }
        final long sequence = sequence(id);
        if (sequence <= 0 || sequence > MAX_SEQUENCE) {
            return "heartbeat's sequence must be 1 to " + MAX_SEQUENCE + ": " + sequence;
        }
        return null;
    }
}
