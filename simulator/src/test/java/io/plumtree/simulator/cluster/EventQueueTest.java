package io.plumtree.simulator.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueTest {
    private record Event(long atNs, int order) implements Comparable<Event> {
        @Override
        public int compareTo(final Event other) {
            return atNs == other.atNs ? Integer.compare(order, other.order) : Long.compare(atNs, other.atNs);
        }
    }

    /** From now to hours ahead, with many at one time. */
    private static long draw(final SplittableRandom random, final long nowNs) {
        return switch (random.nextInt(6)) {
            case 0 -> nowNs;
            case 1 -> nowNs + random.nextInt(3);
            case 2 -> nowNs + random.nextLong(TimeUnit.MILLISECONDS.toNanos(1));
            case 3 -> nowNs + random.nextLong(TimeUnit.SECONDS.toNanos(2));
            case 4 -> nowNs + random.nextLong(TimeUnit.HOURS.toNanos(2));
            default -> (nowNs >> 20) + 1 + random.nextInt(3) << 20;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldGiveEventsByTimeAndThoseOfOneTimeAsTheyWereMade(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final EventQueue queue = new EventQueue();
        final PriorityQueue<Event> reference = new PriorityQueue<>();
        int added = 0;
        for (int step = 0; step < 40_000; step++) {
            if (step < 20_000 && random.nextInt(20) < 11) {
                final long atNs = draw(random, queue.timeNs());
                reference.add(new Event(atNs, added));
                queue.add(atNs, (byte) (added % 7), added % 11, added++);
            } else if (random.nextInt(50) == 0) {
                final long untilNs = queue.timeNs() + random.nextLong(TimeUnit.MILLISECONDS.toNanos(100));
                while (!reference.isEmpty() && reference.peek().atNs <= untilNs) {
                    assertNext(reference, queue, untilNs);
                }
                assertFalse(queue.poll(untilNs), "seed " + seed);
                queue.timeNs(untilNs);
            } else if (!reference.isEmpty()) {
                assertNext(reference, queue, Long.MAX_VALUE);
            }
        }
        while (!reference.isEmpty()) {
            assertFalse(queue.isEmpty());
            assertNext(reference, queue, Long.MAX_VALUE);
        }
        assertTrue(queue.isEmpty());
        assertFalse(queue.poll(Long.MAX_VALUE));
    }

    private static void assertNext(final PriorityQueue<Event> reference, final EventQueue queue, final long untilNs) {
        final Event expected = reference.remove();
        assertTrue(queue.poll(untilNs));
        assertEquals(expected.atNs, queue.timeNs());
        assertEquals(expected.order, queue.argument());
        assertEquals(expected.order % 7, queue.kind());
        assertEquals(expected.order % 11, queue.node());
    }

    @Test
    void shouldLetWhatIsLateHappenNow() {
        final EventQueue queue = new EventQueue();
        queue.add(100, (byte) 1, 0, 0);
        assertTrue(queue.poll(100));
        queue.add(50, (byte) 2, 0, 0);
        assertTrue(queue.poll(100));
        assertEquals(100, queue.timeNs());
        assertEquals(2, queue.kind());
    }
}
