package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.handlers.spi.MalformedMessageException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeduplicationTest {
    @Test
    void shouldMergeOnce() {
        final Fixture fixture = new Fixture();
        assertFalse(fixture.isStale(1));
        assertTrue(fixture.merge(1));
        assertTrue(fixture.isStale(1));
        assertFalse(fixture.merge(1));
        assertEquals(1, fixture.counter("received"));
        assertEquals(1, fixture.counter("duplicates"));
    }

    @Test
    void shouldTellOriginsAndIncarnationsApart() {
        final Fixture fixture = new Fixture();
        assertTrue(fixture.merge(1, 1, 1, "t", ""));
        assertTrue(fixture.merge(2, 1, 1, "t", ""));
        assertTrue(fixture.merge(1, 2, 1, "t", ""));
        assertFalse(fixture.merge(1, 1, 1, "t", ""));
        assertEquals(3, fixture.counter("received"));
    }

    @Test
    void shouldTakeWhatIsOlderThanTheLatestTwoIncarnationsAsSeen() {
        final Fixture fixture = new Fixture();
        fixture.context.confirmed.put(1L, 10L);
        assertTrue(fixture.merge(1, 10, 1, "t", ""));
        fixture.context.confirmed.put(1L, 30L);
        assertTrue(fixture.merge(1, 30, 1, "t", ""));
        assertTrue(fixture.merge(1, 10, 2, "t", ""), "the run before the latest still travels");
        fixture.context.confirmed.put(1L, 40L);
        assertTrue(fixture.merge(1, 40, 1, "t", ""));
        assertTrue(fixture.isStale(1, 10, 3));
        assertFalse(fixture.merge(1, 10, 3, "t", ""));
        assertFalse(fixture.isStale(1, 30, 2));
        assertFalse(fixture.merge(1, 30, 1, "t", ""));
        fixture.advanceMs(60_000);
        assertTrue(fixture.isStale(1, 10, 3), "the node itself has told a later run");
        assertEquals(1, fixture.counter("superseded"));
        assertEquals(1, fixture.counter("duplicates"));
        assertEquals(1, fixture.counter("incarnations-dropped"));
    }

    @Test
    void shouldForgetTheOriginThatWasQuietTheLongest() {
        final Fixture fixture = new Fixture("origins", "2", "retained.messages", "1");
        fixture.merge(1, 1, 1, "t", "");
        fixture.merge(2, 1, 1, "t", "");
        fixture.merge(1, 1, 2, "t", "");
        fixture.merge(3, 1, 1, "t", "");
        assertTrue(fixture.isStale(1, 1, 1));
        assertTrue(fixture.isStale(3, 1, 1));
        assertFalse(fixture.isStale(2, 1, 1), "forgotten, and not retained either");
        assertEquals(1, fixture.counter("origins-evicted"));
    }

    @Test
    void shouldKnowWhatIsRetainedThoughItsOriginIsForgotten() {
        final Fixture fixture = new Fixture("origins", "1");
        fixture.merge(1, 1, 1, "t", "a");
        fixture.merge(2, 1, 1, "t", "b");
        assertTrue(fixture.isStale(1, 1, 1));
        assertFalse(fixture.merge(1, 1, 1, "t", "a"));
        assertEquals("t:a", fixture.graft(1, 1, 1));
    }

    @Test
    void shouldTakeTheOldestHoleAsSeenWhenThereAreTooMany() {
        final Fixture fixture = new Fixture("intervals", "2");
        fixture.merge(1);
        fixture.merge(4);
        fixture.merge(6);
        assertTrue(fixture.isStale(2));
        assertFalse(fixture.merge(3));
        assertFalse(fixture.isStale(5));
        assertEquals(2, fixture.counter("sequences-coalesced"));
    }

    @Test
    void shouldKnowItsOwnMessages() {
        final Fixture fixture = new Fixture();
        final long self = fixture.context.self().value();
        fixture.pubSub.publish("t", new byte[1]);
        assertTrue(fixture.isStale(self, FakeContext.INCARNATION, 1));
        assertFalse(fixture.merge(self, FakeContext.INCARNATION, 1, "t", "x"));
        assertThrows(MalformedMessageException.class, () -> fixture.isStale(self, FakeContext.INCARNATION, 2));
        assertThrows(MalformedMessageException.class, () -> fixture.merge(self, FakeContext.INCARNATION, 2, "t", "x"));
        assertTrue(fixture.merge(self, FakeContext.INCARNATION - 1, 1, "t", "x"), "from the run before this one");
    }

    /** Small bounds, so that all of them are met. */
    @Test
    void shouldBeStaleExactlyWhenAMergeWouldReturnFalse() {
        for (long seed = 1; seed <= 20; seed++) {
            final Random random = new Random(seed);
            final Fixture fixture = new Fixture(
                "origins", "3", "intervals", "3", "retained.messages", "8", "retained.bytes", "1k", "order", "origin");
            fixture.pubSub.subscribe("t", (origin, incarnation, sequence, buffer, offset, length) -> { });
            for (int i = 0; i < 3_000; i++) {
                final long origin = 1 + random.nextInt(5);
                final long incarnation = 1 + random.nextInt(5);
                final long far = random.nextInt(8) == 0 ? OriginStream.NEAR * (1 + random.nextInt(4)) : 0;
                final long sequence = 1 + random.nextInt(30) + far;
                final String step = "seed " + seed + ", step " + i;
                final boolean isStale = fixture.isStale(origin, incarnation, sequence);
                assertEquals(isStale, fixture.isStale(origin, incarnation, sequence), step);
                assertEquals(!isStale, fixture.merge(origin, incarnation, sequence, "t", "x".repeat(i % 300)), step);
                assertTrue(fixture.isStale(origin, incarnation, sequence), step);
                assertFalse(fixture.merge(origin, incarnation, sequence, "t", "y"), step);
                if (!isStale) {
                    assertEquals("t:" + "x".repeat(i % 300), fixture.graft(origin, incarnation, sequence), step);
                }
                if (random.nextInt(10) == 0) {
                    fixture.advanceMs(random.nextInt(2_000));
                }
            }
        }
    }
}
