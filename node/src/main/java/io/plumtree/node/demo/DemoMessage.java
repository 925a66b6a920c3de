package io.plumtree.node.demo;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A message of the demonstration: publisher, sequence and the time at which it ought to have been sent, each a
 * little-endian {@code i64}; the rest is padding. That it counts from the intended time, not the real one, keeps a
 * stalled publisher from hiding the delay.
 */
final class DemoMessage {
    /** Length without padding. */
    static final int MIN_LENGTH = 3 * BitUtil.SIZE_OF_LONG;

    private DemoMessage() {
    }

    static void encode(
        final MutableDirectBuffer buffer, final long publisher, final long sequence, final long intendedEpochNs) {
        buffer.putLong(0, publisher, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(BitUtil.SIZE_OF_LONG, sequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(2 * BitUtil.SIZE_OF_LONG, intendedEpochNs, ByteOrder.LITTLE_ENDIAN);
    }

    static long publisher(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + BitUtil.SIZE_OF_LONG, ByteOrder.LITTLE_ENDIAN);
    }

    static long intendedEpochNs(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + 2 * BitUtil.SIZE_OF_LONG, ByteOrder.LITTLE_ENDIAN);
    }
}
