package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeHandle;
import io.plumtree.api.Member;
import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Throws random and mutated frames at the decoder, each in two places: alone, in a buffer that ends where the frame
 * does, so that a read outside of it throws; and amid other bytes, which must make no difference. Whatever is accepted
 * of this version must give the same frame again when it is encoded, so nothing is misread either.
 *
 * <p>The seed is random, and shown when the test fails; repeat with {@code -Dplumtree.fuzz.seed=SEED}.
 */
class FrameDecoderFuzzTest {
    private static final int MAX_LENGTH = 512;
    private static final int MARGIN = 64;
    private static final int[] EDGES = {
        0, 1, 2, 4, 8, 14, 16, 24, 30, 0x7F, 0x80, 0xFE, 0xFF, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF,
        0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF
    };
    private static final int GREETING = 1;
    private static final int GOSSIP = 10;
    private static final int GOSSIP_BUNDLE = 17;
    private static final int MEMBERS_ANSWER = 41;
    private static final int PEERS_ANSWER = 42;
    private static final int EXCHANGES_ANSWER = 43;
    private static final int ANSWER_FLAGS_OFFSET = 32;
    private static final int ANSWER_GROUP_OFFSET = 35;
    private static final int EXCHANGES_FLAGS_OFFSET = 40;
    private static final int GREETING_FLAGS_OFFSET = 48;
    /** By template: Known, Namesake, Neighbor, NeighborReply, Disconnect, ExchangeData, its credit, its close. */
    private static final Map<Integer, Integer> FLAGS_OFFSETS =
        Map.of(4, 40, 6, 48, 22, 40, 23, 40, 24, 32, 31, 36, 32, 40, 33, 32);

    private final long seed = Long.getLong("plumtree.fuzz.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<byte[]> corpus = new ArrayList<>();
    private final byte[] frame = new byte[MAX_LENGTH];
    private final byte[] surrounded = new byte[MARGIN + MAX_LENGTH + MARGIN];
    private final UnsafeBuffer exactBuffer = new UnsafeBuffer(surrounded);
    private final UnsafeBuffer surroundedBuffer = new UnsafeBuffer(surrounded);
    private final Reencoder exact = new Reencoder(2 * MAX_LENGTH);
    private final Reencoder amid = new Reencoder(2 * MAX_LENGTH);
    private final FrameDecoder exactDecoder = exact.decoder();
    private final FrameDecoder amidDecoder = amid.decoder();
    private final int[] results = new int[DecodeResult.values().length];
    private int length;

    @Test
    void shouldAnswerWhateverTheBytesAre() {
        decodeFrames(100_000);
    }

    @Test
    @Tag("slow")
    void shouldAnswerWhateverAMillionFramesAre() {
        decodeFrames(1_200_000);
    }

    private void decodeFrames(final int count) {
        fillCorpus();
        for (int i = 0; i < count; i++) {
            nextFrame();
            try {
                results[decodeTwice().ordinal()]++;
            } catch (final Throwable t) {
                throw new AssertionError("seed " + seed + ", frame " + i + ": " +
                    HexFormat.of().formatHex(frame, 0, length), t);
            }
        }
        for (final DecodeResult result : DecodeResult.values()) {
            final boolean isPossible = result != DecodeResult.STRANGER;
            assertEquals(isPossible, results[result.ordinal()] > count / 500, result + " in " + summary());
        }
    }

    private DecodeResult decodeTwice() {
        exact.isConsuming = (frame[length / 2] & 1) == 0;
        amid.isConsuming = exact.isConsuming;
        exact.reset();
        exactBuffer.wrap(frame, 0, length);
        final DecodeResult result = exactDecoder.decode(exactBuffer, 0, length);

        final int offset = MARGIN - 8 * random.nextInt(4);
        Arrays.fill(surrounded, 0, offset, (byte) random.nextInt());
        System.arraycopy(frame, 0, surrounded, offset, length);
        Arrays.fill(surrounded, offset + length, surrounded.length, (byte) random.nextInt());
        amid.reset();
        assertEquals(result, amidDecoder.decode(surroundedBuffer, offset, length));
        assertEquals(exact.callbacks, amid.callbacks);
        assertTrue(exact.isFrame(amid.frame, 0, amid.length), "the bytes around the frame make a difference");

        if (result == DecodeResult.CONSUMED || result == DecodeResult.ABORTED) {
            assertEquals(result == DecodeResult.CONSUMED, exact.isConsuming || !isGossip());
            assertReencoded();
        } else {
            assertEquals(0, exact.callbacks, "told of a frame that was not accepted");
        }
        return result;
    }

    private void assertReencoded() {
        final boolean isOfThisVersion = frame[6] == 0 && frame[7] == 0;
        if (exact.callbacks == 0 || !isOfThisVersion) {
            return;
        }
        if (isBundleOfOne()) {
            toGossip();
        }
        if (frame[2] == GREETING) {
            exactBuffer.putByte(GREETING_FLAGS_OFFSET, (byte) (frame[GREETING_FLAGS_OFFSET] & 3));
        }
        final int flagsOffset = FLAGS_OFFSETS.getOrDefault((int) frame[2], 0);
        if (flagsOffset > 0) {
            exactBuffer.putByte(flagsOffset, (byte) (frame[flagsOffset] & 1));
        }
        if (frame[2] == MEMBERS_ANSWER || frame[2] == PEERS_ANSWER) {
            maskFlags(frame[2] == MEMBERS_ANSWER ? 2 : 1);
        } else if (frame[2] == EXCHANGES_ANSWER) {
            frame[EXCHANGES_FLAGS_OFFSET] &= 1;
        }
        assertTrue(exact.isFrame(exactBuffer, 0, length), "misread");
    }

    /** Takes away the flags that this version doesn't know, from an answer whose entries have so many texts. */
    private void maskFlags(final int texts) {
        frame[ANSWER_FLAGS_OFFSET] &= 1;
        int position = ANSWER_GROUP_OFFSET + 4;
        for (int i = 0; i < (frame[ANSWER_GROUP_OFFSET + 2] & 0xFF); i++) {
            frame[position++] &= 3;
            for (int j = 0; j < texts; j++) {
                position += 1 + (frame[position] & 0xFF);
            }
        }
    }

    private boolean isGossip() {
        return (frame[2] == GOSSIP || frame[2] == GOSSIP_BUNDLE) && frame[3] == 0;
    }

    private boolean isBundleOfOne() {
        return frame[2] == GOSSIP_BUNDLE
            && exactBuffer.getInt(GossipFrameEncoder.GOSSIP_HEAD_LENGTH, ByteOrder.LITTLE_ENDIAN) == 1 << 16;
    }

    /** A bundle of one message, which no node of ours sends, is taken in, and passed on, as a gossip. */
    private void toGossip() {
        frame[2] = GOSSIP;
        final int from = GossipFrameEncoder.GOSSIP_HEAD_LENGTH + GossipBundle.DIMENSION_LENGTH;
        System.arraycopy(frame, from, frame, GossipFrameEncoder.GOSSIP_HEAD_LENGTH, length - from);
        length -= GossipBundle.DIMENSION_LENGTH;
    }

    private void nextFrame() {
        if (random.nextInt(16) == 0) {
            random();
            return;
        }
        set(corpus.get(random.nextInt(corpus.size())));
        if (random.nextInt(4) == 0) {
            frame[6] = 1;
        }
        // Some stay as they are: they too must not depend on what surrounds them.
        for (int i = random.nextInt(4); i > 0; i--) {
            mutate();
        }
    }

    private void random() {
        length = random.nextInt(MAX_LENGTH / 4);
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) random.nextInt();
        }
        if (length >= 8 && random.nextInt(4) != 0) {
            System.arraycopy(corpus.get(random.nextInt(corpus.size())), 0, frame, 0, 8);
        }
    }

    private void mutate() {
        switch (random.nextInt(8)) {
            case 0:
            case 1:
                flipBits();
                break;
            case 2:
                length = random.nextInt(length + 1);
                break;
            case 3:
                extend();
                break;
            case 4:
            case 5:
                editLength();
                break;
            case 6:
                splice();
                break;
            default:
                cutOut();
                break;
        }
    }

    private void flipBits() {
        for (int i = random.nextInt(4); i >= 0 && length > 0; i--) {
            frame[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private void extend() {
        final int newLength = Math.min(MAX_LENGTH, length + 1 + random.nextInt(40));
        while (length < newLength) {
            frame[length++] = (byte) random.nextInt();
        }
    }

    /** Writes an edge value, or one near to it, of 1, 2 or 4 bytes somewhere, mostly where lengths are. */
    private void editLength() {
        final int size = 1 << random.nextInt(3);
        if (length < size) {
            return;
        }
        final int offset = random.nextInt(random.nextBoolean() ? Math.min(length - size + 1, 56) : length - size + 1);
        final int near = random.nextInt(4) == 0 ? length - offset : EDGES[random.nextInt(EDGES.length)];
        final int value = near + random.nextInt(3) - 1;
        for (int i = 0; i < size; i++) {
            frame[offset + i] = (byte) (value >>> 8 * i);
        }
    }

    private void splice() {
        final byte[] other = corpus.get(random.nextInt(corpus.size()));
        final int from = random.nextInt(other.length);
        final int at = random.nextInt(length + 1);
        final int count = Math.min(other.length - from, MAX_LENGTH - at);
        System.arraycopy(other, from, frame, at, count);
        length = at + count;
    }

    private void cutOut() {
        final int at = random.nextInt(length + 1);
        final int count = Math.min(length - at, 1 + random.nextInt(20));
        System.arraycopy(frame, at + count, frame, at, length - at - count);
        length -= count;
    }

    private void set(final byte[] bytes) {
        length = bytes.length;
        System.arraycopy(bytes, 0, frame, 0, length);
    }

    private void fillCorpus() {
        final NodeId self = NodeId.of("node-1");
        final GossipFrameEncoder encoder = new GossipFrameEncoder(NameHash.ofCluster("fuzz"), self.value());
        final LinkFrameEncoder linkEncoder = new LinkFrameEncoder(NameHash.ofCluster("fuzz"), self.value());
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(MAX_LENGTH);
        final UnsafeBuffer id = new UnsafeBuffer(new byte[64]);
        id.setMemory(0, 64, (byte) 'i');
        for (final List<String> handlers : List.of(List.<String>of(), List.of("pubsub"), List.of("kv", "a", "b-c_d"))) {
            add(buffer, linkEncoder.greeting(buffer, 0, new Greeting(self, 17, true, "localhost:4012", handlers)));
            add(buffer, linkEncoder.greeting(buffer, 0, new Greeting(self, 18, false, "", handlers)));
        }
        add(buffer, linkEncoder.heartbeat(buffer, 0, 17));
        add(buffer, linkEncoder.goodbye(buffer, 0, 17));
        add(buffer, encoder.quench(buffer, 0, -5, 9));
        for (final int size : new int[] {1, 8, 24, 64}) {
            add(buffer, encoder.graftedHead(buffer, 0, Keys.key(5, size, 9, id, 0, size), 9, 2 * size) + 2 * size);
            add(buffer, encoder.graftedHead(buffer, 0, Keys.key(6, 65534, -9, id, 0, size), -9, 0));
            add(buffer, encoder.prune(buffer, 0, Keys.key(-5, size, 9, id, 0, size), 9));
        }
        final GossipBundle bundle = new GossipBundle(MAX_LENGTH);
        final GraftPayload payload = new GraftPayload();
        final Broadcast broadcast = new Broadcast();
        for (final int size : new int[] {1, 8, 24, 64}) {
            payload.wrap(id, 0, size / 2);
            bundle.append(new MessageId().wrap(id, 0, size), payload);
            bundle.wrap(broadcast);
            final int headLength = encoder.bundleHead(buffer, 0, 5, size, 9);
            int bodyOffset = headLength;
            if (broadcast.count() == 1) {
                // Where they are several, the body says how many.
                buffer.putInt(headLength, 1 << 16, ByteOrder.LITTLE_ENDIAN);
                bodyOffset += GossipBundle.DIMENSION_LENGTH;
            }
            buffer.putBytes(bodyOffset, broadcast.buffer(), broadcast.bodyOffset(), broadcast.bodyLength());
            add(buffer, bodyOffset + broadcast.bodyLength());
        }
        final ExchangeFrameEncoder exchanges = new ExchangeFrameEncoder(NameHash.ofCluster("fuzz"), self.value());
        for (final boolean fromInitiator : new boolean[] {true, false}) {
            add(buffer, exchanges.open(buffer, 0, 7, 262_144, -9));
            add(buffer, exchanges.credit(buffer, 0, 7, fromInitiator, 262_144));
            for (final ExchangeCloseCode code : ExchangeCloseCode.values()) {
                add(buffer, exchanges.close(buffer, 0, 7, fromInitiator, code));
            }
            for (final int size : new int[] {0, 1, 100}) {
                add(buffer, exchanges.dataHead(buffer, 0, 7, fromInitiator, size, size) + size);
            }
        }
        final IncarnationFrameEncoder incarnations =
            new IncarnationFrameEncoder(NameHash.ofCluster("fuzz"), self.value());
        for (final boolean flag : new boolean[] {true, false}) {
            add(buffer, incarnations.known(
                buffer, new KnownIncarnation(5, 17, flag, flag ? "localhost:4012" : "", 99)));
            add(buffer, incarnations.namesake(buffer, new Namesake(17, 7, 1_000, flag, "localhost:4012")));
        }
        add(buffer, incarnations.raised(buffer, 17, 18));
        fillCorpusWithQueries(buffer, self);
        fillCorpusWithMembership(buffer, self);
        for (final ControlMessage kind : EnumSet.complementOf(EnumSet.of(ControlMessage.PRUNE))) {
            final FrameBatch batch = new FrameBatch(kind, 1, self.value(), MAX_LENGTH);
            for (int i = 0; i < 12; i++) {
                if (i % 4 == 0) {
                    buffer.putBytes(0, batch.buffer(), 0, batch.length());
                    add(buffer, batch.length());
                }
                batch.append(Keys.key(i, i, i, id, 0, 1 + 2 * i), i);
            }
        }
    }

    private void fillCorpusWithQueries(final ExpandableArrayBuffer buffer, final NodeId self) {
        final QueryFrameEncoder encoder = new QueryFrameEncoder(NameHash.ofCluster("fuzz"), self.value());
        final List<MemberState> members = new ArrayList<>();
        final List<TreePeer> peers = new ArrayList<>();
        final List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            add(buffer, encoder.query(buffer, 0, new Query(i - 1, i, 0, 1000L << i, "localhost:400" + i)));
            add(buffer, encoder.membersAnswer(buffer, 0, new AnswerPart<>(self, 5, i, i == 2, members)));
            add(buffer, encoder.peersAnswer(buffer, 0, new AnswerPart<>(self, 6, i, i == 2, peers)));
            add(buffer, encoder.exchangesAnswer(buffer, 0, 17, new AnswerPart<>(self, 7, i, i == 2, exchanges)));
            final NodeId other = NodeId.of("n" + i);
            members.add(new MemberState(new Member(other, "h:" + (i + 1)), i == 1, i == 2));
            peers.add(new TreePeer(other, i != 1, i != 0));
            exchanges.add(new Exchange(
                new ExchangeHandle(self, 17, i + 1), "kv", other, Duration.ofNanos(i)));
        }
        add(buffer, encoder.refused(buffer, 0, 8, 2));
    }

    private void fillCorpusWithMembership(final ExpandableArrayBuffer buffer, final NodeId self) {
        final NodeDescriptor node = new NodeDescriptor(self, "localhost:4012", 17);
        final OverlayFrameEncoder encoder = new OverlayFrameEncoder(NameHash.ofCluster("fuzz"), node);
        final NodeDescriptor other = new NodeDescriptor(NodeId.of("kv"), "h:1", 1L << 40);
        add(buffer, encoder.join(buffer, -1));
        add(buffer, encoder.forwardJoin(buffer, other, 6));
        for (final boolean flag : new boolean[] {true, false}) {
            add(buffer, encoder.neighbor(buffer, 7, flag));
            add(buffer, encoder.neighborReply(buffer, 7, flag));
            add(buffer, encoder.disconnect(buffer, flag));
        }
        for (int i = 0; i < 3; i++) {
            add(buffer, encoder.shuffle(buffer, other, i, Collections.nCopies(i, node)));
            add(buffer, encoder.shuffleReply(buffer, Collections.nCopies(i, other)));
        }
    }

    private void add(final ExpandableArrayBuffer buffer, final int frameLength) {
        final byte[] bytes = new byte[frameLength];
        buffer.getBytes(0, bytes);
        corpus.add(bytes);
    }

    private String summary() {
        final StringBuilder summary = new StringBuilder("seed " + seed);
        for (final DecodeResult result : DecodeResult.values()) {
            summary.append(", ").append(result).append(' ').append(results[result.ordinal()]);
        }
        return summary.toString();
    }
}
