package io.plumtree.transport.aeron;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * A CRC32C over each datagram of a stream, in the reserved value of its first frame, which Aeron carries and does not
 * look at. UDP's own checksum is 16 bits of a sum, and often not checked at all: what it lets through would be taken in
 * as it is, and a flipped bit in a position or a number of a message's may do harm for long. A datagram that is dropped
 * for it is asked for again as one that was lost.
 *
 * <p>What is sent again need not be cut as it was, so it is reckoned each time that something is sent. Header and
 * payloads are covered, but for the value itself. One that has none is taken as it is: a driver that runs elsewhere
 * writes none.
 *
 * <p>For one thread.
 */
final class DatagramChecksum {
    /** Upper half of the value: a checksum is there. */
    private static final int MARK = 0x43524343;
    private static final int VALUE_OFFSET = DataHeaderFlyweight.RESERVED_VALUE_OFFSET;
    private static final int VALUE_END = VALUE_OFFSET + Long.BYTES;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer received;
    private ByteBuffer view;

    /** Writes the checksum into a datagram that is about to be sent, from the buffer's position to its limit. */
    void write(final ByteBuffer datagram) {
        final int start = datagram.position();
        final int end = datagram.limit();
        if (end - start >= VALUE_END && isData(datagram.get(start + HeaderFlyweight.TYPE_FIELD_OFFSET))) {
            final long value = value(checksum(datagram, start, end));
            datagram.putLong(start + VALUE_OFFSET,
                datagram.order() == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value));
        }
    }

    /** Whether a datagram of a stream is as it was sent, as far as its checksum tells. */
    boolean isIntact(final DirectBuffer buffer, final int length) {
        final long value = buffer.getLong(VALUE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if ((int) (value >>> Integer.SIZE) != MARK) {
            return true;
        }
        if (received != buffer.byteBuffer()) {
            received = buffer.byteBuffer();
            view = received.duplicate();
        }
        final int start = buffer.wrapAdjustment();
        return value == value(checksum(view, start, start + length));
    }

    private static boolean isData(final byte type) {
        return type == HeaderFlyweight.HDR_TYPE_DATA || type == HeaderFlyweight.HDR_TYPE_PAD;
    }

    private static long value(final int checksum) {
        return (long) MARK << Integer.SIZE | checksum & 0xFFFF_FFFFL;
    }

    /** Leaves position and limit as if it had not been there, for a range that ends at the limit. */
    private int checksum(final ByteBuffer buffer, final int start, final int end) {
        crc.reset();
        buffer.limit(start + VALUE_OFFSET).position(start);
        crc.update(buffer);
        buffer.limit(end).position(start + VALUE_END);
        crc.update(buffer);
        buffer.position(start);
        return (int) crc.getValue();
    }
}
