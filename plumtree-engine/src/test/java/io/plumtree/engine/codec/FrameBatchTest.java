package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.protocol.ControlMessage;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBatchTest {
    private static final int HEAD_LENGTH = 28;
    private static final int ENTRY_HEAD_LENGTH = 16;

    private final RecordingListener listener = new RecordingListener();
    private final FrameDecoder decoder = listener.decoder();

    @ParameterizedTest
    @EnumSource(value = ControlMessage.class, mode = EnumSource.Mode.EXCLUDE, names = "PRUNE")
    void shouldKeepEntriesInOrder(final ControlMessage kind) {
        final FrameBatch batch = new FrameBatch(kind, 11, 22, 1376);
        assertEquals(kind, batch.kind());
        assertTrue(batch.isEmpty());

        assertTrue(batch.append(Keys.key(1, 2, 3, bytes("xfirst"), 1, 5), 3));
        assertTrue(batch.append(
            Keys.key(Long.MIN_VALUE, 65534, Integer.MIN_VALUE, bytes("2"), 0, 1), Integer.MIN_VALUE));
        assertTrue(batch.append(Keys.key(-1, 1_000_000, -1, bytes("third"), 0, 5), -1));

        assertFalse(batch.isEmpty());
        assertEquals(3, batch.count());
        assertEquals(DecodeResult.CONSUMED, decode(batch));
        assertEquals(
            List.of(
                "accepts 11 22",
                kind + " 22 1 2 3 first",
                kind + " 22 " + Long.MIN_VALUE + " 65534 " + Integer.MIN_VALUE + " 2",
                kind + " 22 -1 65534 -1 third"),
            listener.events);
    }

    @ParameterizedTest
    @ValueSource(ints = {HEAD_LENGTH + ENTRY_HEAD_LENGTH + 16, 200, 1376, 8160})
    void shouldFillToItsBoundAndNoFurther(final int maxLength) {
        final FrameBatch batch = new FrameBatch(ControlMessage.I_HAVE, 11, 22, maxLength);
        final int idLength = 16;
        final int fitting = (maxLength - HEAD_LENGTH) / (ENTRY_HEAD_LENGTH + idLength);
        final List<String> expected = new ArrayList<>(List.of("accepts 11 22"));
        for (int i = 0; i < fitting; i++) {
            final String id = String.format("%016d", i);
            assertTrue(batch.append(Keys.key(i, 1, 2, bytes(id), 0, idLength), 2), "entry " + i + " of " + fitting);
            expected.add("I_HAVE 22 " + i + " 1 2 " + id);
        }

        assertFalse(batch.append(Keys.key(99, 1, 2, bytes("y".repeat(idLength)), 0, idLength), 2));
        assertEquals(fitting, batch.count());
        assertTrue(batch.length() <= maxLength);
        assertEquals(DecodeResult.CONSUMED, decode(batch));
        assertEquals(expected, listener.events);
    }

    @Test
    void shouldFillTheLastByte() {
        final FrameBatch batch = new FrameBatch(ControlMessage.GRAFT, 11, 22, HEAD_LENGTH + 2 * ENTRY_HEAD_LENGTH + 7);
        assertTrue(batch.append(Keys.key(1, 1, 1, bytes("abcd"), 0, 4), 1));

        assertFalse(batch.append(Keys.key(2, 2, 2, bytes("efgh"), 0, 4), 2));
        assertTrue(batch.append(Keys.key(2, 2, 2, bytes("efg"), 0, 3), 2));

        assertEquals(batch.buffer().capacity(), batch.length());
        assertEquals(DecodeResult.CONSUMED, decode(batch));
        assertEquals("GRAFT 22 2 2 2 efg", listener.events.get(2));
    }

    @Test
    void shouldBeEmptyAndOfUseAgainWhenCleared() {
        final FrameBatch batch = new FrameBatch(ControlMessage.GRAFT_FAILED, 11, 22, 1376);
        batch.append(Keys.key(1, 1, 1, bytes("old"), 0, 3), 1);

        batch.clear();

        assertTrue(batch.isEmpty());
        assertEquals(DecodeResult.CONSUMED, decode(batch));
        assertEquals(List.of("accepts 11 22"), listener.events);
        assertTrue(batch.append(Keys.key(2, 2, 2, bytes("new"), 0, 3), 2));
        listener.events.clear();
        assertEquals(DecodeResult.CONSUMED, decode(batch));
        assertEquals(List.of("accepts 11 22", "GRAFT_FAILED 22 2 2 2 new"), listener.events);
    }

    @Test
    void shouldTakeTheLongestIdAndRefuseOneByteMore() {
        final int maxIdLength = FrameBatch.maxIdLength(1376);
        final FrameBatch batch = new FrameBatch(ControlMessage.I_HAVE, 11, 22, 1376);

        assertFalse(batch.append(Keys.key(1, 1, 1, bytes("i".repeat(maxIdLength + 1)), 0, maxIdLength + 1), 1));
        assertTrue(batch.append(Keys.key(1, 1, 1, bytes("i".repeat(maxIdLength)), 0, maxIdLength), 1));
        assertEquals(1376, batch.length());
    }

    @Test
    void shouldHoldNoMoreEntriesThanTheirCountCanSay() {
        final FrameBatch batch = new FrameBatch(ControlMessage.I_HAVE, 11, 22, 2_000_000);
        final DirectBuffer id = bytes("i");
        for (int i = 0; i < FrameBatch.MAX_ENTRIES; i++) {
            assertTrue(batch.append(Keys.key(1, 1, 1, id, 0, 1), 1));
        }

        assertFalse(batch.append(Keys.key(1, 1, 1, id, 0, 1), 1));
        assertEquals(DecodeResult.CONSUMED, decode(batch));
        assertEquals(1 + FrameBatch.MAX_ENTRIES, listener.events.size());

        final int entryLength = ENTRY_HEAD_LENGTH + 1;
        final UnsafeBuffer longer = new UnsafeBuffer(new byte[batch.length() + entryLength]);
        longer.putBytes(0, batch.buffer(), 0, batch.length());
        longer.putBytes(batch.length(), batch.buffer(), HEAD_LENGTH, entryLength);
        longer.putShort(HEAD_LENGTH - 2, (short) 65535, ByteOrder.LITTLE_ENDIAN);
        assertEquals(DecodeResult.MALFORMED, decoder.decode(longer, 0, longer.capacity()));
    }

    @Test
    void shouldRefuseALengthWithoutRoomForAnyEntry() {
        final int maxLength = HEAD_LENGTH + ENTRY_HEAD_LENGTH;
        assertEquals(0, FrameBatch.maxIdLength(maxLength));

        assertThrows(
            IllegalArgumentException.class, () -> new FrameBatch(ControlMessage.I_HAVE, 11, 22, maxLength));
        new FrameBatch(ControlMessage.I_HAVE, 11, 22, maxLength + 1);
    }

    @Test
    void shouldGatherNoPrunes() {
        assertThrows(IllegalArgumentException.class, () -> new FrameBatch(ControlMessage.PRUNE, 11, 22, 1376));
    }

    private DecodeResult decode(final FrameBatch batch) {
        return decoder.decode(batch.buffer(), 0, batch.length());
    }

    private static DirectBuffer bytes(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
