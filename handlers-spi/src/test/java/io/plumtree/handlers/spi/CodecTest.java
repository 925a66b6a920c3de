package io.plumtree.handlers.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteOrder;
import java.util.UUID;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
    private static final int OFFSET = 3;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(8);

    @ParameterizedTest
    @ValueSource(strings = {"", "ASCII", "Füße", "a pair: \uD83D\uDE00"})
    void shouldKeepStrings(final String text) {
        final int length = Codec.utf8().encode(text, buffer, OFFSET);
        assertEquals(text, Codec.utf8().decode(buffer, OFFSET, length));
    }

    @Test
    void shouldRefuseAStringWithoutAUtf8Form() {
        assertThrows(IllegalArgumentException.class, () -> Codec.utf8().encode("\uDE00", buffer, OFFSET));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xC080, 0xEDA080, 0xFF})
    void shouldRefuseBytesThatAreNoUtf8(final int bytes) {
        final UnsafeBuffer bad = new UnsafeBuffer(new byte[4]);
        bad.putInt(0, bytes, ByteOrder.BIG_ENDIAN);
        assertThrows(MalformedMessageException.class, () -> Codec.utf8().decode(bad, 0, 4));
    }

    @Test
    void shouldKeepUuids() {
        final UUID id = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
        assertEquals(16, Codec.uuid().encode(id, buffer, OFFSET));
        assertEquals(0x01, buffer.getByte(OFFSET), "the most significant byte first");
        assertEquals(id, Codec.uuid().decode(buffer, OFFSET, 16));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 17})
    void shouldRefuseAUuidOfAnotherLength(final int length) {
        assertThrows(MalformedMessageException.class, () -> Codec.uuid().decode(buffer, 0, length));
    }
}
