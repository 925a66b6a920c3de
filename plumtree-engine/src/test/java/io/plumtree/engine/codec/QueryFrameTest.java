package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeHandle;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries and answers: what is kept, what is turned down, what a newer version may add. */
class QueryFrameTest {
    private static final int HEADER_LENGTH = 8;
    private static final int VERSION_OFFSET = 6;
    private static final int ADDED_LENGTH = 5;
    private static final long CLUSTER = NameHash.ofCluster("test");
    private static final NodeId SELF = NodeId.of("node-a");
    private static final String LONG_NAME = "Az09._-x".repeat(8);
    private static final String LONG_ENDPOINT = "~".repeat(248) + ":65535";

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[16 * 1024]);
    private final QueryFrameEncoder encoder = new QueryFrameEncoder(CLUSTER, SELF.value());
    private final RecordingListener listener = new RecordingListener();
    private final FrameDecoder decoder = listener.decoder();
    private int length;

    private final Query query = new Query(-7, QueryType.PEERS.code(), 42, 1_500, "localhost:4000");
    private final AnswerPart<MemberState> members = new AnswerPart<>(SELF, 5, 2, false, List.of(
        new MemberState(Member.parse("kv@h1:1"), true, false),
        new MemberState(Member.parse("node-b@h1:2"), false, true)));
    private final AnswerPart<TreePeer> peers = new AnswerPart<>(SELF, 6, 0, true, List.of(
        new TreePeer(NodeId.of("bb"), true, false), new TreePeer(NodeId.of("c"), false, true)));
    private final AnswerPart<Exchange> exchanges = new AnswerPart<>(SELF, 7, 1, true, List.of(
        exchange(1, "pubsub", "b", 0), exchange(Long.MAX_VALUE, "kv", "c", Long.MAX_VALUE)));

    private static Exchange exchange(final long id, final String handler, final String peer, final long ageNs) {
        return new Exchange(
            new ExchangeHandle(SELF, 17, id), handler, NodeId.of(peer), Duration.ofNanos(ageNs));
    }

    @Test
    void shouldKeepAQuery() {
        length = encoder.query(frame, 0, query);
        assertDecodes(SELF.value() + " " + query);
        final Query longest =
            new Query(Long.MIN_VALUE, 2, -1, Query.MAX_TIMEOUT_MS, LONG_ENDPOINT);
        length = encoder.query(frame, 0, longest);
        assertEquals(QueryFrameEncoder.MAX_QUERY_LENGTH, length);
        assertDecodes(SELF.value() + " " + longest);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 200, 255})
    void shouldHandOverAQueryOfAKindThatOnlyANewerVersionKnows(final int code) {
        final Query unknown = new Query(1, code, 0, 1, "h:1");
        length = encoder.query(frame, 0, unknown);
        assertDecodes(SELF.value() + " " + unknown);
        assertEquals(null, unknown.type());
    }

    @Test
    void shouldKeepAnswers() {
        length = encoder.membersAnswer(frame, 0, members);
        assertDecodes("members " + members);
        length = encoder.peersAnswer(frame, 0, peers);
        assertDecodes("peers " + peers);
        length = encoder.exchangesAnswer(frame, 0, 17, exchanges);
        assertDecodes("exchanges 17 " + exchanges);
        length = encoder.refused(frame, 0, -9, 1);
        assertEquals(QueryFrameEncoder.REFUSED_LENGTH, length);
        assertDecodes("refused " + SELF.value() + " -9 1");
        length = encoder.refused(frame, 0, -9, 77);
        assertDecodes("refused " + SELF.value() + " -9 77");
    }

    @Test
    void shouldKeepAnAnswerOfNothing() {
        final AnswerPart<MemberState> nothing = new AnswerPart<>(SELF, 5, 0, true, List.of());
        length = encoder.membersAnswer(frame, 0, nothing);
        assertDecodes("members " + nothing);
    }

    @Test
    void shouldSayHowLongEntriesAre() {
        final NodeId longName = NodeId.of(LONG_NAME);
        final MemberState member = new MemberState(new Member(longName, LONG_ENDPOINT), true, false);
        final TreePeer peer = new TreePeer(longName, true, true);
        final Exchange exchange = exchange(1, LONG_NAME, LONG_NAME, 1);
        final QueryFrameEncoder ofLongName = new QueryFrameEncoder(CLUSTER, longName.value());

        assertEquals(QueryFrameEncoder.length(member),
            ofLongName.membersAnswer(frame, 0, new AnswerPart<>(longName, 1, 0, true, List.of(member, member))) -
            ofLongName.membersAnswer(frame, 0, new AnswerPart<>(longName, 1, 0, true, List.of(member))));
        assertEquals(QueryFrameEncoder.length(peer),
            ofLongName.peersAnswer(frame, 0, new AnswerPart<>(longName, 1, 0, true, List.of(peer))) -
            ofLongName.peersAnswer(frame, 0, new AnswerPart<>(longName, 1, 0, true, List.of())));
        final int empty = ofLongName.exchangesAnswer(frame, 0, 1, new AnswerPart<>(longName, 1, 0, true, List.of()));
        assertEquals(QueryFrameEncoder.MAX_ANSWER_OVERHEAD, empty);
        assertEquals(QueryFrameEncoder.length(exchange), ofLongName.exchangesAnswer(
            frame, 0, 1, new AnswerPart<>(longName, 1, 0, true, List.of(exchange))) - empty);
    }

    @Test
    void shouldLetNoGreetingBeShorterThanAnAnswer() {
        assertTrue(AnswerPart.MAX_FRAME_LENGTH <= LinkFrameEncoder.MAX_GREETING_LENGTH);
    }

    @Test
    void shouldAskWhetherStrangersAreAcceptedWhereStrangersHaveSomethingToSay() {
        listener.isAcceptingStrangers = false;
        length = encoder.query(frame, 0, query);
        assertEquals(DecodeResult.STRANGER, decode());
        assertEquals(List.of("acceptsStranger " + CLUSTER + " " + SELF.value()), listener.events);

        listener.isAcceptingStrangers = true;
        listener.isAccepting = false;
        for (int template = 1; template < 60; template++) {
            frame.putShort(2, (short) template, ByteOrder.LITTLE_ENDIAN);
            final boolean isForStrangers = template >= 40 && template <= 44 || template >= 20 && template <= 26 ||
                template == 4;
            assertEquals(!isForStrangers, decode() == DecodeResult.STRANGER, "template " + template);
        }
    }

    @Test
    void shouldRefuseEveryCutAndEveryExtension() {
        assertOnlyWhole(encoder.query(frame, 0, query));
        assertOnlyWhole(encoder.membersAnswer(frame, 0, members));
        assertOnlyWhole(encoder.peersAnswer(frame, 0, peers));
        assertOnlyWhole(encoder.exchangesAnswer(frame, 0, 17, exchanges));
        assertOnlyWhole(encoder.refused(frame, 0, 1, 0));
    }

    /** Timeout at 40, kind at 44, length of replyTo at 45, its text from 46 on, port from 56 on. */
    @ParameterizedTest
    @CsvSource({"45, 0", "45, 13", "45, 15", "45, 255", "46, 32", "46, 127", "46, 200", "55, 120", "56, 45", "56, 47"})
    void shouldRefuseAQueryThatIsWrongSomewhere(final int offset, final int value) {
        length = encoder.query(frame, 0, query);
        frame.putByte(offset, (byte) value);
        assertMalformed();
    }

    @Test
    void shouldRefuseAQueryThatWaitsForNoTime() {
        length = encoder.query(frame, 0, query);
        frame.putInt(40, -1, ByteOrder.LITTLE_ENDIAN);
        assertMalformed();
    }

    /** Flags at 32, part at 33, group size at 35, then per member flags, "kv", "h1:1"; the second from 48 on. */
    @ParameterizedTest
    @CsvSource({
        "35, 0", "35, 2", "37, 0", "37, 1", "37, 3", "37, 255", "38, 255", "40, 0", "40, 1", "40, 3", "40, 65",
        "41, 32", "43, 0", "43, 3", "43, 5", "46, 120", "47, 48", "49, 5", "49, 7", "49, 255", "62, 98", "62, 32"
    })
    void shouldRefuseAMembersAnswerThatIsWrongSomewhere(final int offset, final int value) {
        length = encoder.membersAnswer(frame, 0, members);
        frame.putByte(offset, (byte) value);
        assertMalformed();
    }

    @Test
    void shouldRefuseAPartBeyondTheHighest() {
        length = encoder.membersAnswer(frame, 0, members);
        frame.putShort(33, (short) 0xFFFF, ByteOrder.LITTLE_ENDIAN);
        assertMalformed();
    }

    @Test
    void shouldRefuseMoreEntriesThanThereMayBe() {
        final TreePeer peer = new TreePeer(NodeId.of("b"), true, false);
        length = encoder.peersAnswer(frame, 0, new AnswerPart<>(
            SELF, 1, 0, true, Collections.nCopies(AnswerPart.MAX_ENTRIES, peer)));
        assertEquals(DecodeResult.CONSUMED, decode());
        final int end = 39 + 3 * AnswerPart.MAX_ENTRIES;
        frame.putBytes(end + 3, frame, end, length - end);
        frame.putBytes(end, frame, end - 3, 3);
        frame.putShort(37, (short) (AnswerPart.MAX_ENTRIES + 1), ByteOrder.LITTLE_ENDIAN);
        length += 3;
        assertMalformed();
    }

    /** Group size at 43 and its count at 45; first id at 47, first age at 55. */
    @ParameterizedTest
    @CsvSource({"32, 0", "32, -1", "47, 0", "47, -1", "55, -1"})
    void shouldRefuseExchangesWithANumberThatCannotBe(final int offset, final long value) {
        length = encoder.exchangesAnswer(frame, 0, 17, exchanges);
        frame.putLong(offset, value, ByteOrder.LITTLE_ENDIAN);
        assertMalformed();
    }

    @Test
    void shouldRefuseAnAnswerInAnotherNodesName() {
        final long other = NodeId.of("node-b").value();
        for (int i = 0; i < 3; i++) {
            length = switch (i) {
                case 0 -> encoder.membersAnswer(frame, 0, members);
                case 1 -> encoder.peersAnswer(frame, 0, peers);
                default -> encoder.exchangesAnswer(frame, 0, 17, exchanges);
            };
            frame.putLong(16, other, ByteOrder.LITTLE_ENDIAN);
            assertMalformed();
        }
    }

    @Test
    void shouldUnderstandANewerVersionsQueriesAndAnswers() {
        length = encoder.query(frame, 0, query);
        assertUnderstoodWhenNewer();
        length = encoder.refused(frame, 0, 1, 0);
        assertUnderstoodWhenNewer();
        length = encoder.membersAnswer(frame, 0, members);
        insertIntoEntries(35, 1, 8);
        length = encoder.peersAnswer(frame, 0, peers);
        insertIntoEntries(35, 1, 3);
        length = encoder.exchangesAnswer(frame, 0, 17, exchanges);
        insertIntoEntries(43, 16, 9);
    }

    @Test
    void shouldRefuseToWriteWhatWouldNotDecode() {
        assertThrows(IllegalArgumentException.class, () -> new Query(1, 256, 0, 1, "h:1"));
        assertThrows(IllegalArgumentException.class, () -> new Query(1, -1, 0, 1, "h:1"));
        assertThrows(IllegalArgumentException.class, () -> new Query(1, 0, 0, -1, "h:1"));
        assertThrows(IllegalArgumentException.class, () -> new Query(1, 0, 0, 1L << 32, "h:1"));
        assertThrows(IllegalArgumentException.class, () -> new Query(1, 0, 0, 1, "h:0"));
        assertThrows(IllegalArgumentException.class, () -> new AnswerPart<>(SELF, 1, 65535, true, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new AnswerPart<>(SELF, 1, -1, true, List.of()));
        for (final String wrong : List.of("", ":1", "h", "h:", "h:x", "h:65536", "h:123456", "h h:1", "h:-1")) {
            assertFalse(Query.isEndpoint(wrong), wrong);
        }
        assertTrue(Query.isEndpoint("[::1]:65535"));
    }

    /** For a group of two whose entries have blocks so long, and the first one var data. */
    private void insertIntoEntries(
        final int groupOffset, final int blockLength, final int firstDataLength) {
        assertEquals(DecodeResult.CONSUMED, decode());
        final List<String> expected = List.copyOf(listener.events);
        final int firstEnd = groupOffset + 4 + blockLength;
        insert(firstEnd + firstDataLength + blockLength);
        insert(firstEnd);
        frame.putShort(groupOffset, (short) (blockLength + ADDED_LENGTH), ByteOrder.LITTLE_ENDIAN);
        assertEquals(DecodeResult.MALFORMED, decode());
        newer();
        assertEquals(DecodeResult.CONSUMED, decode());
        assertEquals(expected, listener.events);
        assertUnderstoodWhenNewer();
    }

    private void assertUnderstoodWhenNewer() {
        assertEquals(DecodeResult.CONSUMED, decode());
        final List<String> expected = List.copyOf(listener.events);
        newer();
        length += ADDED_LENGTH;
        assertEquals(DecodeResult.CONSUMED, decode());
        assertEquals(expected, listener.events, "more at the end");
        final int blockLength = frame.getShort(0, ByteOrder.LITTLE_ENDIAN);
        insert(HEADER_LENGTH + blockLength);
        frame.putShort(0, (short) (blockLength + ADDED_LENGTH), ByteOrder.LITTLE_ENDIAN);
        assertEquals(DecodeResult.CONSUMED, decode());
        assertEquals(expected, listener.events, "a longer block");
        frame.putShort(0, (short) (blockLength - 1), ByteOrder.LITTLE_ENDIAN);
        assertMalformed();
    }

    private void insert(final int offset) {
        final byte[] tail = new byte[length - offset];
        frame.getBytes(offset, tail);
        frame.setMemory(offset, ADDED_LENGTH, (byte) 0xEE);
        frame.putBytes(offset + ADDED_LENGTH, tail);
        length += ADDED_LENGTH;
    }

    private void newer() {
        frame.putShort(VERSION_OFFSET, (short) 1, ByteOrder.LITTLE_ENDIAN);
    }

    private void assertOnlyWhole(final int wholeLength) {
        for (length = 24; length < wholeLength + 9; length++) {
            final boolean isWhole = length == wholeLength;
            assertEquals(isWhole ? DecodeResult.CONSUMED : DecodeResult.MALFORMED, decode(), "at " + length);
        }
    }

    private void assertMalformed() {
        assertEquals(DecodeResult.MALFORMED, decode());
        listener.events.removeIf(event -> event.startsWith("acceptsStranger "));
        assertEquals(List.of(), listener.events);
    }

    private void assertDecodes(final String event) {
        assertEquals(DecodeResult.CONSUMED, decode());
        assertEquals(List.of("acceptsStranger " + CLUSTER + " " + SELF.value(), event), listener.events);
    }

    private DecodeResult decode() {
        listener.events.clear();
        return decoder.decode(frame, 0, length);
    }
}
