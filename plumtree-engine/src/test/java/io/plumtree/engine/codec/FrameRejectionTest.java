package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.api.NodeId;
import io.plumtree.protocol.ControlMessage;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is turned down, check by check. Offsets here are the ones that the schema's diagrams show. */
class FrameRejectionTest {
    private static final NodeId SELF = NodeId.of("node-a");
    private static final int BLOCK_LENGTH_OFFSET = 0;
    private static final int TEMPLATE_OFFSET = 2;
    private static final int SCHEMA_OFFSET = 4;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[4096]);
    private final UnsafeBuffer id = new UnsafeBuffer("identity".getBytes(StandardCharsets.US_ASCII));
    private final GossipFrameEncoder encoder = new GossipFrameEncoder(11, SELF.value());
    private final LinkFrameEncoder linkEncoder = new LinkFrameEncoder(11, SELF.value());
    private final RecordingListener listener = new RecordingListener();
    private final FrameDecoder decoder = listener.decoder();

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 7})
    void shouldRefuseWhatHasNoHeader(final int length) {
        linkEncoder.heartbeat(frame, 0, 1);

        assertEquals(DecodeResult.TOO_SHORT, decode(length));
        assertEquals(List.of(), listener.events);
    }

    @Test
    void shouldRefuseAnotherSchema() {
        final int length = linkEncoder.heartbeat(frame, 0, 1);
        unsignedShort(SCHEMA_OFFSET, 111);

        assertEquals(DecodeResult.OTHER_SCHEMA, decode(length));
        assertEquals(List.of(), listener.events);
    }

    @Test
    void shouldTellAMessageThatItDoesNotKnow() {
        final int length = linkEncoder.heartbeat(frame, 0, 1);
        unsignedShort(TEMPLATE_OFFSET, 99);

        assertEquals(DecodeResult.UNKNOWN_TEMPLATE, decode(length));
    }

    @Test
    void shouldTurnAStrangersUnknownMessageAwayAsAStrangers() {
        listener.isAccepting = false;
        final int length = linkEncoder.heartbeat(frame, 0, 1);
        unsignedShort(TEMPLATE_OFFSET, 99);

        assertEquals(DecodeResult.STRANGER, decode(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15})
    void shouldRefuseABlockWithoutRoomForItsSender(final int blockLength) {
        final int length = linkEncoder.heartbeat(frame, 0, 1);
        unsignedShort(BLOCK_LENGTH_OFFSET, blockLength);

        assertEquals(DecodeResult.MALFORMED, decode(length));
        assertEquals(List.of(), listener.events);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 23, 25, 65535})
    void shouldRefuseAHeartbeatWhoseBlockIsNotOfItsVersion(final int blockLength) {
        linkEncoder.heartbeat(frame, 0, 1);
        unsignedShort(BLOCK_LENGTH_OFFSET, blockLength);

        assertMalformed(8 + Math.min(blockLength, 100));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void shouldRefuseAnIncarnationThatIsNotPositive(final long incarnation) {
        assertMalformed(linkEncoder.heartbeat(frame, 0, incarnation));
        assertMalformed(linkEncoder.goodbye(frame, 0, incarnation));
        final int length = linkEncoder.greeting(frame, 0, new Greeting(SELF, 1, true, "", List.of()));
        frame.putLong(24, incarnation, ByteOrder.LITTLE_ENDIAN);
        assertMalformed(length);
    }

    @Test
    void shouldRefuseEveryCutAndEveryExtension() {
        assertOnlyWhole(linkEncoder.heartbeat(frame, 0, 1));
        assertOnlyWhole(linkEncoder.goodbye(frame, 0, 1));
        assertOnlyWhole(encoder.quench(frame, 0, 1, 2));
        assertOnlyWhole(linkEncoder.greeting(frame, 0, new Greeting(SELF, 1, true, "host:1", List.of("kv", "pubsub"))));
        assertOnlyWhole(encoder.graftedHead(frame, 0, Keys.key(1, 2, 3, id, 0, 8), 3, 20) + 20);
        assertOnlyWhole(encoder.prune(frame, 0, Keys.key(1, 2, 3, id, 0, 8), 3));
        final FrameBatch batch = new FrameBatch(ControlMessage.I_HAVE, 11, 22, 200);
        batch.append(Keys.key(1, 2, 3, id, 0, 8), 3);
        batch.append(Keys.key(1, 2, 3, id, 0, 3), 3);
        frame.putBytes(0, batch.buffer(), 0, batch.length());
        assertOnlyWhole(batch.length());
    }

    @ParameterizedTest
    @CsvSource({"38, 0", "38, 7", "38, 9", "38, 65535", "36, 65535"})
    void shouldRefuseAGossipWithAWrongLengthOrRound(final int offset, final int value) {
        final int length = encoder.graftedHead(frame, 0, Keys.key(1, 2, 3, id, 0, 8), 3, 20) + 20;
        unsignedShort(offset, value);

        assertMalformed(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19, 21, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void shouldRefuseAGossipWithAWrongPayloadLength(final int payloadLength) {
        final int length = encoder.graftedHead(frame, 0, Keys.key(1, 2, 3, id, 0, 8), 3, 20) + 20;
        frame.putInt(48, payloadLength, ByteOrder.LITTLE_ENDIAN);

        assertMalformed(length);
    }

    /** In a newer version's frames bytes may follow the payload, so its length alone has to do. */
    @ParameterizedTest
    @ValueSource(ints = {21, Integer.MAX_VALUE - 51, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void shouldRefuseANewerGossipWhosePayloadEndsBeyondIt(final int payloadLength) {
        final int length = encoder.graftedHead(frame, 0, Keys.key(1, 2, 3, id, 0, 8), 3, 20) + 20;
        frame.putInt(48, payloadLength, ByteOrder.LITTLE_ENDIAN);
        unsignedShort(6, 1);

        assertMalformed(length);
    }

    @ParameterizedTest
    @CsvSource({"38, 0", "38, 7", "38, 9", "38, 65535", "36, 65535"})
    void shouldRefuseAPruneWithAWrongLengthOrRound(final int offset, final int value) {
        final int length = encoder.prune(frame, 0, Keys.key(1, 2, 3, id, 0, 8), 3);
        unsignedShort(offset, value);

        assertMalformed(length);
    }

    @ParameterizedTest
    @CsvSource({
        "24, 13", "24, 15", "24, 0", "24, 65535", "26, 1", "26, 3", "26, 65535", "40, 65535", "42, 0", "42, 7", "42, 9",
        "64, 65535", "66, 0", "66, 7", "66, 9", "66, 65535"
    })
    void shouldTellNothingOfABatchThatIsWrongSomewhere(final int offset, final int value) {
        final FrameBatch batch = new FrameBatch(ControlMessage.GRAFT, 11, SELF.value(), 200);
        batch.append(Keys.key(1, 2, 3, id, 0, 8), 3);
        batch.append(Keys.key(1, 2, 3, id, 0, 8), 3);
        frame.putBytes(0, batch.buffer(), 0, batch.length());
        unsignedShort(offset, value);

        assertMalformed(batch.length());
    }

    /** Block 41 (flags at 48), group size at 49, then per handler 4 + 1 + name, settings, node's name, endpoint. */
    @ParameterizedTest
    @CsvSource({
        "49, 3", "49, 5", "51, 0", "51, 1", "51, 3", "51, 65", "51, 255", "53, 0", "57, 0", "57, 1", "57, 3", "57, 255",
        "58, 32", "58, 200", "71, 1", "73, 1", "73, 65", "73, 255", "75, 0", "75, 7", "76, 98", "82, 255", "82, 5",
        "83, 32", "83, 127", "83, 200"
    })
    void shouldRefuseAGreetingThatIsWrongSomewhere(final int offset, final int value) {
        final Greeting greeting = new Greeting(SELF, 1, true, "host:1", List.of("kv", "pubsub"));
        final int length = linkEncoder.greeting(frame, 0, greeting);
        frame.putByte(offset, (byte) value);

        assertMalformed(length);
    }

    /** Handlers at 49, settings at 53, each with the lengths of name and value: 57 (a), 59 (1), 61 (b), 63 (2). */
    @ParameterizedTest
    @CsvSource({"53, 1", "55, 1", "55, 3", "55, 65", "57, 0", "57, 101", "58, 32", "58, 98", "58, 99", "58, 200",
        "59, 101", "59, 255", "60, 32", "62, 97"})
    void shouldRefuseAGreetingWhoseSettingsAreWrongSomewhere(final int offset, final int value) {
        final int length = linkEncoder.greeting(frame, 0, new Greeting(
            SELF, 1, true, "host:1", List.of(), new TreeMap<>(Map.of("a", "1", "b", "2")),
            Challenge.NONE));
        frame.putByte(offset, (byte) value);

        assertMalformed(length);
    }

    @Test
    void shouldRefuseAGreetingInAnotherNodesName() {
        final int length = linkEncoder.greeting(frame, 0, new Greeting(SELF, 1, true, "host:1", List.of()));
        frame.putLong(16, NodeId.of("node-b").value(), ByteOrder.LITTLE_ENDIAN);

        assertMalformed(length);
    }

    private void assertOnlyWhole(final int wholeLength) {
        for (int length = 8; length < wholeLength + 9; length++) {
            listener.events.clear();
            final boolean isWhole = length == wholeLength;
            assertEquals(isWhole ? DecodeResult.CONSUMED : DecodeResult.MALFORMED, decode(length), "at " + length);
        }
    }

    private void assertMalformed(final int length) {
        listener.events.clear();
        assertEquals(DecodeResult.MALFORMED, decode(length));
        listener.events.removeIf(event -> event.startsWith("accepts "));
        assertEquals(List.of(), listener.events);
    }

    private DecodeResult decode(final int length) {
        return decoder.decode(frame, 0, length);
    }

    private void unsignedShort(final int offset, final int value) {
        frame.putShort(offset, (short) value, ByteOrder.LITTLE_ENDIAN);
    }
}
