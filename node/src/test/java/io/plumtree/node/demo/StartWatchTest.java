package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StartWatchTest {
    private static final int LOOKS = 10;
    private static final long LOOK_NS = 1_000_000_000;

    private final StartWatch watch = new StartWatch(LOOKS * LOOK_NS, LOOK_NS);

    @Test
    void shouldEndWithAProcessThatDoesNothing() {
        for (int i = 1; i < LOOKS; i++) {
            assertTrue(watch.goesOn(0));
        }
        assertFalse(watch.goesOn(0));
        assertEquals("it was silent", watch.reason());
    }

    @Test
    void shouldGoOnWithOneThatComputesALittleAtEachLook() {
        for (int i = 1; i < 10 * LOOKS; i++) {
            assertTrue(watch.goesOn(i * LOOK_NS / LOOKS));
        }
    }

    /** As what is stuck does: a JVM is never quite idle. */
    @Test
    void shouldEndWithOneThatHardlyEverComputes() {
        int looks = 0;
        while (watch.goesOn(looks / 5)) {
            looks++;
            assertTrue(looks < 10 * LOOKS, "goes on for ever");
        }
        assertEquals("it was silent", watch.reason());
    }

    @Test
    void shouldEndWithOneThatComputesForEver() {
        int looks = 0;
        long usedNs = LOOK_NS;
        while (watch.goesOn(usedNs)) {
            usedNs += LOOK_NS;
            looks++;
            assertTrue(looks < 10 * LOOKS, "goes on for ever");
        }
        assertTrue(looks >= LOOKS, () -> "ended early");
        assertEquals("it was not ready after 20 s of processor time", watch.reason());
    }
}
