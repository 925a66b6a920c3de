package io.plumtree.handlers.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SeenSequencesTest {
    private static final int RANGE = 60;

    private final Random random = new Random(20_261_122);

    @Test
    void shouldContainWhatWasAddedInAnyOrder() {
        for (int round = 0; round < 500; round++) {
            final SeenSequences seen = new SeenSequences(RANGE);
            final TreeSet<Long> expected = new TreeSet<>();
            for (int i = 0; i < RANGE; i++) {
                final long sequence = 1 + random.nextInt(RANGE);
                assertEquals(expected.contains(sequence), seen.contains(sequence));
                if (expected.add(sequence)) {
                    assertEquals(0, seen.add(sequence));
                }
                assertEquals(expected.last(), seen.highest());
            }
            for (long sequence = 0; sequence <= RANGE + 1; sequence++) {
                assertEquals(expected.contains(sequence), seen.contains(sequence), "round " + round);
            }
        }
    }

    @Test
    void shouldNeverForgetWhatWasAddedAndSayWhatItTakesForSeen() {
        for (int round = 0; round < 500; round++) {
            final SeenSequences seen = new SeenSequences(1 + random.nextInt(4));
            final TreeSet<Long> added = new TreeSet<>();
            long coalesced = 0;
            for (int i = 0; i < RANGE; i++) {
                final long sequence = 1 + random.nextInt(RANGE);
                if (!seen.contains(sequence)) {
                    added.add(sequence);
                    coalesced += seen.add(sequence);
                }
            }
            long count = 0;
            for (long sequence = 0; sequence <= RANGE + 1; sequence++) {
                count += seen.contains(sequence) ? 1 : 0;
                assertTrue(seen.contains(sequence) || !added.contains(sequence), "round " + round);
            }
            assertEquals(added.size() + coalesced, count, "round " + round);
        }
    }

    @Test
    void shouldBeEmptyWhenCleared() {
        final SeenSequences seen = new SeenSequences(2);
        seen.add(5);
        assertFalse(seen.isEmpty());
        seen.clear();
        assertTrue(seen.isEmpty());
        assertFalse(seen.contains(5));
    }
}
