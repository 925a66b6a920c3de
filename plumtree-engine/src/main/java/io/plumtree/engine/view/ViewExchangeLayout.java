package io.plumtree.engine.view;

import static io.plumtree.engine.view.AnnouncementLayout.check;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What two nodes say to each other in an exchange; all little-endian. Every message starts with the version and its
 * type, one byte each:
 * <pre>
 * digest (1):   flags u8, bit 0: send everything | sum i64 of each bucket
 * members (2):  entry ...: id (24 bytes) | age in ms i32 | payload as of an announcement
 * done (3)
 * </pre>
 *
 * <p>Both sides do the same, at the same time: the digest; when the other's is there, what is in the buckets that
 * differ; done. The initiator completes the exchange when both are done.
 */
final class ViewExchangeLayout {
    static final byte DIGEST = 1;
    static final byte MEMBERS = 2;
    static final byte DONE = 3;

    static final int TYPE_LENGTH = 2;
    static final int DIGEST_OFFSET = 3;
    static final int DIGEST_LENGTH = DIGEST_OFFSET + ViewDigest.LENGTH;
    /** What precedes an entry's payload. */
    static final int ENTRY_LENGTH = AnnouncementLayout.ID_LENGTH + 4;
    static final int MAX_ENTRY_LENGTH = ENTRY_LENGTH + AnnouncementLayout.MAX_PAYLOAD_LENGTH;
    /** With less, there is no room for what must be said in one message. */
    static final int MIN_MESSAGE_LENGTH = Math.max(DIGEST_LENGTH, TYPE_LENGTH + MAX_ENTRY_LENGTH);

    private static final byte VERSION = 1;
    private static final int FLAGS_OFFSET = 2;
    private static final int NS_PER_MS = 1_000_000;

    private ViewExchangeLayout() {
    }

    /** The type, checked. */
    static byte type(final DirectBuffer buffer, final int offset, final int length) {
        check(length >= TYPE_LENGTH, "members exchange: no version and type, length ", length);
        check(buffer.getByte(offset) == VERSION, "members exchange: unknown version ", buffer.getByte(offset));
        final byte type = buffer.getByte(offset + 1);
        check(type >= DIGEST && type <= DONE, "members exchange: unknown type ", type);
        return type;
    }

    static void encodeType(final MutableDirectBuffer buffer, final byte type) {
        buffer.putByte(0, VERSION);
        buffer.putByte(1, type);
    }

    static boolean isFlagged(final DirectBuffer buffer, final int offset) {
        return (buffer.getByte(offset + FLAGS_OFFSET) & 1) != 0;
    }

    static void encodeFlag(final MutableDirectBuffer buffer, final boolean isFlagged) {
        buffer.putByte(FLAGS_OFFSET, (byte) (isFlagged ? 1 : 0));
    }

    /** Nanoseconds, not negative. */
    static long ageNs(final DirectBuffer buffer, final int entryOffset) {
        final int ageMs = buffer.getInt(entryOffset + AnnouncementLayout.ID_LENGTH, LITTLE_ENDIAN);
        check(ageMs >= 0, "members exchange: age must not be negative: ", ageMs);
        return (long) ageMs * NS_PER_MS;
    }

    static void encodeAge(final MutableDirectBuffer buffer, final int entryOffset, final long ageNs) {
        final int ageMs = (int) Math.min(Math.max(0, ageNs / NS_PER_MS), Integer.MAX_VALUE);
        buffer.putInt(entryOffset + AnnouncementLayout.ID_LENGTH, ageMs, LITTLE_ENDIAN);
    }
}
