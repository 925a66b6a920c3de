package io.plumtree.protocol;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** What is done with ids, which are short: eight bytes at a time, as calls that take any length cost more than that. */
public final class MessageIds {
    private MessageIds() {
    }

    /**
     * A hash of a message's handler and id.
     *
     * @param handler the handler.
     * @param buffer  holds the id.
     * @param offset  where it starts.
     * @param length  its length in bytes.
     * @return all bits of which depend on all bytes.
     */
    public static int hash(final int handler, final DirectBuffer buffer, final int offset, final int length) {
        long hash = handler * 0x9e3779b97f4a7c15L + length;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            hash = mix(hash ^ buffer.getLong(offset + i));
        }
        for (; i < length; i++) {
            hash = mix(hash ^ buffer.getByte(offset + i));
        }
        return (int) (hash ^ hash >>> 32);
    }

    private static long mix(final long value) {
        final long product = value * 0xbf58476d1ce4e5b9L;
        return product ^ product >>> 29;
    }

    /**
     * Whether two ids of the same length are the same.
     *
     * @param one         holds one.
     * @param oneOffset   where it starts.
     * @param other       holds the other.
     * @param otherOffset where it starts.
     * @param length      their length in bytes.
     * @return true if so.
     */
    public static boolean areEqual(
        final DirectBuffer one,
        final int oneOffset,
        final DirectBuffer other,
        final int otherOffset,
        final int length) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            if (one.getLong(oneOffset + i) != other.getLong(otherOffset + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (one.getByte(oneOffset + i) != other.getByte(otherOffset + i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Copies an id.
     *
     * @param to         where to.
     * @param toOffset   where it is to start.
     * @param from       holds it.
     * @param fromOffset where it starts.
     * @param length     its length in bytes.
     */
    public static void copy(
        final MutableDirectBuffer to,
        final int toOffset,
        final DirectBuffer from,
        final int fromOffset,
        final int length) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            to.putLong(toOffset + i, from.getLong(fromOffset + i));
        }
        for (; i < length; i++) {
            to.putByte(toOffset + i, from.getByte(fromOffset + i));
        }
    }
}
