package io.plumtree.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogLimitTest {
    private static final long PERIOD_NS = 1_000;
    /** Times may be anything, and wrap. */
    private static final long T = Long.MAX_VALUE - 500;

    @Test
    void shouldLetSoManyOfAKindThroughInAPeriodAndCountTheRest() {
        final LogLimit limit = new LogLimit(PERIOD_NS, 2, 8);
        assertEquals(0, limit.admit("a", T));
        assertEquals(0, limit.admit("a", T + 10));
        for (int i = 0; i < 5; i++) {
            assertEquals(LogLimit.LEAVE_OUT, limit.admit("a", T + 999));
        }
        assertEquals(0, limit.admit("b", T + 999));
        assertEquals(5, limit.admit("a", T + 1_000));
        assertEquals(0, limit.admit("a", T + 1_001));
        assertEquals(LogLimit.LEAVE_OUT, limit.admit("a", T + 1_002));
    }

    @Test
    void shouldLetSoManyKindsThroughInAPeriodHoweverManyThereAre() {
        final LogLimit limit = new LogLimit(PERIOD_NS, 1, 3);
        int lines = 0;
        for (int i = 0; i < 100; i++) {
            lines += limit.admit("kind " + i, T) == LogLimit.LEAVE_OUT ? 0 : 1;
        }
        assertEquals(3, lines);
        assertEquals(97, limit.admit("another", T + PERIOD_NS));
        assertEquals(0, limit.admit("yet another", T + PERIOD_NS));
    }

    @Test
    void shouldNotForgetWhatWasLeftOutOfAKindThatGivesWay() {
        final LogLimit limit = new LogLimit(PERIOD_NS, 1, 1);
        assertEquals(0, limit.admit("a", T));
        assertEquals(LogLimit.LEAVE_OUT, limit.admit("a", T));
        assertEquals(1, limit.admit("b", T + PERIOD_NS));
    }

    @Test
    void shouldTakeWhatDiffersInNumbersForOneKind() {
        assertEquals(
            LogLimit.kind(new IllegalStateException("mtu 1408 of /127.0.0.1:4000")),
            LogLimit.kind(new IllegalStateException("mtu 9 of /10.0.0.17:53211")));
        assertNotEquals(
            LogLimit.kind(new IllegalStateException("mtu")), LogLimit.kind(new IllegalArgumentException("mtu")));
        assertTrue(LogLimit.kind("x".repeat(100_000)).length() < 1_000);
        assertTrue(LogLimit.kind(new IllegalStateException()).contains("IllegalStateException"));
    }

    @Test
    void shouldTellHowManyWereLeftOut() {
        assertEquals("text", LogLimit.text("text", 0));
        assertEquals("text (left out since the last such line: 7)", LogLimit.text("text", 7));
    }
}
