package io.plumtree.protocol.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.protocol.options.FlowControlOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BroadcastLimitTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PERIOD_NS = 10 * MS;

    private final BroadcastLimit limit = new BroadcastLimit(new FlowControlOptions());

    @Test
    void shouldAllowAnyNumberAsLongAsNobodyComplains() {
        for (int i = 0; i < 1_000; i++) {
            assertTrue(isOpen(limit, 0));
            limit.onBroadcast(1_000_000, 0);
        }
        assertEquals(BroadcastLimit.NONE, limit.allowed());
    }

    @Test
    void shouldAllowHalfOfWhatWasDone() {
        broadcastEachPeriod(1_000, 0, 10);
        limit.onQuench(100 * MS);
        assertEquals(500, limit.allowed());
        limit.onBroadcast(499, 101 * MS);
        assertTrue(isOpen(limit, 102 * MS));
        limit.onBroadcast(1, 102 * MS);
        assertFalse(isOpen(limit, 109 * MS));
        assertTrue(isOpen(limit, 110 * MS));
    }

    @Test
    void shouldTakeFromThePeriodsThatFollowWhatWasTooMuchInOne() {
        broadcastEachPeriod(200, 0, 10);
        limit.onQuench(100 * MS);
        assertEquals(100, limit.allowed());
        limit.onBroadcast(99, 100 * MS);
        assertTrue(isOpen(limit, 101 * MS));
        limit.onBroadcast(200, 101 * MS);
        // 199 too many: all that two of the next periods have.
        assertFalse(isOpen(limit, 110 * MS));
        assertFalse(isOpen(limit, 119 * MS));
        assertTrue(isOpen(limit, 120 * MS));
        limit.onBroadcast(1, 120 * MS);
        assertFalse(isOpen(limit, 121 * MS));
        assertTrue(isOpen(limit, 130 * MS));
    }

    @Test
    void shouldNotForgiveWhatWasTooMuchWhenToldAgain() {
        broadcastEachPeriod(200, 0, 10);
        limit.onQuench(100 * MS);
        limit.onBroadcast(300, 121 * MS);
        limit.onQuench(122 * MS);
        assertEquals(50, limit.allowed());
        // 250 too many: all that five of the next periods have.
        assertFalse(isOpen(limit, 130 * MS));
        assertFalse(isOpen(limit, 179 * MS));
        assertTrue(isOpen(limit, 180 * MS));
    }

    /** What is said while the last half does not show yet says nothing new. */
    @Test
    void shouldHalveOnceForSeveralComplaintsInARow() {
        broadcastEachPeriod(1_000, 0, 10);
        limit.onQuench(100 * MS);
        limit.onQuench(101 * MS);
        limit.onQuench(119 * MS);
        assertEquals(500, limit.allowed());
        limit.onBroadcast(500, 119 * MS);
        limit.onQuench(120 * MS);
        assertEquals(250, limit.allowed());
    }

    @Test
    void shouldNotHalveMoreThanWasDone() {
        broadcastEachPeriod(1_000, 0, 10);
        limit.onQuench(100 * MS);
        broadcastEachPeriod(20, 100, 20);
        limit.onQuench(300 * MS);
        assertEquals(10, limit.allowed());
    }

    @Test
    void shouldAlwaysAllowOne() {
        for (int i = 0; i < 100; i++) {
            limit.onQuench(i * 20 * MS);
        }
        assertEquals(1, limit.allowed());
        assertTrue(isOpen(limit, 2_000 * MS));
    }

    @Test
    void shouldAllowMoreStepByStepOnceThereIsQuiet() {
        broadcastEachPeriod(64, 0, 10);
        limit.onQuench(100 * MS);
        limit.update(149 * MS);
        assertEquals(32, limit.allowed());
        limit.update(150 * MS);
        assertEquals(40, limit.allowed());
        limit.update(160 * MS);
        assertEquals(48, limit.allowed());
        limit.onQuench(161 * MS);
        final int allowed = limit.allowed();
        limit.update(209 * MS);
        assertEquals(allowed, limit.allowed());
    }

    @Test
    void shouldKeepToTheTimesThatItIsGiven() {
        final BroadcastLimit slower = new BroadcastLimit(new FlowControlOptions().limitPeriodNs(20 * MS)
            .limitReactionNs(40 * MS).limitQuietNs(100 * MS).limitExpiryNs(200 * MS));
        slower.onBroadcast(160, 0);
        slower.onQuench(0);
        assertEquals(80, slower.allowed());
        slower.onQuench(39 * MS);
        assertEquals(80, slower.allowed(), "the change does not show yet");
        slower.onQuench(40 * MS);
        assertEquals(40, slower.allowed());
        slower.update(139 * MS);
        assertEquals(40, slower.allowed(), "somebody has complained of late");
        slower.update(140 * MS);
        assertEquals(48, slower.allowed());
        slower.update(340 * MS);
        assertEquals(BroadcastLimit.NONE, slower.allowed());
    }

    /** The point of halves and equal steps. */
    @Test
    void shouldBringTwoNodesToEqualShares() {
        final BroadcastLimit other = new BroadcastLimit(new FlowControlOptions());
        limit.onBroadcast(1_000, 0);
        other.onBroadcast(10, 0);
        long mine = 0;
        long others = 0;
        for (int period = 0; period < 4_000; period++) {
            final long nowNs = period * PERIOD_NS;
            if (limit.allowed() > 300 - other.allowed()) {
                limit.onQuench(nowNs);
                other.onQuench(nowNs);
            }
            takeAll(limit, nowNs);
            takeAll(other, nowNs);
            mine += period < 2_000 ? 0 : limit.allowed();
            others += period < 2_000 ? 0 : other.allowed();
        }
        assertEquals(1.0, (double) mine / others, 0.1);
        assertTrue(mine + others > 2_000 * 150, "most of what there is is used");
    }

    @Test
    void shouldForgetTheLimitInTheEnd() {
        limit.onQuench(0);
        for (int i = 0; i < 100; i++) {
            limit.update(i * 100 * MS);
        }
        assertEquals(BroadcastLimit.NONE, limit.allowed());
        limit.onQuench(10_000 * MS);
        limit.update(10_000 * MS + TimeUnit.HOURS.toNanos(100));
        assertEquals(BroadcastLimit.NONE, limit.allowed());
    }

    private static boolean isOpen(final BroadcastLimit limit, final long nowNs) {
        limit.update(nowNs);
        return limit.isOpen();
    }

    private void broadcastEachPeriod(final int count, final long startMs, final int periods) {
        for (int i = 0; i < periods; i++) {
            limit.onBroadcast(count, startMs * MS + i * PERIOD_NS);
        }
    }

    private static void takeAll(final BroadcastLimit from, final long nowNs) {
        if (isOpen(from, nowNs) && from.allowed() != BroadcastLimit.NONE) {
            from.onBroadcast(from.allowed(), nowNs);
        }
    }
}
