package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of exchanges: kept in a round trip, and turned down, check by check. */
class ExchangeFramesTest {
    private static final int OFFSET = 24;
    private static final int ID_OFFSET = OFFSET + 24;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[4096]);
    private final ExchangeFrameEncoder encoder = new ExchangeFrameEncoder(11, 22);
    private final RecordingListener listener = new RecordingListener();
    private final FrameDecoder decoder = listener.decoder();

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "7, 262144, -1", "9223372036854775807, 9223372036854775807, -2147483648"})
    void shouldKeepAnOpenAndACredit(final long id, final long creditLimit, final int handler) {
        assertDecodes(
            encoder.open(frame, OFFSET, id, creditLimit, handler), "open 22 " + id + " " + creditLimit + " " + handler);
        assertDecodes(
            encoder.credit(frame, OFFSET, id, true, creditLimit), "credit 22 " + id + " true " + creditLimit);
        assertDecodes(
            encoder.credit(frame, OFFSET, id, false, creditLimit), "credit 22 " + id + " false " + creditLimit);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, true, 0", "7, 1, false, 1", "9223372036854775807, 2147483647, true, 1000"})
    void shouldKeepAMessage(final long id, final int sequence, final boolean fromInitiator, final int length) {
        assertDecodes(
            data(id, fromInitiator, sequence, length),
            "data 22 " + id + " " + fromInitiator + " " + sequence + " " + "m".repeat(length));
    }

    @ParameterizedTest
    @EnumSource(ExchangeCloseCode.class)
    void shouldKeepAClose(final ExchangeCloseCode code) {
        assertDecodes(encoder.close(frame, OFFSET, 7, true, code), "close 22 7 true " + code);
        assertDecodes(encoder.close(frame, OFFSET, 7, false, code), "close 22 7 false " + code);
    }

    @Test
    void shouldNeedNoMoreRoomThanItSays() {
        final int length = encoder.open(frame, 0, 1, 1, 1);
        assertTrue(Math.max(length, encoder.credit(frame, 0, 1, true, 1)) <= ExchangeFrameEncoder.MAX_HEAD_LENGTH);
        assertTrue(ExchangeFrameEncoder.DATA_HEAD_LENGTH <= ExchangeFrameEncoder.MAX_HEAD_LENGTH);
        assertEquals(data(1, true, 0, 10), ExchangeFrameEncoder.dataLength(10));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void shouldRefuseIdsAndLimitsThatAreNotPositive(final long value) {
        for (final int offset : new int[] {ID_OFFSET, ID_OFFSET + 8}) {
            final int openLength = encoder.open(frame, OFFSET, 1, 1, 1);
            frame.putLong(offset, value, ByteOrder.LITTLE_ENDIAN);
            assertMalformed(openLength);
            final int creditLength = encoder.credit(frame, OFFSET, 1, true, 1);
            frame.putLong(offset, value, ByteOrder.LITTLE_ENDIAN);
            assertMalformed(creditLength);
        }
        assertMalformed(data(value, true, 0, 3));
        assertMalformed(encoder.close(frame, OFFSET, value, true, ExchangeCloseCode.FAILED));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void shouldRefuseANegativeSequence(final int sequence) {
        assertMalformed(data(1, true, sequence, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 11, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void shouldRefuseAMessageWithAWrongLength(final int messageLength) {
        final int length = data(1, true, 0, 10);
        frame.putInt(OFFSET + ExchangeFrameEncoder.DATA_HEAD_LENGTH - 4, messageLength, ByteOrder.LITTLE_ENDIAN);
        assertMalformed(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 99, 254, 255})
    void shouldRefuseAReasonThatItDoesNotKnow(final int reason) {
        final int length = encoder.close(frame, OFFSET, 1, true, ExchangeCloseCode.FAILED);
        frame.putByte(OFFSET + length - 1, (byte) reason);
        assertMalformed(length);
    }

    @Test
    void shouldIgnoreFlagsThatItDoesNotKnow() {
        final int length = encoder.close(frame, OFFSET, 1, false, ExchangeCloseCode.FAILED);
        frame.putByte(OFFSET + length - 2, (byte) 0xFE);
        assertDecodes(length, "close 22 1 false FAILED");
    }

    @Test
    void shouldRefuseEveryCutAndEveryExtension() {
        assertOnlyWhole(encoder.open(frame, OFFSET, 1, 1, 1));
        assertOnlyWhole(data(1, true, 0, 10));
        assertOnlyWhole(data(1, true, 0, 0));
        assertOnlyWhole(encoder.credit(frame, OFFSET, 1, true, 1));
        assertOnlyWhole(encoder.close(frame, OFFSET, 1, true, ExchangeCloseCode.FAILED));
    }

    @Test
    void shouldTakeWhatANewerVersionAddsAtTheEnd() {
        final int length = data(1, true, 0, 10);
        frame.putShort(OFFSET + 6, (short) 1, ByteOrder.LITTLE_ENDIAN);
        assertDecodes(length + 5, "data 22 1 true 0 " + "m".repeat(10));
    }

    private int data(final long id, final boolean fromInitiator, final int sequence, final int length) {
        final int headLength = encoder.dataHead(frame, OFFSET, id, fromInitiator, sequence, length);
        frame.putBytes(OFFSET + headLength, "m".repeat(length).getBytes(StandardCharsets.US_ASCII));
        return headLength + length;
    }

    private void assertDecodes(final int length, final String event) {
        listener.events.clear();
        assertEquals(DecodeResult.CONSUMED, decoder.decode(frame, OFFSET, length));
        assertEquals(List.of("accepts 11 22", event), listener.events);
    }

    private void assertMalformed(final int length) {
        listener.events.clear();
        assertEquals(DecodeResult.MALFORMED, decoder.decode(frame, OFFSET, length));
        listener.events.removeIf(event -> event.startsWith("accepts "));
        assertEquals(List.of(), listener.events);
    }

    private void assertOnlyWhole(final int wholeLength) {
        for (int length = 8; length < wholeLength + 9; length++) {
            final boolean isWhole = length == wholeLength;
            assertEquals(
                isWhole ? DecodeResult.CONSUMED : DecodeResult.MALFORMED,
                decoder.decode(frame, OFFSET, length),
                "at " + length);
        }
    }
}
