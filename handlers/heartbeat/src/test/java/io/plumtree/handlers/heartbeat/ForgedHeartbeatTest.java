package io.plumtree.handlers.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import org.junit.jupiter.api.Test;

/** Heartbeats that a node never sent. */
class ForgedHeartbeatTest {
    private static final NodeId OTHER = NodeId.of("other");
    private static final long RUN = 1_000_000;
    private static final long FAR = 1L << 40;

    private final Fixture fixture = new Fixture("quiet", "60s", "nodes", "64");
    private long sequence;

    private void goOn(final int count) {
        for (int i = 0; i < count; i++) {
            assertTrue(fixture.merge("other", RUN, ++sequence), "heartbeat " + sequence);
            fixture.advanceS(10);
        }
    }

    private void assertHeard() {
        assertEquals(RUN + "/" + sequence, fixture.lastHeard("other"));
    }

    private long latest() {
        return fixture.heartbeats.latestIncarnation(OTHER.value());
    }

    @Test
    void shouldGoOnHearingARunBesideLaterOnesThatAFrameEachHasNamed() {
        goOn(5);
        for (int i = 1; i <= 5; i++) {
            assertTrue(fixture.merge("other", RUN + i, 1), "it may be a run that has just begun");
            assertEquals(RUN + i + "/1", fixture.lastHeard("other"));
            goOn(2);
            assertHeard();
        }
        assertEquals(RUN, latest());
    }

    @Test
    void shouldHearARunForTheFirstTimeAfterFramesThatNamedLaterOnes() {
        fixture.merge("other", HeartbeatLayout.MAX_EPOCH, 1);
        fixture.merge("other", HeartbeatLayout.MAX_EPOCH - 1, 1);
        assertEquals(0, latest());
        goOn(5);
        assertHeard();
        assertEquals(RUN, latest());
    }

    @Test
    void shouldGoByARunThatIsHeardAloneAfterTheFormerWasQuiet() {
        goOn(5);
        for (int i = 1; i <= 12; i++) {
            assertTrue(fixture.merge("other", RUN + 1, i));
            fixture.advanceS(10);
        }
        assertEquals(RUN + 1, latest());
        assertFalse(fixture.merge("other", RUN, sequence + 1), "outdated");
        assertEquals(1, fixture.node.counter("superseded"));
        fixture.advanceS(60);
        goOn(5);
        assertHeard();
    }

    @Test
    void shouldHearTheRunThatTheNodeItselfHasToldWhateverCameOfLaterOnes() {
        for (int i = 1; i <= 12; i++) {
            fixture.merge("other", RUN + 1, i);
            fixture.advanceS(10);
        }
        fixture.node.confirm(OTHER, RUN);
        goOn(5);
        assertHeard();
        assertEquals(RUN, latest());
    }

    @Test
    void shouldGoOnAfterASequenceFarAhead() {
        goOn(5);
        assertTrue(fixture.merge("other", RUN, FAR));
        assertFalse(fixture.merge("other", RUN, FAR));
        goOn(5);
        assertHeard();
    }

    @Test
    void shouldGoOnFarAheadWhenMoreThanOneComesThere() {
        goOn(5);
        sequence = FAR;
        goOn(2);
        assertHeard();
        assertFalse(fixture.merge("other", RUN, FAR + 1));
    }

    @Test
    void shouldGoBackToWhatKeepsComingAfterAFirstSequenceFarAhead() {
        fixture.merge("other", RUN, FAR);
        goOn(BeatRun.ENOUGH);
        assertHeard();
        goOn(1);
        assertHeard();
    }

    @Test
    void shouldHearMembersWhenTheTableIsFullOfOthers() {
        for (int i = 0; i < 200; i++) {
            fixture.merge("forged-" + i, RUN, 1);
        }
        assertFalse(fixture.merge("other", RUN, 1));
        fixture.node.confirm(OTHER, 0);
        goOn(2);
        assertHeard();
        for (int i = 0; i < 200; i++) {
            fixture.merge("forged-" + i, RUN, 2);
        }
        assertNotNull(fixture.lastHeard("other"));
        assertEquals(1, fixture.node.counter("nodes-evicted"));
    }
}
