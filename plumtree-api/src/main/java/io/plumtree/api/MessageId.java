package io.plumtree.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The id of a message where it lies: a reused flyweight over the bytes that the message's handler has given it. Valid
 * during the call to which it is handed; {@link #copyTo} keeps the bytes for longer. For one thread at a time.
 *
 * <p>A flyweight is no key of a map: {@link #isSameAs(MessageId)} compares the bytes, {@code equals} the flyweights.
 *
 * <p>Ids are short: they are hashed, compared and copied eight bytes at a time, as calls that take any length cost more
 * than that.
 */
public final class MessageId {
    private static final long HASH_SEED = 0x9e3779b97f4a7c15L;
    private static final long HASH_FACTOR = 0xbf58476d1ce4e5b9L;

    private DirectBuffer buffer;
    private int offset;
    private int length;
    /** 0 until it is asked for. */
    private int hash;

    /** A flyweight over no bytes: to be wrapped first. */
    public MessageId() {
    }

    /**
     * Points at an id. Bounds are not checked.
     *
     * @param newBuffer holds the id.
     * @param newOffset where it starts.
     * @param newLength its length in bytes.
     * @return this.
     */
    public MessageId wrap(final DirectBuffer newBuffer, final int newOffset, final int newLength) {
        // Mostly the one that it has: to compare costs less than to store a reference, of which collectors take note.
        if (buffer != newBuffer) {
            buffer = newBuffer;
        }
        offset = newOffset;
        length = newLength;
        hash = 0;
        return this;
    }

    /**
     * Points at the id at which another flyweight points, whose hash need not be computed again.
     *
     * @param other the other one.
     * @return this.
     */
    public MessageId wrap(final MessageId other) {
        if (buffer != other.buffer) {
            buffer = other.buffer;
        }
        offset = other.offset;
        length = other.length;
        hash = other.hash;
        return this;
    }

    /**
     * Holds the id.
     *
     * @return the buffer; null before the first {@link #wrap(DirectBuffer, int, int)}.
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the id starts.
     *
     * @return the offset in {@link #buffer()}.
     */
    public int offset() {
        return offset;
    }

    /**
     * How long the id is.
     *
     * @return bytes.
     */
    public int length() {
        return length;
    }

    /**
     * A hash of the id, computed once after each wrap: the bytes must not change between.
     *
     * @return all bits of which depend on all bytes; never 0.
     */
    public int hash() {
        int known = hash;
        if (known == 0) {
            known = hash(buffer, offset, length);
            hash = known;
        }
        return known;
    }

    private static int hash(final DirectBuffer buffer, final int offset, final int length) {
        long hash = HASH_SEED + length;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            hash = mix(hash ^ buffer.getLong(offset + i));
        }
        for (; i < length; i++) {
            hash = mix(hash ^ buffer.getByte(offset + i));
        }
        final int folded = (int) (hash ^ hash >>> 32);
        return folded == 0 ? 1 : folded;
    }

    private static long mix(final long value) {
        final long product = value * HASH_FACTOR;
        return product ^ product >>> 29;
    }

    /**
     * Whether other bytes are the same id.
     *
     * @param otherBuffer holds them.
     * @param otherOffset where they start.
     * @param otherLength how many they are.
     * @return true if they are.
     */
    public boolean isSameAs(final DirectBuffer otherBuffer, final int otherOffset, final int otherLength) {
        return length == otherLength && areEqual(buffer, offset, otherBuffer, otherOffset, otherLength);
    }

    private static boolean areEqual(
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
     * Whether another one is the same id.
     *
     * @param other the other one.
     * @return true if it has the same bytes.
     */
    public boolean isSameAs(final MessageId other) {
        return isSameAs(other.buffer, other.offset, other.length);
    }

    /**
     * Copies the bytes.
     *
     * @param to       where to.
     * @param toOffset where they are to start.
     */
    public void copyTo(final MutableDirectBuffer to, final int toOffset) {
        copy(to, toOffset, buffer, offset, length);
    }

    /** Of values, not of fields: after each write the compiler would have to read the fields again. */
    private static void copy(
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

    /** The bytes in hexadecimal, for logs and failures of tests. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(2 * length);
        for (int i = 0; i < length; i++) {
            final int value = buffer.getByte(offset + i) & 0xFF;
            text.append(Character.forDigit(value >>> 4, 16)).append(Character.forDigit(value & 0xF, 16));
        }
        return text.toString();
    }
}
