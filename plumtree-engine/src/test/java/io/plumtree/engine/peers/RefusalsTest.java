package io.plumtree.engine.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final long PATIENCE_NS = 8_000;
    private static final long TELL_PERIOD_NS = 50;

    private final Refusals refusals = new Refusals(PATIENCE_NS, TELL_PERIOD_NS);
    private long nowNs = Long.MAX_VALUE - 100;

    @Test
    void shouldLetANodeInAfterATimeHoweverSeldomItComes() {
        assertTrue(refusals.refuses(1, 1, nowNs));
        nowNs += PATIENCE_NS / 2;
        assertTrue(refusals.refuses(1, 1, nowNs));
        nowNs += PATIENCE_NS / 2;
        assertFalse(refusals.refuses(1, 1, nowNs));
        nowNs += 3 * PATIENCE_NS;
        assertFalse(refusals.refuses(1, 1, nowNs));
        nowNs += 5 * PATIENCE_NS;
        assertTrue(refusals.refuses(1, 1, nowNs), "anew");
    }

    @Test
    void shouldTurnANodeAwayForAPartOfTheTimeWhereLessIsKnown() {
        assertTrue(refusals.refuses(1, 10, nowNs));
        nowNs += PATIENCE_NS / 10 - 1;
        assertTrue(refusals.refuses(1, 10, nowNs));
        nowNs++;
        assertFalse(refusals.refuses(1, 10, nowNs));
        assertTrue(refusals.refuses(1, 1, nowNs));
    }

    @Test
    void shouldLetANodeInThoughOthersComeUnderManyNames() {
        assertTrue(refusals.refuses(1, 1, nowNs));
        for (int i = 0; i < 80; i++) {
            for (int name = 2; name < 1_000; name++) {
                refusals.refuses(name, 1, nowNs);
                refusals.isTellingDue(name, nowNs);
            }
            nowNs += PATIENCE_NS / 80;
        }
        assertFalse(refusals.refuses(1, 1, nowNs));
    }

    @Test
    void shouldTurnNobodyAwayWhereThereIsNoPlaceLeft() {
        int refused = 0;
        for (int name = 1; name <= 100; name++) {
            refused += refusals.refuses(name, 1, nowNs) ? 1 : 0;
        }
        assertEquals(64, refused);
    }

    @Test
    void shouldTellANodeNowAndThen() {
        assertTrue(refusals.isTellingDue(1, nowNs));
        assertFalse(refusals.isTellingDue(1, nowNs));
        nowNs += TELL_PERIOD_NS;
        int told = 0;
        for (int name = 1; name <= 100; name++) {
            told += refusals.isTellingDue(name, nowNs) ? 1 : 0;
        }
        assertEquals(64, told);
    }
}
