package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Graft timers that follow what is measured. */
class AdaptiveGraftTest extends PlumtreeFixture {
    private static final int ANNOUNCER = 1;

    @BeforeEach
    void adapt() {
        options.grafts().adaptiveGraft(true).graftTimeoutNs(400 * MS).graftRetryTimeoutNs(500 * MS)
            .minGraftTimeoutNs(50 * MS);
        options.sharedTreeMessages(0);
        start(nodes(10), nodes(20, 30, 40));
    }

    /** How long an announced message that does not come is waited for. */
    private long timeoutMs(final long id, final long root) {
        ihave(ANNOUNCER, id, 2, root);
        final long timeoutNs = plumtree.timerDeadlineNs() - nowNs;
        gossip(ANNOUNCER, id, 2, root);
        effects.take();
        return timeoutNs / MS;
    }

    private void late(final long id, final long milliseconds, final long root) {
        ihave(ANNOUNCER, id, 2, root);
        pass(milliseconds);
        gossip(0, id, 0, root);
    }

    @Test
    void shouldBeginWithTheUpperBound() {
        assertEquals(400, timeoutMs(7, 1001));
    }

    @Test
    void shouldComeDownToTheLowerBoundWhilePayloadsComeFirst() {
        gossip(0, 1, 0, 1001);
        assertEquals(50, timeoutMs(7, 1001));
        assertEquals(400, timeoutMs(8, 1002), "each tree by itself");
    }

    @Test
    void shouldWaitForTheMeanAndFourMeanDeviations() {
        late(1, 40, 1001);
        ihave(ANNOUNCER, 2, 2, 1001);
        assertEquals((40 + 4 * 20) * MS, plumtree.timerDeadlineNs() - nowNs);
        pass(40);
        gossip(0, 2, 0, 1001);
        ihave(ANNOUNCER, 3, 2, 1001);
        assertEquals((40 + 4 * 15) * MS, plumtree.timerDeadlineNs() - nowNs);
        pass(80);
        gossip(0, 3, 0, 1001);
        ihave(ANNOUNCER, 4, 2, 1001);
        assertEquals(45 * MS + 4 * (21 * MS + MS / 4), plumtree.timerDeadlineNs() - nowNs);
    }

    @Test
    void shouldNotGoBeyondTheUpperBound() {
        late(1, 390, 1001);
        assertEquals(400, timeoutMs(7, 1001));
    }

    @Test
    void shouldWaitLongerAfterAGraftThatWasNotNeeded() {
        gossip(0, 1, 0, 1001);
        effects.take();
        ihave(ANNOUNCER, 2, 2, 1001);
        pass(50);
        expect("graft 1 m2 r2 root 1001");
        pass(30);
        gossip(0, 2, 0, 1001);
        assertEquals(10 + 4 * 20, timeoutMs(7, 1001));
    }

    @Test
    void shouldLearnNothingOfATreeFromWhatWasAskedFor() {
        gossip(0, 1, 0, 1001);
        ihave(ANNOUNCER, 2, 2, 1001);
        pass(80);
        gossip(ANNOUNCER, 2, 2, 1001);
        assertEquals(50, timeoutMs(7, 1001));
    }

    @Test
    void shouldMeasureTheRoundTripForTheNextGraft() {
        ihave(ANNOUNCER, 1, 2, 1001);
        pass(400);
        assertEquals(500 * MS, plumtree.timerDeadlineNs() - nowNs);
        pass(40);
        gossip(ANNOUNCER, 1, 2, 1001);
        ihave(2, 2, 2, 1002);
        pass(400);
        assertEquals((40 + 4 * 20) * MS, plumtree.timerDeadlineNs() - nowNs);
    }

    @Test
    void shouldNotMeasureTheRoundTripOfWhatWasAskedForTwice() {
        ihave(ANNOUNCER, 1, 2, 1001);
        ihave(2, 1, 2, 1001);
        pass(400);
        graftFailed(ANNOUNCER, 1, 1001);
        pass(40);
        gossip(2, 1, 2, 1001);
        ihave(2, 2, 2, 1002);
        pass(400);
        assertEquals(500 * MS, plumtree.timerDeadlineNs() - nowNs);
    }

    @Test
    void shouldTakeAParentForLostThatWasSilentForTheTimeoutOfItsTree() {
        gossip(0, 1, 0, 1001);
        ihave(ANNOUNCER, 2, 2, 1001);
        pass(51);
        effects.take();
        ihave(2, 3, 2, 1001);
        expect();
        pass(20);
        ihave(2, 4, 2, 1001);
        pass(31);
        effects.take();
        ihave(2, 5, 2, 1001);
        expect("graft 2 m5 r2 root 1001");
    }

    @Test
    void shouldBeginAnewWithATreeThatWasGivenUp() {
        options.maxTrees(1);
        start(nodes(10), nodes(20, 30, 40));
        late(1, 100, 1001);
        assertEquals(300, timeoutMs(2, 1001));
        gossip(0, 3, 0, 1002);
        assertEquals(50, timeoutMs(4, 1002));
    }

    @Test
    void shouldNotAskForWhatIsOnlyLateWhileItsTreeStillBringsWhatWasAnnouncedBefore() {
        gossip(0, 1, 0, 1001);
        gossip(0, 2, 0, 1001);
        effects.take();
        // A queue builds up: each comes later after its announcement than the one before.
        int arrived = 10;
        for (int id = 10; id < 200; id++) {
            ihave(ANNOUNCER, id, 2, 1001);
            pass(2);
            if (id % 2 == 0) {
                gossip(0, arrived++, 0, 1001);
            }
        }
        for (; arrived < 200; arrived++) {
            gossip(0, arrived, 0, 1001);
            pass(4);
        }
        assertEquals(0, count(ProtocolCounter.GRAFTS));
    }

    @Test
    void shouldAskForWhatWasOvertakenHoweverMuchFlows() {
        gossip(0, 1, 0, 1001);
        ihave(ANNOUNCER, 10, 2, 1001);
        pass(1);
        ihave(ANNOUNCER, 11, 2, 1001);
        pass(1);
        gossip(0, 11, 0, 1001);
        effects.take();
        pass(60);
        assertTrue(effects.take().contains("graft 1 m10 r2 root 1001"));
    }

    @Test
    void shouldAskWhenATreeBringsNothingAnyMore() {
        gossip(0, 1, 0, 1001);
        ihave(ANNOUNCER, 10, 2, 1001);
        pass(1);
        ihave(ANNOUNCER, 11, 2, 1001);
        gossip(0, 10, 0, 1001);
        effects.take();
        pass(110);
        assertTrue(effects.take().contains("graft 1 m11 r2 root 1001"));
    }

    @Test
    void shouldNotWaitForALateOneBeyondTheCongestionBudget() {
        options.flowControl().congestionBudgetNs(200 * MS);
        gossip(0, 1, 0, 1001);
        for (int id = 10; id < 300; id++) {
            ihave(ANNOUNCER, id, 2, 1001);
        }
        effects.take();
        for (int id = 10; id < 100; id++) {
            gossip(0, id, 0, 1001);
            pass(4);
        }
        assertTrue(effects.take().stream().anyMatch(effect -> effect.startsWith("graft 1 m")));
    }

    /** It may be here, behind what waits. */
    @Test
    void shouldNotAskForWhatTheParentMayHaveSentWhileThatHasToWait() {
        gossip(0, 1, 0, 1001);
        effects.take();
        effects.blocked.add(ANNOUNCER);
        gossip(ANNOUNCER, 2, 0, 1001);
        plumtree.onControl(ControlMessage.GRAFT, ANNOUNCER, Messages.key(1001, 1, 0, buffer, 8), nowNs);
        ihave(2, 3, 2, 1001);
        pass(40);
        effects.take();
        gossip(0, 4, 0, 1001);
        pass(15);
        expect();
        pass(60);
        expect("graft 2 m3 r2 root 1001");
    }
}
