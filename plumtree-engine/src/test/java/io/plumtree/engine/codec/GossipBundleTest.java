package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.MessageId;
import io.plumtree.engine.codec.sbe.GossipBundleEncoder;
import io.plumtree.engine.codec.sbe.GossipEncoder;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.protocol.Broadcast;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GossipBundleTest {
    private static final long CLUSTER = 11;
    private static final long SENDER = 22;
    private static final int COUNT_OFFSET = GossipFrameEncoder.GOSSIP_HEAD_LENGTH + 2;

    private final ExpandableArrayBuffer frame = new ExpandableArrayBuffer(1024);
    private final RecordingListener listener = new RecordingListener();
    private final FrameDecoder decoder = listener.decoder();
    private final GossipBundle bundle = new GossipBundle(200);
    private final Broadcast broadcast = new Broadcast();

    private static UnsafeBuffer bytes(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void append(final String id, final String payload) {
        final GraftPayload found = new GraftPayload();
        found.wrap(bytes(payload), 0, payload.length());
        bundle.append(new MessageId().wrap(bytes(id), 0, id.length()), found);
    }

    /** What a node sends; tells how long it is. */
    private int send(final int round) {
        bundle.wrap(broadcast);
        final GossipFrameEncoder encoder = new GossipFrameEncoder(CLUSTER, SENDER);
        final int headLength = encoder.bundleHead(frame, 0, 7, round, 9);
        frame.putBytes(headLength, broadcast.buffer(), broadcast.bodyOffset(), broadcast.bodyLength());
        return headLength + broadcast.bodyLength();
    }

    private DecodeResult decode(final int length) {
        listener.events.clear();
        return decoder.decode(frame, 0, length);
    }

    @Test
    void shouldBeReadAsItWasGathered() {
        append("a", "one");
        append("bb", "");
        append("ccc", "three");
        assertEquals(3, bundle.count());
        assertEquals(DecodeResult.CONSUMED, decode(send(3)));
        assertEquals(List.of("accepts 11 22", "bundle 22 7 3 9 a=one bb= ccc=three"), listener.events);
    }

    @Test
    void shouldBeginAsAGossipDoes() {
        assertEquals(GossipEncoder.BLOCK_LENGTH, GossipBundleEncoder.BLOCK_LENGTH);
        assertEquals(GossipEncoder.roundEncodingOffset(), GossipBundleEncoder.roundEncodingOffset());
        assertEquals(GossipEncoder.handlerEncodingOffset(), GossipBundleEncoder.handlerEncodingOffset());
        assertEquals(GossipEncoder.rootEncodingOffset(), GossipBundleEncoder.rootEncodingOffset());
    }

    @Test
    void shouldSendOneMessageWithoutSayingHowManyThereAre() {
        append("a", "one");
        bundle.wrap(broadcast);
        assertEquals(1, broadcast.count());
        assertEquals(GossipBody.length(1, 3), broadcast.bodyLength());
        assertEquals(3, broadcast.payloadLength());
        append("b", "two");
        bundle.wrap(broadcast);
        assertEquals(2, broadcast.count());
        assertEquals(GossipBundle.DIMENSION_LENGTH + 2 * GossipBody.length(1, 3), broadcast.bodyLength());
        assertEquals(3 + GossipBody.length(1, 3), broadcast.payloadLength(), "what follows the first id counts");
    }

    @Test
    void shouldBeAsLongAsAllowedAndNoLonger() {
        final int room = 200 - GossipFrameEncoder.GOSSIP_HEAD_LENGTH - GossipBundle.DIMENSION_LENGTH;
        assertTrue(bundle.hasRoom(room));
        assertFalse(bundle.hasRoom(room + 1));
        append("a", "");
        append("b", "x".repeat(room - 2 * GossipBody.length(1, 0)));
        assertFalse(bundle.hasRoom(1));
        assertEquals(200, send(0));
        bundle.clear();
        assertTrue(bundle.hasRoom(room));
        assertFalse(new GossipBundle(0).hasRoom(GossipBody.length(1, 0)));
    }

    @Test
    void shouldBeNoLongerThanToldWhenItBegins() {
        final int room = 100 - GossipFrameEncoder.GOSSIP_HEAD_LENGTH - GossipBundle.DIMENSION_LENGTH;
        append("a", "one");
        bundle.begin(100);
        assertEquals(0, bundle.count());
        assertTrue(bundle.hasRoom(room));
        assertFalse(bundle.hasRoom(room + 1));
        bundle.clear();
        assertFalse(bundle.hasRoom(room + 1));
        bundle.begin(300);
        assertTrue(bundle.hasRoom(room + 100));
        assertFalse(bundle.hasRoom(room + 101), "it was made for 200");
        bundle.begin(0);
        assertFalse(bundle.hasRoom(GossipBody.length(1, 0)));
    }

    @Test
    void shouldBeEmptyAgainWhenCleared() {
        append("a", "one");
        bundle.clear();
        append("b", "two");
        append("c", "three");
        assertEquals(DecodeResult.CONSUMED, decode(send(0)));
        assertEquals("bundle 22 7 0 9 b=two c=three", listener.events.get(1));
    }

    @Test
    void shouldReportThatItWasNotConsumed() {
        append("a", "one");
        append("b", "two");
        listener.isConsuming = false;
        assertEquals(DecodeResult.ABORTED, decode(send(0)));
    }

    @Test
    void shouldBeRefusedIfItEndsEarlyOrLate() {
        append("a", "one");
        append("bb", "two");
        final int length = send(0);
        for (int shorter = 8; shorter < length; shorter++) {
            assertEquals(DecodeResult.MALFORMED, decode(shorter), "length " + shorter);
        }
        assertEquals(DecodeResult.MALFORMED, decode(length + 1));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "3", "65535"})
    void shouldBeRefusedIfTheCountIsWrong(final int count) {
        append("a", "one");
        append("bb", "two");
        final int length = send(0);
        frame.putShort(COUNT_OFFSET, (short) count, ByteOrder.LITTLE_ENDIAN);
        assertEquals(DecodeResult.MALFORMED, decode(length));
        assertTrue(listener.events.size() <= 1, "nothing is told of it");
    }

    /** Entry block, id length, payload length of the first, id length of the second. */
    @ParameterizedTest
    @ValueSource(ints = {38, 42, 45, 52})
    void shouldBeRefusedIfALengthIsWrong(final int offset) {
        append("a", "one");
        append("bb", "two");
        final int length = send(0);
        for (final int wrong : new int[] {0x00FF, 0x7FFF, 0xFFFF}) {
            final short right = frame.getShort(offset, ByteOrder.LITTLE_ENDIAN);
            frame.putShort(offset, (short) wrong, ByteOrder.LITTLE_ENDIAN);
            assertEquals(DecodeResult.MALFORMED, decode(length), offset + ": " + wrong);
            frame.putShort(offset, right, ByteOrder.LITTLE_ENDIAN);
        }
        frame.putInt(45, -1, ByteOrder.LITTLE_ENDIAN);
        assertEquals(DecodeResult.MALFORMED, decode(length));
    }
}
