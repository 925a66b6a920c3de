package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRoundTripTest {
    private static final int OFFSET = 24;
    private static final long CLUSTER = NameHash.ofCluster("test");
    private static final NodeId SELF = NodeId.of("a");

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(16 * 1024);
    private final GossipFrameEncoder encoder = new GossipFrameEncoder(CLUSTER, SELF.value());
    private final LinkFrameEncoder linkEncoder = new LinkFrameEncoder(CLUSTER, SELF.value());
    private final RecordingListener listener = new RecordingListener();
    private final FrameDecoder decoder = listener.decoder();

    @Test
    void shouldKeepAGreeting() {
        final Greeting greeting =
            new Greeting(SELF, 1_700_000_000_000L, true, "10.0.0.1:40123", List.of("kv", "pubsub"),
                new TreeMap<>(Map.of("plumtree.max.message.length", "65536", "aeron.mtuLength", "")),
                new Challenge(-17, Long.MAX_VALUE, true));

        final int length = linkEncoder.greeting(buffer, OFFSET, greeting);

        assertEquals(LinkFrameEncoder.greetingLength(greeting), length);
        assertDecodes(length, greeting.toString());
    }

    @Test
    void shouldKeepTheShortestAndTheLongestGreeting() {
        final Greeting shortest = new Greeting(SELF, 1, false, "", List.of());
        assertDecodes(linkEncoder.greeting(buffer, OFFSET, shortest), shortest.toString());

        final String name = "Az09._-x".repeat(8);
        final NodeId longName = NodeId.of(name);
        final Greeting longest =
            new Greeting(
                longName, NodeDescriptor.MAX_INCARNATION, true, "~".repeat(254), Collections.nCopies(64, name),
                mostSettings(), new Challenge(Long.MIN_VALUE, -1, false));
        final int length = new LinkFrameEncoder(CLUSTER, longName.value()).greeting(buffer, OFFSET, longest);
        assertEquals(LinkFrameEncoder.MAX_GREETING_LENGTH, length);
        listener.events.clear();
        assertEquals(DecodeResult.CONSUMED, decoder.decode(buffer, OFFSET, length));
        assertEquals(List.of("accepts " + CLUSTER + " " + longName.value(), longest.toString()), listener.events);
    }

    @Test
    void shouldChangeWhatAGreetingAsksAndNothingElse() {
        final Greeting first = new Greeting(SELF, 17, true, "host:1", List.of("kv"), new TreeMap<>(Map.of("a", "1")),
            new Challenge(1, 2, false));
        final int length = linkEncoder.greeting(buffer, OFFSET, first);

        linkEncoder.greetingAgain(buffer, OFFSET, false, 3, 4, true);

        assertDecodes(length, new Greeting(
            SELF, 17, false, "host:1", first.handlers(), first.settings(), new Challenge(3, 4, true)).toString());
    }

    @Test
    void shouldDropAGreetingOfARunThatCannotBe() {
        for (final long incarnation : new long[] {NodeDescriptor.MAX_INCARNATION + 1, Long.MAX_VALUE - 1}) {
            final int length =
                linkEncoder.greeting(buffer, OFFSET, new Greeting(SELF, incarnation, false, "", List.of()));
            assertEquals(DecodeResult.MALFORMED, listener.decoder().decode(buffer, OFFSET, length));
        }
    }

    @Test
    void shouldRefuseToGreetInAnotherNodesName() {
        final Greeting greeting = new Greeting(NodeId.of("b"), 1, false, "", List.of());

        assertThrows(IllegalArgumentException.class, () -> linkEncoder.greeting(buffer, OFFSET, greeting));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_700_000_000_000L, Long.MAX_VALUE})
    void shouldKeepAHeartbeatAndAGoodbye(final long incarnation) {
        assertDecodes(
            linkEncoder.heartbeat(buffer, OFFSET, incarnation), "heartbeat " + SELF.value() + " " + incarnation);
        assertDecodes(linkEncoder.goodbye(buffer, OFFSET, incarnation), "goodbye " + SELF.value() + " " + incarnation);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "-1, -2", "9223372036854775807, 2147483647"})
    void shouldKeepAQuench(final long root, final int handler) {
        assertDecodes(
            encoder.quench(buffer, OFFSET, root, handler), "quench " + SELF.value() + " " + root + " " + handler);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 1, 0",
        "-1, 1, -1, 16, 64",
        "9223372036854775807, 65534, 2147483647, 65534, 1048576",
        "-9223372036854775808, 65533, -2147483648, 255, 65536"
    })
    void shouldKeepAGossip(
        final long root, final int round, final int handler, final int idLength, final int payloadLength) {
        final String id = "i".repeat(idLength);
        final String payload = "p".repeat(payloadLength);

        final int headLength = encoder.graftedHead(
            buffer, OFFSET, Keys.key(root, round, handler, bytes("xx" + id), 2, idLength), handler, payloadLength);
        buffer.putBytes(OFFSET + headLength, bytes(payload), 0, payloadLength);

        assertEquals(GossipFrameEncoder.graftedHeadLength(idLength), headLength);
        assertEquals(GossipFrameEncoder.gossipLength(idLength, payloadLength), headLength + payloadLength);
        assertDecodes(
            headLength + payloadLength,
            "gossip " + SELF.value() + " " + root + " " + round + " " + handler + " " + id + " " + payload);
    }

    @Test
    void shouldSendABodyFromWhereItLies() {
        final ExpandableArrayBuffer ring = new ExpandableArrayBuffer();
        final int bodyOffset = 102;
        GossipBody.lengths(ring, bodyOffset, 2, 5);
        ring.putBytes(GossipBody.idOffset(bodyOffset), bytes("id"), 0, 2);
        ring.putBytes(GossipBody.payloadOffset(bodyOffset, 2), bytes("bytes"), 0, 5);

        final int headLength = encoder.gossipHead(buffer, OFFSET, 7, 3, 9);
        buffer.putBytes(OFFSET + headLength, ring, bodyOffset, GossipBody.length(2, 5));

        assertEquals(GossipFrameEncoder.GOSSIP_HEAD_LENGTH, headLength);
        assertDecodes(
            GossipFrameEncoder.gossipLength(2, 5), "gossip " + SELF.value() + " 7 3 9 id bytes");
    }

    @Test
    void shouldPassOnAReceivedBodyWithANewHead() {
        final int headLength = encoder.graftedHead(buffer, OFFSET, Keys.key(7, 3, 9, bytes("id"), 0, 2), 9, 5);
        buffer.putBytes(OFFSET + headLength, bytes("bytes"), 0, 5);
        final GossipFrameEncoder relay = new GossipFrameEncoder(CLUSTER, 22);
        final ExpandableArrayBuffer relayed = new ExpandableArrayBuffer();
        final int bodyOffset = OFFSET + GossipFrameEncoder.GOSSIP_HEAD_LENGTH;
        assertEquals(2, GossipBody.idLength(buffer, bodyOffset));
        assertEquals(5, GossipBody.payloadLength(buffer, bodyOffset, 2));

        relay.gossipHead(relayed, 0, 7, 4, 9);
        relayed.putBytes(GossipFrameEncoder.GOSSIP_HEAD_LENGTH, buffer, bodyOffset, GossipBody.length(2, 5));

        assertEquals(
            DecodeResult.CONSUMED, decoder.decode(relayed, 0, GossipFrameEncoder.gossipLength(2, 5)));
        assertEquals(List.of("accepts " + CLUSTER + " 22", "gossip 22 7 4 9 id bytes"), listener.events);
    }

    @Test
    void shouldStartTheIdOfAGossipAtAMultipleOfEight() {
        assertEquals(0, GossipBody.idOffset(GossipFrameEncoder.GOSSIP_HEAD_LENGTH) % 8);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0, 1", "-1, 17, -1, 40", "-9223372036854775808, 65534, -2147483648, 65534"})
    void shouldKeepAPrune(final long root, final int round, final int handler, final int idLength) {
        final String id = "i".repeat(idLength);

        final int length = encoder.prune(
            buffer, OFFSET, Keys.key(root, round, handler, bytes(id), 0, idLength), handler);

        assertEquals(GossipFrameEncoder.pruneLength(idLength), length);
        assertDecodes(length, "prune " + SELF.value() + " " + root + " " + round + " " + handler + " " + id);
    }

    @Test
    void shouldLetTheHighestRoundStandForAllBeyond() {
        assertDecodes(
            encoder.prune(buffer, OFFSET, Keys.key(1, 70_000, 2, bytes("id"), 0, 2), 2),
            "prune " + SELF.value() + " 1 65534 2 id");
    }

    @Test
    void shouldReportAGossipThatWasNotConsumed() {
        listener.isConsuming = false;
        final int length = encoder.graftedHead(buffer, OFFSET, Keys.key(7, 3, 9, bytes("id"), 0, 2), 9, 0);

        final DecodeResult result = decoder.decode(buffer, OFFSET, length);

        assertEquals(DecodeResult.ABORTED, result);
        assertEquals(2, listener.events.size());
    }

    @Test
    void shouldTurnStrangersAway() {
        listener.isAccepting = false;
        final int length = linkEncoder.heartbeat(buffer, OFFSET, 5);

        assertEquals(DecodeResult.STRANGER, decoder.decode(buffer, OFFSET, length));
        assertEquals(List.of("accepts " + CLUSTER + " " + SELF.value()), listener.events);
    }

    @Test
    void shouldShowTheSchemaInADump() {
        linkEncoder.heartbeat(buffer, 0, 5);

        assertTrue(buffer.getByte(4) == 'P' && buffer.getByte(5) == 'T');
    }

    private void assertDecodes(final int length, final String event) {
        listener.events.clear();
        assertEquals(DecodeResult.CONSUMED, decoder.decode(buffer, OFFSET, length));
        assertEquals(List.of("accepts " + CLUSTER + " " + SELF.value(), event), listener.events);
    }

    private static DirectBuffer bytes(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** All the bytes that there may be. */
    private static SortedMap<String, String> mostSettings() {
        final SortedMap<String, String> settings = new TreeMap<>();
        for (int i = 0; i < Greeting.MAX_SETTINGS; i++) {
            settings.put("setting-" + (10 + i), "v".repeat(Greeting.MAX_SETTINGS_LENGTH / Greeting.MAX_SETTINGS - 12));
        }
        return settings;
    }
}
