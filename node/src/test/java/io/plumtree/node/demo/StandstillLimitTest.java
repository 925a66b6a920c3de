package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StandstillLimitTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Pace pace = new Pace(1);
    private final StandstillLimit patience = new StandstillLimit(pace, 3_000, 10);
    private long nowNs = -5 * SECOND;

    private boolean goesOn(final Object progress, final long stepNs) {
        nowNs += stepNs;
        return patience.goesOn(progress, nowNs);
    }

    @Test
    void shouldEndOnceNothingHasChangedForTheLimit() {
        assertTrue(goesOn("a", 0));
        assertTrue(goesOn("a", SECOND));
        assertTrue(goesOn("a", SECOND));
        assertFalse(goesOn("a", SECOND));
    }

    @Test
    void shouldGoOnWhileSomethingChangesButNotForEver() {
        int looks = 0;
        while (goesOn(looks, SECOND)) {
            looks++;
        }
        // Ten limits of three seconds, from the first look on.
        assertTrue(looks == 30, () -> "ended after another number of looks");
    }

    @Test
    void shouldNotCountTimeInWhichThisProcessStoodStill() {
        assertTrue(goesOn("a", 0));
        assertTrue(goesOn("a", 60 * SECOND));
        assertTrue(goesOn("a", SECOND));
        assertFalse(goesOn("a", SECOND));
    }

    @Test
    void shouldBePatientWhereTheMachineIsSlow() {
        pace.onStarted(1, 2 * SECOND, 2 * SECOND);
        assertTrue(goesOn("a", 0));
        for (int i = 1; i < 6; i++) {
            assertTrue(goesOn("a", SECOND));
        }
        assertFalse(goesOn("a", SECOND));
    }
}
