package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalSetTest {
    private static final int RANGE = 200;

    @Test
    void shouldBeOneIntervalWhenNumbersComeInOrder() {
        final IntervalSet set = new IntervalSet(8);
        for (long i = 1; i <= 100; i++) {
            assertTrue(set.add(i));
        }
        assertEquals("[1..100]", text(set));
    }

    @Test
    void shouldMergeIntervalsThatTouch() {
        final IntervalSet set = new IntervalSet(8);
        set.add(1);
        set.add(3);
        assertEquals("[1..1][3..3]", text(set));
        set.add(2);
        assertEquals("[1..3]", text(set));
        assertFalse(set.add(2));
    }

    @Test
    void shouldCloseTheOldestHoleWhenFull() {
        final IntervalSet set = new IntervalSet(2);
        set.add(1);
        set.add(5);
        set.add(9);
        assertEquals("[1..5][9..9]", text(set));
        assertEquals(3, set.coalesced());
        assertFalse(set.add(3));
    }

    @Test
    void shouldAppendRuns() {
        final IntervalSet set = new IntervalSet(3);
        set.append(2, 4);
        set.append(5, 5);
        set.append(8, 9);
        set.append(20, 30);
        assertEquals("[2..5][8..9][20..30]", text(set));
        set.append(40, 41);
        assertEquals("[2..9][20..30][40..41]", text(set));
    }

    @Test
    void shouldFindWhatIntersectsAndWhatEndsAbove() {
        final IntervalSet set = new IntervalSet(3);
        assertFalse(set.intersects(1, Long.MAX_VALUE - 1));
        assertEquals(0, set.firstEndingAbove(0));
        set.append(5, 9);
        set.append(20, 20);
        for (long from = 1; from <= 25; from++) {
            for (long to = from; to <= 25; to++) {
                final boolean isExpected = from <= 9 && to >= 5 || from <= 20 && to >= 20;
                assertEquals(isExpected, set.intersects(from, to), from + " to " + to);
            }
            assertEquals(from < 9 ? 0 : from < 20 ? 1 : 2, set.firstEndingAbove(from), "above " + from);
        }
    }

    @Test
    void shouldHoldTheGreatestNumbers() {
        final IntervalSet set = new IntervalSet(4);
        assertTrue(set.add(Long.MAX_VALUE));
        assertTrue(set.add(1));
        assertTrue(set.add(Long.MAX_VALUE - 1));
        assertFalse(set.contains(Long.MAX_VALUE - 2));
        assertEquals(2, set.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 17, 1000})
    void shouldAgreeWithABitSet(final int maxIntervals) {
        for (long seed = 1; seed <= 30; seed++) {
            final Random random = new Random(seed);
            final IntervalSet set = new IntervalSet(maxIntervals);
            final BitSet model = new BitSet();
            long coalesced = 0;
            for (int i = 0; i < 2 * RANGE; i++) {
                final String step = "seed " + seed + ", bound " + maxIntervals + ", step " + i;
                if (!model.isEmpty() && random.nextInt(8) == 0) {
                    assertEquals(model.nextSetBit(0), set.first(), step);
                    assertEquals(model.length() - 1, set.last(), step);
                    model.clear(model.nextSetBit(0));
                    set.removeFirst();
                }
                final int value = 1 + random.nextInt(RANGE);
                assertEquals(!model.get(value), set.add(value), step);
                model.set(value);
                coalesced += coalesce(model, maxIntervals);
                assertEquals(text(model), text(set), step);
                assertEquals(coalesced, set.coalesced(), step);
                assertEquals(model.isEmpty(), set.isEmpty(), step);
                for (int j = 0; j <= RANGE + 1; j++) {
                    assertEquals(model.get(j), set.contains(j), step);
                }
            }
            set.clear();
            assertEquals("", text(set));
            assertEquals(0, set.coalesced());
        }
    }

    private static int coalesce(final BitSet model, final int maxIntervals) {
        int runs = 0;
        for (int i = model.nextSetBit(0); i >= 0; i = model.nextSetBit(model.nextClearBit(i))) {
            runs++;
        }
        if (runs <= maxIntervals) {
            return 0;
        }
        final int from = model.nextClearBit(model.nextSetBit(0));
        final int to = model.nextSetBit(from);
        model.set(from, to);
        return to - from;
    }

    private static String text(final BitSet model) {
        final StringBuilder text = new StringBuilder();
        for (int i = model.nextSetBit(0); i >= 0; i = model.nextSetBit(model.nextClearBit(i))) {
            text.append('[').append(i).append("..").append(model.nextClearBit(i) - 1).append(']');
        }
        return text.toString();
    }

    private static String text(final IntervalSet set) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < set.size(); i++) {
            text.append('[').append(set.from(i)).append("..").append(set.to(i)).append(']');
        }
        return text.toString();
    }
}
