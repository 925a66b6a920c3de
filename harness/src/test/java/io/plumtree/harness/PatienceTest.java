package io.plumtree.harness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long START_NS = Long.MAX_VALUE - LIMIT_NS / 2;

    private final Patience patience = new Patience(LIMIT_NS, START_NS);
    private long nowNs = START_NS;

    private boolean isOverAfter(final long ns, final long progress) {
        nowNs += ns;
        return patience.isOver(progress, nowNs);
    }

    @Test
    void shouldEndWhenTheTimeIsOverWithoutProgress() {
        for (int i = 1; i < LIMIT_NS / STEP_NS; i++) {
            assertFalse(isOverAfter(STEP_NS, 0));
        }
        assertTrue(isOverAfter(STEP_NS, 0));
        assertTrue(isOverAfter(0, 0));
    }

    @Test
    void shouldBeginAnewWithEachProgress() {
        for (int i = 1; i < 10 * LIMIT_NS / STEP_NS; i++) {
            assertFalse(isOverAfter(STEP_NS, i / 10));
        }
        boolean isOver = false;
        for (int i = 0; i < LIMIT_NS / STEP_NS; i++) {
            isOver = isOverAfter(STEP_NS, -1);
        }
        assertFalse(isOver);
        assertTrue(isOverAfter(STEP_NS, -1));
    }

    @Test
    void shouldNotCountTheTimeInWhichTheMachineStoodStill() {
        for (int i = 0; i < 9; i++) {
            assertFalse(isOverAfter(TimeUnit.DAYS.toNanos(400), 0), "stall " + i);
        }
        assertTrue(isOverAfter(TimeUnit.SECONDS.toNanos(2), 0));
    }
}
