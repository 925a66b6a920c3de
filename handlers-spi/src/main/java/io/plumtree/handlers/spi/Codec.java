package io.plumtree.handlers.spi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The bytes of an {@link ObjectHandler}'s ids or payloads. Called by several threads at once, so it keeps no state.
 *
 * @param <T> what is encoded.
 */
public interface Codec<T> {
    /**
     * Writes an object. The same object always gives the same bytes, and objects that are not equal give different
     * ones.
     *
     * @param value  the object.
     * @param buffer where to; it grows as it is written to.
     * @param offset where to begin.
     * @return how many bytes it takes; of an id at least 1.
     */
    int encode(T value, MutableDirectBuffer buffer, int offset);

    /**
     * Reads an object. The bytes come from the network and may be anything.
     *
     * @param buffer holds the bytes; may not be kept.
     * @param offset where they start.
     * @param length how many they are; all of them belong to the object.
     * @return the object; not null.
     * @throws MalformedMessageException if the bytes are none. {@link ObjectHandler} takes every other
     *     {@link RuntimeException} for one, too.
     */
    T decode(DirectBuffer buffer, int offset, int length);

    /**
     * Strings in UTF-8. A string that has no such form (half of a surrogate pair) is refused.
     *
     * @return the codec.
     */
    static Codec<String> utf8() {
        return new Codec<>() {
            @Override
            public int encode(final String value, final MutableDirectBuffer buffer, final int offset) {
                try {
                    final ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
                    final int length = bytes.remaining();
                    buffer.putBytes(offset, bytes, length);
                    return length;
                } catch (final CharacterCodingException ex) {
                    throw new IllegalArgumentException("string has no UTF-8 form: '" + value + "'", ex);
                }
            }

            @Override
            public String decode(final DirectBuffer buffer, final int offset, final int length) {
                final byte[] bytes = new byte[length];
                buffer.getBytes(offset, bytes);
                try {
                    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                } catch (final CharacterCodingException ex) {
                    throw new MalformedMessageException("not UTF-8");
                }
            }
        };
    }

    /**
     * UUIDs in 16 bytes, the most significant first.
     *
     * @return the codec.
     */
    static Codec<UUID> uuid() {
        return new Codec<>() {
            @Override
            public int encode(final UUID value, final MutableDirectBuffer buffer, final int offset) {
                buffer.putLong(offset, value.getMostSignificantBits(), ByteOrder.BIG_ENDIAN);
                buffer.putLong(offset + Long.BYTES, value.getLeastSignificantBits(), ByteOrder.BIG_ENDIAN);
                return 2 * Long.BYTES;
            }

            @Override
            public UUID decode(final DirectBuffer buffer, final int offset, final int length) {
                if (length != 2 * Long.BYTES) {
                    throw new MalformedMessageException("a UUID has " + 2 * Long.BYTES + " bytes");
                }
                return new UUID(
                    buffer.getLong(offset, ByteOrder.BIG_ENDIAN),
                    buffer.getLong(offset + Long.BYTES, ByteOrder.BIG_ENDIAN));
            }
        };
    }
}
