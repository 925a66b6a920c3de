package io.plumtree.system.hostile;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;

/** Flips one bit in some of the messages of one publisher that go by, in the id or in the text. Any thread asks. */
final class BitFlips implements Relay.Filter {
    /** Where the bit is. */
    enum Where {
        /** In the message's sequence: it is 2^40 more. */
        SEQUENCE,
        /** In a digit of the text. */
        TEXT
    }

    private static final int SEQUENCE_OFFSET = 16;
    private static final int ID_LENGTH = 24;
    private static final int PERIOD = 16;

    private final Where where;
    private final long origin;
    private final long incarnation;
    private final AtomicInteger left;
    private int seen;

    BitFlips(final Where where, final HostileCluster.Node publisher, final int count) {
        this.where = where;
        this.origin = publisher.value();
        this.incarnation = publisher.node.incarnation();
        this.left = new AtomicInteger(count);
    }

    boolean isDone() {
        return left.get() == 0;
    }

    /** Ids are written with the id's length, 24, before them, and the payload's length behind. */
    @Override
    public void onDatagram(final UnsafeBuffer datagram, final int length) {
        for (int i = 2; i + ID_LENGTH + 4 <= length && left.get() > 0; i += 2) {
            if (datagram.getLong(i, LITTLE_ENDIAN) == origin
                && datagram.getLong(i + 8, LITTLE_ENDIAN) == incarnation
                && datagram.getShort(i - 2, LITTLE_ENDIAN) == ID_LENGTH
                && isPayload(datagram, i + ID_LENGTH, length)
                && seen++ % PERIOD == 0) {
                flip(datagram, i);
                left.decrementAndGet();
            }
        }
    }

    /** Not what was only announced. */
    private static boolean isPayload(final UnsafeBuffer datagram, final int offset, final int length) {
        final int topicOffset = offset + 6;
        return topicOffset + Traffic.TOPIC.length() <= length
            && datagram.getShort(offset + 4, LITTLE_ENDIAN) == Traffic.TOPIC.length()
            && Traffic.TOPIC.equals(datagram.getStringWithoutLengthAscii(topicOffset, Traffic.TOPIC.length()));
    }

    private void flip(final UnsafeBuffer datagram, final int id) {
        final int sequence = id + SEQUENCE_OFFSET;
        if (where == Where.SEQUENCE) {
            datagram.putByte(sequence + 5, (byte) (datagram.getByte(sequence + 5) ^ 1));
        } else {
            // Past the node's name and the blank: the number's first digit.
            final int digit = id + ID_LENGTH + 6 + Traffic.TOPIC.length() + 3;
            datagram.putByte(digit, (byte) (datagram.getByte(digit) ^ 1));
        }
    }
}
