package io.plumtree.simulator.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MessageSetTest {
    @Test
    void shouldHoldWhatWasAddedOnce() {
        final MessageSet set = new MessageSet();
        assertFalse(set.contains(1_000));
        assertTrue(set.add(1_000));
        assertFalse(set.add(1_000));
        assertTrue(set.contains(1_000));
        assertFalse(set.contains(999));
        set.clear();
        assertFalse(set.contains(1_000));
        assertTrue(set.add(1_000));
    }

    @Test
    void shouldFindWhatAnotherSetLacks() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            final MessageSet has = new MessageSet();
            final MessageSet lacks = new MessageSet();
            final TreeSet<Integer> expected = new TreeSet<>();
            for (int i = 0; i < random.nextInt(200); i++) {
                final int message = random.nextInt(round + 1) * 3;
                has.add(message);
                expected.add(message);
            }
            for (int i = 0; i < random.nextInt(200); i++) {
                final int message = random.nextInt(round + 1) * 3;
                lacks.add(message);
                expected.remove(message);
            }
            int from = 0;
            for (final int message : expected) {
                assertEquals(message, has.nextNotIn(lacks, from));
                from = message + 1;
            }
            assertEquals(-1, has.nextNotIn(lacks, from));
        }
    }
}
