package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
    private final TimerHeap timers = new TimerHeap(64);

    @Test
    void shouldExpireTimersInOrderOfTheirDeadlinesAndNotBefore() {
        timers.schedule(3, 30);
        timers.schedule(1, 10);
        timers.schedule(2, 20);
        assertEquals(10, timers.firstDeadlineNs());
        assertEquals(TimerHeap.NONE, timers.pollExpired(9));
        assertEquals(1, timers.pollExpired(20));
        assertEquals(2, timers.pollExpired(20));
        assertEquals(TimerHeap.NONE, timers.pollExpired(20));
        assertFalse(timers.isEmpty());
        assertEquals(3, timers.pollExpired(31));
        assertTrue(timers.isEmpty());
        assertEquals(TimerHeap.NONE, timers.pollExpired(Long.MAX_VALUE));
    }

    @Test
    void shouldMoveATimerEitherWayAndCancelIt() {
        timers.schedule(1, 10);
        timers.schedule(2, 20);
        timers.schedule(1, 30);
        assertEquals(20, timers.firstDeadlineNs());
        timers.schedule(1, 5);
        assertEquals(5, timers.firstDeadlineNs());
        timers.cancel(1);
        timers.cancel(1);
        assertEquals(2, timers.pollExpired(100));
        assertTrue(timers.isEmpty());
    }

    @Test
    void shouldCompareDeadlinesAcrossTheEndOfTheRange() {
        timers.schedule(1, Long.MIN_VALUE + 5);
        timers.schedule(2, Long.MAX_VALUE - 5);
        assertEquals(2, timers.pollExpired(Long.MAX_VALUE));
        assertEquals(TimerHeap.NONE, timers.pollExpired(Long.MIN_VALUE + 4));
        assertEquals(1, timers.pollExpired(Long.MIN_VALUE + 5));
    }

    @Test
    void shouldAgreeWithAMapWhateverIsDone() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Map<Integer, Long> model = new HashMap<>();
        long nowNs = Long.MAX_VALUE - 5_000;
        for (int i = 0; i < 20_000; i++) {
            final int slot = random.nextInt(64);
            switch (random.nextInt(4)) {
                case 0 -> {
                    timers.cancel(slot);
                    model.remove(slot);
                }
                case 1 -> {
                    nowNs += random.nextInt(20);
                    int expired = timers.pollExpired(nowNs);
                    while (expired != TimerHeap.NONE) {
                        assertEquals(first(model, nowNs), expired, "seed " + seed);
                        model.remove(expired);
                        expired = timers.pollExpired(nowNs);
                    }
                    assertTrue(model.isEmpty() || model.get(first(model, nowNs)) - nowNs > 0, "seed " + seed);
                }
                default -> {
                    final long deadlineNs = nowNs + random.nextInt(200);
                    timers.schedule(slot, deadlineNs);
                    model.put(slot, deadlineNs);
                }
            }
            assertEquals(model.isEmpty(), timers.isEmpty(), "seed " + seed);
        }
    }

    private static int first(final Map<Integer, Long> model, final long nowNs) {
        return model.keySet().stream()
            .min(Comparator.<Integer>comparingLong(slot -> model.get(slot) - nowNs).thenComparing(slot -> slot))
            .orElseThrow();
    }
}
