package io.plumtree.handlers.pubsub;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.plumtree.handlers.spi.MalformedMessageException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What two nodes say to each other in an exchange; all little-endian. Every message starts with the version and its
 * type, one byte each:
 * <pre>
 * digest (1):    flags u8, bit 0: the last one
 *                entry ...: origin i64 | incarnation i64 | runs i32, from 1 | run ...: from i64, to i64
 * messages (2):  entry ...: id (24 bytes) | age in ms i32 | payload length i32 | payload
 * head (3):      id (24 bytes) | age in ms i32
 * body (4):      payload of the message whose head came right before
 * done (5):      flags u8, bit 0: more was missing than this exchange may send
 *                bit 1: more may come of what the other side lacks in between: some was left out as too young, or is
 *                missing on this side, too, and may come yet
 * </pre>
 *
 * <p>Both sides do the same, at the same time: the digest of what they have seen, in as many messages as it takes; when
 * the other's digest is there, the messages that the other lacks, the oldest first; done. The initiator completes the
 * exchange when both are done. Messages have room in one of their own or share one; the longest, which would be too
 * long together with what is said of them, are cut into head and body.
 *
 * <p>The runs of a stream ascend and don't overlap. An entry for the same stream as the one before it, be it in the
 * message before, goes on with it; any other starts over. The age says how long ago the message was published, as far
 * as nodes on its way know: it is what keeps messages from going around in exchanges for ever.
 */
final class ExchangeLayout {
    static final byte DIGEST = 1;
    static final byte MESSAGES = 2;
    static final byte HEAD = 3;
    static final byte BODY = 4;
    static final byte DONE = 5;

    static final int TYPE_LENGTH = 2;
    /** Up to the flags of those that have any. */
    static final int FLAGS_LENGTH = 3;
    static final byte FLAG = 1;
    static final byte UNSETTLED_FLAG = 2;
    static final int STREAM_LENGTH = 20;
    static final int RUN_LENGTH = 16;
    static final int AGE_OFFSET = MessageLayout.ID_LENGTH;
    static final int LENGTH_OFFSET = AGE_OFFSET + 4;
    /** What precedes a payload among others. */
    static final int ENTRY_LENGTH = LENGTH_OFFSET + 4;
    static final int HEAD_LENGTH = TYPE_LENGTH + AGE_OFFSET + 4;

    /** Runs of all streams together in one digest, each stream's first not counted. */
    static final int EXTRA_RUNS = 1 << 16;
    /** Incarnations of one origin in one digest: three at a time, and what changes meanwhile. */
    static final int MAX_INCARNATIONS = 8;

    private static final byte VERSION = 1;
    private static final int FLAGS_OFFSET = 2;
    private static final int INCARNATION_OFFSET = 8;
    private static final int RUNS_OFFSET = 16;
    private static final int TO_OFFSET = 8;

    private ExchangeLayout() {
    }

    /** The type, checked. */
    static byte type(final DirectBuffer buffer, final int offset, final int length) {
        check(length >= TYPE_LENGTH, "pubsub exchange: message has no version and type, its length is ", length);
        check(buffer.getByte(offset) == VERSION, "pubsub exchange: unknown version ", buffer.getByte(offset));
        final byte type = buffer.getByte(offset + 1);
        check(type >= DIGEST && type <= DONE, "pubsub exchange: unknown type ", type);
        return type;
    }

    static boolean isFlagged(final DirectBuffer buffer, final int offset, final int length) {
        return (flags(buffer, offset, length) & FLAG) != 0;
    }

    static byte flags(final DirectBuffer buffer, final int offset, final int length) {
        check(length >= FLAGS_LENGTH, "pubsub exchange: message has no flags, its length is ", length);
        return buffer.getByte(offset + FLAGS_OFFSET);
    }

    static long origin(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, LITTLE_ENDIAN);
    }

    static long incarnation(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + INCARNATION_OFFSET, LITTLE_ENDIAN);
    }

    static int runs(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + RUNS_OFFSET, LITTLE_ENDIAN);
    }

    static long from(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, LITTLE_ENDIAN);
    }

    static long to(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + TO_OFFSET, LITTLE_ENDIAN);
    }

    static int ageMs(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + AGE_OFFSET, LITTLE_ENDIAN);
    }

    static int payloadLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    static void encodeType(final MutableDirectBuffer buffer, final int offset, final byte type) {
        buffer.putByte(offset, VERSION);
        buffer.putByte(offset + 1, type);
    }

    static void encodeFlags(
        final MutableDirectBuffer buffer, final int offset, final byte type, final boolean isFlagged) {
        encodeType(buffer, offset, type);
        buffer.putByte(offset + FLAGS_OFFSET, isFlagged ? FLAG : 0);
    }

    static void encodeDone(
        final MutableDirectBuffer buffer, final int offset, final boolean hasMore, final boolean isUnsettled) {
        encodeType(buffer, offset, DONE);
        buffer.putByte(offset + FLAGS_OFFSET, (byte) ((hasMore ? FLAG : 0) | (isUnsettled ? UNSETTLED_FLAG : 0)));
    }

    static void encodeStream(
        final MutableDirectBuffer buffer, final int offset, final OriginStream stream, final int runs) {
        buffer.putLong(offset, stream.origin, LITTLE_ENDIAN);
        buffer.putLong(offset + INCARNATION_OFFSET, stream.incarnation, LITTLE_ENDIAN);
        buffer.putInt(offset + RUNS_OFFSET, runs, LITTLE_ENDIAN);
    }

    static void encodeRun(final MutableDirectBuffer buffer, final int offset, final long from, final long to) {
        buffer.putLong(offset, from, LITTLE_ENDIAN);
        buffer.putLong(offset + TO_OFFSET, to, LITTLE_ENDIAN);
    }

    static void encodeAge(final MutableDirectBuffer buffer, final int offset, final int ageMs) {
        buffer.putInt(offset + AGE_OFFSET, ageMs, LITTLE_ENDIAN);
    }

    static void encodePayloadLength(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.putInt(offset + LENGTH_OFFSET, length, LITTLE_ENDIAN);
    }

    static void check(final boolean isRight, final String problem, final long value) {
        if (!isRight) {
            throw new MalformedMessageException(problem + value);
        }
    }
}
