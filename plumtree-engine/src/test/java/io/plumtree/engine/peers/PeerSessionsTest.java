package io.plumtree.engine.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.transport.Session;
import org.junit.jupiter.api.Test;

class PeerSessionsTest {
    private final PeerSessions sessions = new PeerSessions(17, 10, 100, 0);
    private final FakeSession greeted = new FakeSession(0, "b:1");

    private static final class FakeSession implements Session {
        private final int channel;
        private final String source;
        private boolean isConfirmed;

        FakeSession(final int channel, final String source) {
            this.channel = channel;
            this.source = source;
        }

        @Override
        public int channel() {
            return channel;
        }

        @Override
        public String source() {
            return source;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void confirm() {
            isConfirmed = true;
        }
    }

    @Test
    void shouldHaveNoneAtFirst() {
        assertFalse(sessions.isKnown());
        assertFalse(sessions.has(greeted));
        assertFalse(sessions.admits(new FakeSession(7, "b:1")));
    }

    @Test
    void shouldConfirmWhatItHas() {
        sessions.greeted(greeted);
        assertTrue(sessions.isKnown());
        assertTrue(sessions.has(greeted) && sessions.isGreeted(greeted) && greeted.isConfirmed);
    }

    @Test
    void shouldAdmitOneOfTheSameSourceOnEachOtherChannel() {
        sessions.greeted(greeted);
        final FakeSession first = new FakeSession(7, "b:1");
        assertTrue(sessions.admits(first) && sessions.has(first) && first.isConfirmed);
        final FakeSession other = new FakeSession(8, "b:1");
        assertTrue(sessions.admits(other) && sessions.has(other) && sessions.has(first));
        final FakeSession again = new FakeSession(7, "b:1");
        assertTrue(sessions.admits(again) && sessions.has(again) && sessions.has(other));
        assertFalse(sessions.has(first));
    }

    @Test
    void shouldAdmitNoneOfAnotherSource() {
        sessions.greeted(greeted);
        final FakeSession forged = new FakeSession(7, "mallory:1");
        assertFalse(sessions.admits(forged) || sessions.has(forged) || forged.isConfirmed);
    }

    @Test
    void shouldAnswerEachClaimAtOnceAndThenOnlyNowAndThen() {
        final FakeSession one = new FakeSession(0, "x:1");
        final FakeSession other = new FakeSession(0, "y:1");
        assertTrue(sessions.isAnswerDue(one, 0));
        assertFalse(sessions.isAnswerDue(one, 9));
        assertTrue(sessions.isAnswerDue(other, 9));
        assertTrue(sessions.isAnswerDue(one, 10));
        assertFalse(sessions.isAnswerDue(other, 18));
    }

    @Test
    void shouldForgetTheOldestClaimWhenThereAreTooMany() {
        final FakeSession first = new FakeSession(0, "first:1");
        sessions.isAnswerDue(first, 0);
        for (int i = 1; i <= 4; i++) {
            assertTrue(sessions.isClaimed(first, i));
            sessions.isAnswerDue(new FakeSession(0, "other:" + i), i);
        }
        assertFalse(sessions.isClaimed(first, 5));
        assertTrue(sessions.isClaimed(new FakeSession(7, "other:1"), 5));
    }

    @Test
    void shouldAnswerSoManyAtMostHoweverManySessionsThereAre() {
        int answers = 0;
        for (int i = 0; i < 1_000; i++) {
            answers += sessions.isAnswerDue(new FakeSession(0, "other:" + i), i / 10) ? 1 : 0;
        }
        // Four at once, and four in each of ten periods.
        assertEquals(43, answers);
    }

    @Test
    void shouldLetFramesWaitForAClaimOnlyForItsTimeHoweverOftenItIsRepeated() {
        final FakeSession claim = new FakeSession(0, "b:1");
        final FakeSession payloads = new FakeSession(7, "b:1");
        for (int nowNs = 0; nowNs < 100; nowNs += 10) {
            sessions.isAnswerDue(claim, nowNs);
            assertTrue(sessions.isClaimed(payloads, nowNs));
        }
        assertFalse(sessions.isClaimed(payloads, 100));
        assertFalse(sessions.isClaimed(new FakeSession(7, "c:1"), 50));
    }

    @Test
    void shouldHaveNoClaimsLeftWhenThePeerHasShownItself() {
        sessions.isAnswerDue(new FakeSession(0, "x:1"), 0);
        sessions.greeted(greeted);
        assertFalse(sessions.isClaimed(new FakeSession(7, "x:1"), 1));
    }
}
