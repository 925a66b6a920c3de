package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RetentionTest {
    @Test
    void shouldAnswerGraftsWithWhatWasMerged() {
        final Fixture fixture = new Fixture();
        fixture.merge(1);
        fixture.merge(2);
        assertEquals("weather:message 1", fixture.graft(1));
        assertEquals("weather:message 2", fixture.graft(2));
        assertNull(fixture.graft(3));
    }

    @Test
    void shouldAnswerGraftsWithItsOwnMessages() {
        final Fixture fixture = new Fixture();
        fixture.pubSub.publish("news", new byte[] {'a', 'b'});
        assertEquals("news:ab", fixture.graft(fixture.context.self().value(), FakeContext.INCARNATION, 1));
    }

    @Test
    void shouldDropTheOldestWhenThereAreTooMany() {
        final Fixture fixture = new Fixture("retained.messages", "3");
        for (int i = 1; i <= 5; i++) {
            fixture.merge(i);
        }
        assertNull(fixture.graft(2));
        assertEquals("weather:message 3", fixture.graft(3));
        assertEquals("weather:message 5", fixture.graft(5));
        assertEquals(2, fixture.counter("evicted-by-count"));
        assertTrue(fixture.isStale(1), "what is no longer retained is still known");
    }

    @Test
    void shouldDropTheOldestWhenTheyTakeTooManyBytes() {
        final Fixture fixture = new Fixture("retained.bytes", "1k");
        final String data = "x".repeat(400);
        for (int i = 1; i <= 3; i++) {
            fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, i, "t", data);
        }
        assertNull(fixture.graft(1));
        assertEquals("t:" + data, fixture.graft(2));
        assertEquals("t:" + data, fixture.graft(3));
        assertEquals(1, fixture.counter("evicted-by-bytes"));
    }

    @Test
    void shouldDropWhatIsTooOld() {
        final Fixture fixture = new Fixture("retained.age", "2s");
        fixture.merge(1);
        fixture.advanceMs(1_500);
        fixture.merge(2);
        fixture.advanceMs(600);
        assertNull(fixture.graft(1));
        assertNotNull(fixture.graft(2));
        assertEquals(1, fixture.counter("evicted-by-age"));
    }

    @Test
    void shouldDropABoundedNumberOfOldMessagesAtATime() {
        final Fixture fixture = new Fixture("retained.age", "2s");
        for (int i = 1; i <= 5_000; i++) {
            fixture.merge(i);
        }
        fixture.stallMs(2_500);
        assertEquals(4_096, fixture.counter("evicted-by-age"));
        fixture.advanceMs(1);
        assertEquals(5_000, fixture.counter("evicted-by-age"));
    }

    @Test
    void shouldDeliverButNotRetainWhatIsLongerThanTheArena() {
        final Fixture fixture = new Fixture("retained.bytes", "1k");
        final int[] received = new int[1];
        fixture.pubSub.subscribe("t", (origin, incarnation, sequence, buffer, offset, length) -> received[0] = length);
        fixture.merge(1);
        assertTrue(fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, 2, "t", "x".repeat(1_100)));
        assertEquals(1_100, received[0]);
        assertNull(fixture.graft(2));
        assertTrue(fixture.isStale(2));
        assertNotNull(fixture.graft(1), "nothing was dropped for it");
        assertEquals(1, fixture.counter("not-retained"));
    }

    @Test
    void shouldRetainAPayloadThatFillsTheArena() {
        final Fixture fixture = new Fixture("retained.bytes", "1k");
        final String data = "x".repeat(1_024 - 3);
        fixture.merge(1);
        fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, 2, "t", data);
        assertNull(fixture.graft(1));
        assertEquals("t:" + data, fixture.graft(2));
    }

    /** First in, first out; whole; and never more than the bounds allow, whatever the lengths are. */
    @Test
    void shouldKeepTheLatestWholeWhateverTheirLengths() {
        for (long seed = 1; seed <= 20; seed++) {
            final Random random = new Random(seed);
            final Fixture fixture = new Fixture("retained.bytes", "2k", "retained.messages", "20");
            final int maxLength = 1 + random.nextInt(1_000);
            final String[] sent = new String[1_001];
            int oldest = 1;
            for (int i = 1; i <= 1_000; i++) {
                sent[i] = String.valueOf((char) ('a' + i % 26)).repeat(random.nextInt(maxLength));
                fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, i, "t", sent[i]);
                while (fixture.graft(oldest) == null) {
                    oldest++;
                }
                assertTrue(oldest <= i && i - oldest < 20, "seed " + seed);
                for (int j = oldest; j <= i; j++) {
                    assertEquals("t:" + sent[j], fixture.graft(j), "seed " + seed + ", message " + j + " of " + i);
                }
            }
            assertEquals(
                oldest - 1, fixture.counter("evicted-by-count") + fixture.counter("evicted-by-bytes"), "seed " + seed);
        }
    }
}
