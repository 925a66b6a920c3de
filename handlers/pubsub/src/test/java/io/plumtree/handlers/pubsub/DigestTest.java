package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.handlers.spi.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.Test;

/** What {@link DigestWriter} writes, and {@link PeerDigest} makes of it. */
class DigestTest {
    private static final int SHORTEST = 39;

    private final FakeContext context = new FakeContext();
    private final PubSubCounters counters = new PubSubCounters(context);
    private final MessageStore store = new MessageStore(
        PubSubOptions.read(context),
        counters,
        new Subscriptions(),
        (origin, incarnation, from, to, bornNs, sinceNs) -> false,
        context,
        0);
    private final AtomicCounter cut = new AtomicCounter(new UnsafeBuffer(new byte[128]), 0);
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    @Test
    void shouldSayWhatWasSeenWhateverTheLengthOfMessages() {
        for (long seed = 1; seed <= 200; seed++) {
            final Random random = new Random(seed);
            final List<OriginStream> streams = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                streams.add(stream(1 + i / 2, 1 + i % 2));
                for (int j = random.nextInt(random.nextBoolean() ? 3 : 100); j > 0; j--) {
                    streams.get(streams.size() - 1).seen.add(1 + random.nextInt(150));
                }
            }
            final int limit = SHORTEST + random.nextInt(random.nextBoolean() ? 40 : 4_000);
            final PeerDigest digest = transfer(streams, limit);
            for (final OriginStream stream : streams) {
                for (long sequence = 1; sequence <= 151; sequence++) {
                    assertEquals(
                        !stream.seen.contains(sequence),
                        digest.lacks(stream.origin, stream.incarnation, sequence),
                        "seed " + seed);
                    assertEquals(
                        stream.seen.contains(sequence),
                        digest.hasAny(stream.origin, stream.incarnation, sequence, sequence),
                        "seed " + seed);
                }
            }
            assertTrue(digest.lacks(99, 1, 1), "an origin that the peer does not know");
            assertEquals(0, cut.get());
        }
    }

    @Test
    void shouldSayNothingThatWasNotSeenWhenMoreIsSeenMeanwhile() {
        for (long seed = 1; seed <= 200; seed++) {
            final Random random = new Random(seed);
            final OriginStream stream = stream(1, 1);
            final List<OriginStream> streams = List.of(stream, stream(2, 1));
            final Set<Long> before = new HashSet<>();
            for (int i = 0; i < 60; i++) {
                final long sequence = 1 + random.nextInt(150);
                stream.seen.add(sequence);
                before.add(sequence);
            }
            streams.get(1).seen.add(3);
            final DigestWriter writer = new DigestWriter(streams.toArray(new OriginStream[0]), cut);
            final PeerDigest digest = new PeerDigest(store, counters, 1_024);
            while (!writer.isFinished()) {
                digest.onMessage(buffer, 0, writer.write(buffer, SHORTEST + random.nextInt(60)));
                stream.seen.add(1 + random.nextInt(150));
            }
            for (long sequence = 1; sequence <= 151; sequence++) {
                final boolean isSaid = !digest.lacks(1, 1, sequence);
                assertTrue(!isSaid || stream.seen.contains(sequence), "seed " + seed);
                assertTrue(isSaid || !before.contains(sequence), "seed " + seed);
            }
            assertTrue(digest.isComplete() && !digest.lacks(2, 1, 3));
        }
    }

    @Test
    void shouldGoOnWithTheStreamThatTookAnothersPlace() {
        final OriginStream stream = stream(1, 1);
        for (int i = 1; i <= 20; i += 2) {
            stream.seen.add(i);
        }
        final DigestWriter writer = new DigestWriter(new OriginStream[] {stream}, cut);
        final PeerDigest digest = new PeerDigest(store, counters, 1_024);
        digest.onMessage(buffer, 0, writer.write(buffer, 60));
        stream.reset(2, 5);
        stream.seen.add(1);
        while (!writer.isFinished()) {
            digest.onMessage(buffer, 0, writer.write(buffer, 60));
        }
        assertFalse(digest.lacks(1, 1, 1));
        assertFalse(digest.lacks(2, 5, 1));
    }

    @Test
    void shouldPassOverTheLowestHolesWhenThereAreTooMany() {
        final OriginStream stream = new OriginStream(null, 1 << 17, 1);
        stream.reset(1, 1);
        final int count = 70_000;
        for (int i = 1; i <= count; i++) {
            stream.seen.append(2L * i, 2L * i);
        }
        final OriginStream other = stream(2, 1);
        other.seen.append(1, 1);
        other.seen.append(3, 3);
        final PeerDigest digest = transfer(List.of(stream, other), 60_000);
        assertFalse(digest.lacks(1, 1, 3), "the oldest hole");
        assertTrue(digest.lacks(1, 1, 1), "what is below all");
        assertTrue(digest.lacks(1, 1, 2 * count - 1), "the latest hole");
        assertTrue(digest.lacks(1, 1, 2 * count + 1));
        assertFalse(digest.lacks(2, 1, 2), "nothing is left for the second stream");
        assertTrue(digest.lacks(2, 1, 4));
        assertEquals(2, cut.get());
    }

    @Test
    void shouldKnowWhatTwoLaterIncarnationsSupersede() {
        final List<OriginStream> streams = List.of(stream(1, 5), stream(1, 7));
        streams.forEach(stream -> stream.seen.add(1));
        assertTrue(transfer(streams, 1_000).lacks(1, 4, 1), "what this node does not know itself supersedes nothing");
        for (final long incarnation : new long[] {5, 7}) {
            context.confirmed.put(1L, incarnation);
            merge(1, incarnation, 1);
        }
        final PeerDigest digest = transfer(streams, 1_000);
        assertFalse(digest.lacks(1, 4, 1));
        assertTrue(digest.lacks(1, 6, 1));
        assertTrue(digest.lacks(1, 8, 1));
    }

    private void merge(final long origin, final long incarnation, final long sequence) {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[MessageLayout.ID_LENGTH + 3]);
        MessageLayout.encodeId(message, 0, origin, incarnation, sequence);
        MessageLayout.encodeTopic(message, MessageLayout.ID_LENGTH, new byte[1]);
        assertTrue(store.merge(
            new Message().wrap(message, 0, MessageLayout.ID_LENGTH, MessageLayout.ID_LENGTH, 3)));
    }

    private PeerDigest transfer(final List<OriginStream> streams, final int limit) {
        final DigestWriter writer = new DigestWriter(streams.toArray(new OriginStream[0]), cut);
        final PeerDigest digest = new PeerDigest(store, counters, 1_024);
        do {
            assertFalse(digest.isComplete());
            final int length = writer.write(buffer, limit);
            assertTrue(length <= limit, length + " bytes");
            digest.onMessage(buffer, 0, length);
        } while (!writer.isFinished());
        assertTrue(digest.isComplete());
        return digest;
    }

    private static OriginStream stream(final long origin, final long incarnation) {
        final OriginStream stream = new OriginStream(null, 256, 1);
        stream.reset(origin, incarnation);
        return stream;
    }
}
