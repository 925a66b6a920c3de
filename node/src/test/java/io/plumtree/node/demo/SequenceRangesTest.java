package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequenceRangesTest {
    private final SequenceRanges ranges = new SequenceRanges();

    private static SequenceRanges.Range range(final long first, final long last) {
        return new SequenceRanges.Range(first, last);
    }

    @Test
    void shouldJoinNeighbours() {
        for (final long sequence : new long[] {1, 2, 5, 4, 9, 3}) {
            assertTrue(ranges.add(sequence));
        }
        assertEquals(List.of(range(1, 5), range(9, 9)), ranges.ranges());
        assertFalse(ranges.add(4));
        assertFalse(ranges.add(9));
        assertEquals(6, ranges.size());
    }

    @Test
    void shouldCountWithinBounds() {
        final List<SequenceRanges.Range> some = List.of(range(1, 5), range(9, 9), range(11, 20));
        assertEquals(16, SequenceRanges.Range.count(some, 1, 20));
        assertEquals(2, SequenceRanges.Range.count(some, 5, 10));
        assertEquals(0, SequenceRanges.Range.count(some, 6, 8));
        assertEquals(0, SequenceRanges.Range.count(some, 21, 20));
    }

    @Test
    void shouldAgreeWithASetWhateverTheOrder() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final Set<Long> expected = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            final long sequence = random.nextLong(1, 2_000);
            assertEquals(expected.add(sequence), ranges.add(sequence), "seed " + seed);
        }
        assertEquals(expected.size(), ranges.size(), "seed " + seed);
        assertEquals(expected.size(), SequenceRanges.Range.count(ranges.ranges(), 1, 2_000), "seed " + seed);
    }
}
