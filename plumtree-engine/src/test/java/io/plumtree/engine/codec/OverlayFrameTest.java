package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayFrameTest {
    private static final long CLUSTER = NameHash.ofCluster("test");
    private static final NodeDescriptor SELF = new NodeDescriptor(NodeId.of("node-a"), "10.0.0.1:4000", 17);
    private static final NodeDescriptor OTHER =
        new NodeDescriptor(NodeId.of("b"), "[fe80::1]:65535", NodeDescriptor.MAX_INCARNATION);
    private static final NodeDescriptor LONGEST =
        new NodeDescriptor(NodeId.of("n".repeat(NodeId.MAX_NAME_LENGTH)), "~".repeat(248) + ":65535", 1);
    private static final int INCARNATION_OFFSET = 24;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[OverlayFrameEncoder.MAX_LENGTH]);
    private final OverlayFrameEncoder encoder = new OverlayFrameEncoder(CLUSTER, SELF);
    private final RecordingListener listener = new RecordingListener();
    private final FrameDecoder decoder = listener.decoder();

    private void assertDecodes(final int length, final String event) {
        listener.events.clear();
        assertEquals(DecodeResult.CONSUMED, decoder.decode(frame, 0, length));
        assertEquals(List.of("acceptsOverlay " + CLUSTER + " " + SELF.id().value(), event), listener.events);
    }

    private void assertMalformed(final int length) {
        listener.events.clear();
        assertEquals(DecodeResult.MALFORMED, decoder.decode(frame, 0, length));
        assertEquals(1, listener.events.size());
    }

    @Test
    void shouldKeepEveryMessage() {
        assertDecodes(encoder.join(frame, -3), "join " + SELF + " -3");
        assertDecodes(encoder.forwardJoin(frame, OTHER, 0), "forwardJoin " + SELF + " " + OTHER + " 0");
        assertDecodes(encoder.forwardJoin(frame, LONGEST, 254), "forwardJoin " + SELF + " " + LONGEST + " 254");
        assertDecodes(encoder.neighbor(frame, 5, true), "neighbor " + SELF + " 5 true");
        assertDecodes(encoder.neighbor(frame, 5, false), "neighbor " + SELF + " 5 false");
        assertDecodes(encoder.neighborReply(frame, 6, true), "neighborReply " + SELF + " 6 true");
        assertDecodes(encoder.neighborReply(frame, 6, false), "neighborReply " + SELF + " 6 false");
        assertDecodes(encoder.disconnect(frame, true), "disconnect " + SELF + " true");
        assertDecodes(encoder.disconnect(frame, false), "disconnect " + SELF + " false");
        final List<NodeDescriptor> sample = List.of(OTHER, SELF, LONGEST);
        assertDecodes(
            encoder.shuffle(frame, OTHER, 6, sample), "shuffle " + SELF + " " + OTHER + " 6 " + sample);
        assertDecodes(encoder.shuffle(frame, SELF, 6, List.of()), "shuffle " + SELF + " " + SELF + " 6 []");
        assertDecodes(encoder.shuffleReply(frame, sample), "shuffleReply " + SELF + " " + sample);
        assertDecodes(encoder.shuffleReply(frame, List.of()), "shuffleReply " + SELF + " []");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveOutOfASampleWhatDoesNotFitAFrame(final boolean isReply) {
        final OverlayFrameEncoder longest = new OverlayFrameEncoder(CLUSTER, LONGEST);
        final List<NodeDescriptor> sample = Collections.nCopies(100, LONGEST);
        final int length = isReply ? longest.shuffleReply(frame, sample) : longest.shuffle(frame, LONGEST, 1, sample);
        assertTrue(length <= OverlayFrameEncoder.MAX_LENGTH, "length: " + length);
        assertTrue(length > OverlayFrameEncoder.MAX_LENGTH - 328, "room for one more: " + length);
        assertEquals(DecodeResult.CONSUMED, decoder.decode(frame, 0, length));
        final int expected = isReply ? 11 : 10;
        final int count = listener.events.get(1).split("NodeDescriptor").length - (isReply ? 2 : 3);
        assertEquals(expected, count);
    }

    @Test
    void shouldDropFramesOfWhoIsNotAccepted() {
        listener.isAcceptingStrangers = false;
        assertEquals(DecodeResult.STRANGER, decoder.decode(frame, 0, encoder.join(frame, 1)));
        assertEquals(1, listener.events.size());
    }

    @Test
    void shouldDropWhatEndsEarlyOrLate() {
        for (int length = encoder.join(frame, 1) - 1; length >= 40; length--) {
            assertMalformed(length);
        }
        assertMalformed(encoder.forwardJoin(frame, OTHER, 1) + 1);
        for (int length = encoder.shuffle(frame, OTHER, 1, List.of(SELF)) - 1; length >= 41; length--) {
            assertMalformed(length);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, NodeDescriptor.MAX_INCARNATION + 1, Long.MAX_VALUE - 1})
    void shouldDropARunThatCanNotBe(final long incarnation) {
        for (int template = 0; template < 3; template++) {
            final int length = template == 0 ? encoder.join(frame, 1) :
                template == 1 ? encoder.disconnect(frame, true) : encoder.shuffleReply(frame, List.of(OTHER));
            frame.putLong(INCARNATION_OFFSET, incarnation, ByteOrder.LITTLE_ENDIAN);
            assertMalformed(length);
        }
        final NodeDescriptor bad = new NodeDescriptor(OTHER.id(), OTHER.endpoint(), incarnation);
        assertMalformed(encoder.forwardJoin(frame, bad, 1));
        assertMalformed(encoder.shuffle(frame, bad, 1, List.of()));
        assertMalformed(encoder.shuffleReply(frame, List.of(OTHER, bad)));
    }

    @Test
    void shouldDropANameThatIsNotTheSenders() {
        final int length = encoder.join(frame, 1);
        frame.putByte(41, (byte) 'm');
        assertMalformed(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "host:0", "host:70000", ":1", "host:"})
    void shouldDropAnEndpointWhereNobodyCanListen(final String endpoint) {
        final NodeDescriptor bad = new NodeDescriptor(SELF.id(), endpoint, 17);
        assertMalformed(new OverlayFrameEncoder(CLUSTER, bad).join(frame, 1));
        assertMalformed(encoder.forwardJoin(frame, bad, 1));
        assertMalformed(encoder.shuffle(frame, SELF, 1, List.of(OTHER, bad)));
    }
}
