package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Frames that name runs of a publisher which it never had. */
class ForgedRunTest {
    private static final long RUN = 1_000_000;

    private final Fixture fixture = new Fixture();
    private long sequence;

    private boolean publish(final long run, final long number) {
        return fixture.merge(Fixture.ORIGIN, run, number, "t", "");
    }

    private void goOn(final int seconds) {
        for (int i = 0; i < seconds; i++) {
            assertTrue(publish(RUN, ++sequence), "message " + sequence);
            fixture.advanceMs(1_000);
        }
    }

    private long latest() {
        return fixture.pubSub.latestIncarnation(Fixture.ORIGIN);
    }

    @Test
    void shouldGoOnHearingARunBesideLaterOnesThatAFrameEachHasNamed() {
        goOn(3);
        for (int i = 1; i <= 10; i++) {
            assertTrue(publish(RUN + i, 1), "it may be a run that has just begun");
            goOn(2);
        }
        assertEquals(RUN, latest());
        assertEquals(0, fixture.counter("superseded"));
        assertEquals(23, sequence);
    }

    @Test
    void shouldHearARunForTheFirstTimeAfterFramesThatNamedLaterOnes() {
        assertTrue(publish(MessageLayout.MAX_INCARNATION, 1));
        assertTrue(publish(MessageLayout.MAX_INCARNATION - 1, 1));
        goOn(10);
        assertEquals(RUN, latest(), "nodes are not told to go above what a frame says");
    }

    @Test
    void shouldGoByTheRunThatTheNodeItselfHasToldAtOnce() {
        publish(RUN, 1);
        assertEquals(0, latest());
        fixture.context.confirmed.put(Fixture.ORIGIN, RUN + 5);
        assertTrue(publish(RUN + 5, 1));
        assertEquals(RUN + 5, latest());
    }

    @Test
    void shouldGoByARunOfWhichEnoughHasComeWhileTheFormerWasSilent() {
        goOn(10);
        assertEquals(RUN, latest());
        for (int i = 1; i <= 10; i++) {
            assertTrue(publish(RUN + 5, i));
            fixture.advanceMs(1_000);
        }
        assertEquals(RUN + 5, latest());
    }

    @Test
    void shouldNotGoByARunAsLongAsTheFormerKeepsComing() {
        goOn(10);
        for (int i = 1; i <= 20; i++) {
            assertTrue(publish(RUN + 5, i));
            goOn(1);
        }
        assertEquals(RUN, latest());
    }

    @Test
    void shouldHearAgainWhatLaterRunsHaveSupersededWhenTheseAreSilent() {
        goOn(10);
        for (int run = 1; run <= 2; run++) {
            for (int i = 1; i <= 10; i++) {
                publish(RUN + run, i);
                fixture.advanceMs(1_000);
            }
        }
        assertFalse(publish(RUN, sequence + 1));
        assertEquals(1, fixture.counter("superseded"));
        fixture.advanceMs(5_000);
        goOn(10);
    }

    @Test
    void shouldHearTheRunThatTheNodeItselfHasToldWhateverCameOfLaterOnes() {
        goOn(10);
        for (int run = 1; run <= 2; run++) {
            for (int i = 1; i <= 10; i++) {
                publish(RUN + run, i);
                fixture.advanceMs(1_000);
            }
        }
        fixture.context.confirmed.put(Fixture.ORIGIN, RUN);
        goOn(1);
        assertEquals(0, fixture.counter("superseded"));
    }

    @Test
    void shouldDeliverNothingTwiceOfARunBesideOthers() {
        goOn(3);
        for (int i = 1; i <= 100; i++) {
            publish(RUN + i, 1);
            assertTrue(publish(RUN, ++sequence));
            assertFalse(publish(RUN, sequence));
            assertFalse(publish(RUN, 1));
        }
    }
}
