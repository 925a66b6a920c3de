package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlumtreeTest extends PlumtreeFixture {
    @BeforeEach
    void giveEachRootATreeOfItsOwn() {
        options.sharedTreeMessages(0);
    }

    @ParameterizedTest
    @EnumSource(ControlMessage.class)
    void shouldUnderstandEachControlMessage(final ControlMessage type) {
        start(nodes(10), nodes(20));
        buffer.putLong(0, 7);
        assertDoesNotThrow(() -> plumtree.onControl(type, 0, Messages.key(10, 0, 0, buffer, 8), nowNs));
    }

    // ---- payloads

    @Test
    void shouldPushABroadcastToEagerPeersAndAnnounceItToLazyOnesAtTheTick() {
        start(nodes(10, 20), nodes(30));
        broadcast(7);
        expect("gossip 0 m7 r0 root 100", "gossip 1 m7 r0 root 100");
        lazyTick();
        expect("ihave 2 m7 r0 root 100");
    }

    @Test
    void shouldRelayANewPayloadToAllButItsSenderAndItsRoot() {
        start(nodes(10, 20, 30), nodes(40));
        assertTrue(gossip(0, 7, 3, 30));
        expect("gossip 1 m7 r4 root 30");
        lazyTick();
        expect("ihave 3 m7 r4 root 30");
    }

    @Test
    void shouldMakeTheSenderOfANewPayloadEagerAndOfADuplicateLazy() {
        start(nodes(10, 20), nodes(30));
        gossip(2, 7, 0, 10);
        assertTrue(plumtree.isEager(10, 2));
        assertFalse(plumtree.isEager(20, 2), "other roots' trees stay");
        effects.take();
        gossip(1, 7, 5, 10);
        expect("prune 1 m7 r5 root 10");
        assertTrue(plumtree.isLazy(10, 1));
        assertEquals(1, count(ProtocolCounter.DUPLICATES));
    }

    @Test
    void shouldMakeAPruningPeerLazyInThatTreeAlone() {
        start(nodes(10, 20), nodes(30));
        prune(0, 7, SELF);
        assertTrue(plumtree.isLazy(SELF, 0));
        assertTrue(plumtree.isEager(20, 0));
    }

    @Test
    void shouldLeaveTheLinkAsItIsWhenTheHandlerFails() {
        start(nodes(10), nodes(20));
        effects.failing = true;
        assertTrue(gossip(0, 7, 0, 30));
        ihave(1, 8, 0, 30);
        expect();
        assertTrue(plumtree.isEager(30, 0));
        assertEquals(1, count(ProtocolCounter.MERGE_FAILURES));
        assertEquals(1, count(ProtocolCounter.HANDLER_FAILURES));
    }

    @Test
    void shouldNotConsumeAPayloadWhileAnEagerPeerIsBlocked() {
        start(nodes(10, 20), nodes(30));
        effects.blocked.add(1);
        assertFalse(gossip(0, 7, 0, 30));
        assertFalse(effects.stored.contains(7L), "the handler must not be asked before it can be passed on");
        assertFalse(plumtree.onBroadcastDue(0, nowNs));
        effects.blocked.clear();
        assertTrue(gossip(0, 7, 0, 30));
        expect("gossip 1 m7 r1 root 30");
        assertTrue(plumtree.onBroadcastDue(0, nowNs));
    }

    @Test
    void shouldConsumeAPayloadWhenOnlyItsSenderOrItsRootIsBlocked() {
        start(nodes(10, 20, 30), nodes());
        effects.blocked.add(0);
        effects.blocked.add(2);
        assertTrue(gossip(0, 7, 0, 30));
        expect("gossip 1 m7 r1 root 30");
    }

    @Test
    void shouldAnnounceWhatAnEagerPeerDoesNotAccept() {
        start(nodes(10, 20), nodes());
        effects.refusing.add(1);
        broadcast(7);
        expect("gossip 0 m7 r0 root 100");
        lazyTick();
        expect();
        effects.refusing.clear();
        lazyTick();
        expect("ihave 1 m7 r0 root 100");
        assertEquals(1, count(ProtocolCounter.PUSHES_DEFERRED));
    }

    // ---- safe pruning

    @Test
    void shouldNotPruneTheParentForADuplicateOfWhatAPrunedPeerBroughtFirst() {
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        gossip(1, 1, 0, 40);
        expect("gossip 1 m1 r1 root 40", "prune 1 m1 r0 root 40");
        gossip(1, 2, 0, 40);
        gossip(0, 2, 0, 40);
        expect();
        assertTrue(plumtree.isEager(40, 0));
        assertTrue(plumtree.isLazy(40, 1));
    }

    @Test
    void shouldPruneTheParentForADuplicateOfWhatAnEagerPeerBroughtFirst() {
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        pass(2_000);
        gossip(1, 2, 0, 40);
        effects.take();
        gossip(0, 2, 3, 40);
        expect("prune 0 m2 r3 root 40");
        gossip(1, 3, 0, 40);
        gossip(1, 3, 0, 40);
        expect();
        assertTrue(plumtree.isEager(40, 1), "the parent now");
    }

    @Test
    void shouldNotPruneTheParentForAPeerThatMayJustHavePrunedThisNode() {
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        expect("gossip 1 m1 r1 root 40");
        pass(999);
        gossip(1, 2, 0, 40);
        gossip(0, 2, 0, 40);
        expect();
        gossip(0, 3, 0, 40);
        gossip(1, 3, 0, 40);
        expect("gossip 1 m3 r1 root 40", "prune 1 m3 r0 root 40");
    }

    @Test
    void shouldNotCutAPeerThatAnnouncesWhatItExpectsFromThisNode() {
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        ihave(1, 2, 1, 40);
        gossip(0, 2, 0, 40);
        assertTrue(plumtree.isEager(40, 1), "it was pushed to, and may take this node for its parent");
        pass(2_000);
        ihave(1, 3, 1, 40);
        gossip(0, 3, 0, 40);
        assertTrue(plumtree.isLazy(40, 1));
    }

    @Test
    void shouldTakeTheSenderOfADuplicateForTheParentWhenItHasNone() {
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        prune(0, 1, 40);
        effects.take();
        gossip(1, 1, 0, 40);
        expect();
        assertTrue(plumtree.isEager(40, 1));
    }

    @Test
    void shouldTakeAPruneBackWhenNoParentIsLeft() {
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        gossip(1, 1, 0, 40);
        prune(0, 1, 40);
        effects.take();
        gossip(1, 2, 5, 40);
        expect("graft 1 m2 r5 root 40");
        assertTrue(plumtree.isEager(40, 1));
    }

    @Test
    void shouldTakeAPeerForPrunedNoLongerThanTheGraceTime() {
        options.pruneGraceNs(10 * MS);
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        gossip(1, 1, 0, 40);
        pass(9);
        gossip(1, 2, 0, 40);
        assertTrue(plumtree.isLazy(40, 1));
        pass(1);
        gossip(1, 3, 0, 40);
        assertTrue(plumtree.isEager(40, 1));
    }

    @Test
    void shouldAlwaysPruneWhoSendsItsOwnMessageBack() {
        start(nodes(10), nodes(30));
        broadcast(7);
        effects.take();
        gossip(0, 7, 1, SELF);
        expect("prune 0 m7 r1 root 100");
    }

    @Test
    void shouldTakeAParentForLostThatWasSilentForAGraftTimeout() {
        start(nodes(10), nodes(20, 30));
        gossip(0, 1, 0, 40);
        pass(50);
        ihave(1, 7, 2, 40);
        pass(102);
        effects.take();
        ihave(1, 8, 2, 40);
        expect("graft 1 m8 r2 root 40");
    }

    @Test
    void shouldKeepAParentThatWasHeardOfIfOnlyByDuplicates() {
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        gossip(1, 1, 0, 40);
        ihave(2, 7, 2, 40);
        pass(90);
        gossip(1, 2, 0, 40);
        gossip(0, 2, 0, 40);
        pass(12);
        assertEquals(1, count(ProtocolCounter.GRAFTS));
        ihave(2, 8, 2, 40);
        assertEquals(1, count(ProtocolCounter.GRAFTS), "the parent may bring it still");
    }

    @Test
    void shouldPushAgainToAParentThatAsksForAMessage() {
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        gossip(1, 2, 0, 40);
        effects.take();
        graft(0, 2, 1, 40);
        expect("gossip 0 m2 r1 root 40");
        gossip(1, 3, 0, 40);
        expect("gossip 0 m3 r1 root 40");
    }

    @Test
    void shouldTakeAPeerForTheParentWhenThatHasBroughtNothingForTheGraceTime() {
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        expect("gossip 1 m1 r1 root 40");
        pass(1_000);
        gossip(1, 2, 0, 40);
        expect();
        pass(1);
        gossip(1, 3, 0, 40);
        expect("gossip 0 m3 r1 root 40");
    }

    @Test
    void shouldForgetWhomItHasPushedToWhateverTheOriginOfTime() {
        nowNs = Long.MIN_VALUE / 2;
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        expect("gossip 1 m1 r1 root 40");
        pass(2_000);
        ihave(1, 2, 1, 40);
        gossip(0, 2, 0, 40);
        assertTrue(plumtree.isLazy(40, 1), "it has announced the message, and was not pushed to lately");
    }

    @Test
    void shouldForgetWhomItHasPrunedWhenTheLinkIsNew() {
        options.closeRing(false);
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 40);
        gossip(1, 1, 0, 40);
        plumtree.onLinkDown(1, nowNs);
        plumtree.onLinkUp(1, nowNs);
        gossip(1, 2, 0, 40);
        assertTrue(plumtree.isEager(40, 1));
    }

    @Test
    void shouldKnowNothingOfTheTreeThatHadTheRowBefore() {
        options.maxTrees(1);
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 1001);
        gossip(1, 1, 0, 1001);
        prune(1, 2, 1002);
        effects.take();
        ihave(3, 3, 0, 1002);
        expect("graft 3 m3 r0 root 1002");
        gossip(1, 4, 0, 1002);
        assertTrue(plumtree.isEager(1002, 1));
    }

    // ---- announcements

    @Test
    void shouldAcknowledgeTheAnnouncementOfAMessageThatIsHere() {
        start(nodes(10), nodes(20));
        gossip(0, 7, 0, 30);
        effects.take();
        ihave(1, 7, 4, 30);
        expect("ack 1 m7 r4 root 30");
    }

    @Test
    void shouldLeaveAnAnnouncementUnansweredWhileTheHandlerIsNotAsked() {
        start(nodes(), nodes(10));
        effects.deferring = true;
        ihave(0, 7, 2, 30);
        expect();
        assertEquals(0, plumtree.missingCount());
        assertEquals(0, count(ProtocolCounter.HANDLER_FAILURES));
    }

    @Test
    void shouldRepeatAnAnnouncementWithBackOffUntilItIsAcknowledged() {
        start(nodes(), nodes(10));
        broadcast(7);
        final StringBuilder times = new StringBuilder();
        for (int ms = 0; ms <= 700; ms++) {
            lazyTick();
            if (!effects.take().isEmpty()) {
                times.append(ms).append(' ');
            }
            pass(1);
        }
        assertEquals("0 10 30 70 150 310 470 630 ", times.toString());
        ack(0, 7, 0, SELF);
        pass(1000);
        lazyTick();
        expect();
        assertEquals(0, plumtree.outstandingCount(0));
    }

    @Test
    void shouldTakeAPeersAnnouncementPayloadOrPruneForAnAcknowledgement() {
        start(nodes(10), nodes(20, 30, 40));
        gossip(0, 7, 0, 10);
        effects.take();
        ihave(1, 7, 2, 10);
        gossip(2, 7, 2, 10);
        prune(3, 7, 10);
        expect("ack 1 m7 r2 root 10", "prune 2 m7 r2 root 10");
        lazyTick();
        expect();
    }

    @Test
    void shouldSendNoPayloadAndNoAnnouncementToWhoHasAnnouncedTheMessage() {
        start(nodes(10, 20), nodes(30));
        ihave(1, 7, 2, 40);
        ihave(2, 7, 3, 40);
        gossip(0, 7, 0, 40);
        expect("ack 1 m7 r2 root 40", "ack 2 m7 r3 root 40");
        lazyTick();
        expect();
    }

    @Test
    void shouldAnnounceAtMostTheAllowedNumberPerTickOldestFirst() {
        options.maxAnnouncementsPerTick(2);
        start(nodes(), nodes(10));
        LongStream.rangeClosed(1, 3).forEach(this::broadcast);
        lazyTick();
        expect("ihave 0 m1 r0 root 100", "ihave 0 m2 r0 root 100");
        lazyTick();
        expect("ihave 0 m3 r0 root 100");
    }

    @Test
    void shouldNotAnnounceToAPeerThatIsNotConnectedAndDoSoWhenItIsBack() {
        options.closeRing(false);
        start(nodes(), nodes(10));
        plumtree.onLinkDown(0, nowNs);
        broadcast(7);
        lazyTick();
        expect();
        plumtree.onLinkUp(0, nowNs);
        lazyTick();
        expect("ihave 0 m7 r0 root 100");
    }

    @Test
    void shouldRepeatWhatIsOutstandingAtOnceWhenTheLinkComesUp() {
        options.closeRing(false);
        start(nodes(), nodes(10));
        broadcast(7);
        lazyTick();
        expect("ihave 0 m7 r0 root 100");
        plumtree.onLinkDown(0, nowNs);
        plumtree.onLinkUp(0, nowNs);
        lazyTick();
        expect("ihave 0 m7 r0 root 100");
    }

    @Test
    void shouldHaveRoomAgainForWhatWasAcknowledged() {
        options.maxAnnounced(2).recentMessages(0);
        start(nodes(), nodes(10));
        for (int id = 1; id <= 10; id++) {
            broadcast(id);
            ack(0, id, 0, SELF);
        }
        assertEquals(0, count(ProtocolCounter.OUTSTANDING_OVERFLOWS));
    }

    // ---- grafts

    @Test
    void shouldGraftTheFirstAnnouncerWhenThePayloadStaysAway() {
        start(nodes(10), nodes(20, 30));
        ihave(1, 7, 2, 10);
        ihave(2, 7, 5, 10);
        pass(99);
        expect();
        assertTrue(plumtree.isLazy(10, 1));
        pass(3);
        expect("graft 1 m7 r2 root 10");
        assertTrue(plumtree.isEager(10, 1));
    }

    @Test
    void shouldAcknowledgeRatherThanGraftWhatAnExchangeHasBroughtMeanwhile() {
        start(nodes(10), nodes(20, 30));
        ihave(1, 7, 2, 10);
        ihave(2, 7, 5, 10);
        effects.stored.add(7L);
        pass(102);
        expect("ack 1 m7 r2 root 10", "ack 2 m7 r5 root 10");
        assertEquals(0, plumtree.missingCount());
        assertTrue(plumtree.isLazy(10, 1));
    }

    @Test
    void shouldTellWhenItsNextTimerExpires() {
        start(nodes(10), nodes(20, 30));
        assertFalse(plumtree.hasTimers());
        ihave(1, 7, 2, 10);
        pass(1);
        ihave(1, 8, 2, 10);
        assertTrue(plumtree.hasTimers());
        assertEquals(99 * MS, plumtree.timerDeadlineNs() - nowNs);
        nowNs = plumtree.timerDeadlineNs();
        assertEquals(1, plumtree.onTimers(nowNs));
        expect("graft 1 m7 r2 root 10");
        assertEquals(MS, plumtree.timerDeadlineNs() - nowNs);
        effects.stored.add(8L);
        pass(1);
        gossip(1, 7, 2, 10);
        assertFalse(plumtree.hasTimers());
    }

    @Test
    void shouldGraftFromTheNextAnnouncerWhenTheFirstStaysSilent() {
        start(nodes(10), nodes(20, 30));
        ihave(1, 7, 2, 10);
        ihave(2, 7, 5, 10);
        pass(102);
        effects.take();
        pass(53);
        expect("graft 2 m7 r5 root 10");
        pass(53);
        expect("exchange 2");
        assertEquals(0, plumtree.missingCount());
        assertEquals(1, count(ProtocolCounter.MISSING_ABANDONED));
    }

    @Test
    void shouldGraftFromTheNextAnnouncerAtOnceWhenTheFirstRefuses() {
        start(nodes(10), nodes(20, 30));
        ihave(1, 7, 2, 10);
        ihave(2, 7, 5, 10);
        pass(102);
        effects.take();
        graftFailed(1, 7, 10);
        expect("graft 2 m7 r5 root 10");
        graftFailed(2, 7, 10);
        expect("exchange 2");
        assertEquals(0, plumtree.missingCount());
    }

    @Test
    void shouldGraftFromTheNextAnnouncerAtOnceWhenTheFirstIsGone() {
        options.closeRing(false);
        start(nodes(10), nodes(20, 30));
        ihave(1, 7, 2, 10);
        ihave(2, 7, 5, 10);
        pass(102);
        effects.take();
        plumtree.onLinkDown(1, nowNs);
        expect("graft 2 m7 r5 root 10");
    }

    @Test
    void shouldGraftAtOnceWhatItsLostParentWasToBring() {
        options.closeRing(false);
        start(nodes(10), nodes(20, 30));
        gossip(0, 6, 0, 40);
        ihave(1, 7, 2, 40);
        effects.take();
        plumtree.onLinkDown(0, nowNs);
        expect("graft 1 m7 r2 root 40");
        gossip(1, 7, 2, 40);
        effects.take();
        ihave(2, 8, 3, 40);
        expect();
        plumtree.onLinkDown(1, nowNs);
        expect("graft 2 m8 r3 root 40");
        ihave(2, 9, 3, 40);
        expect("graft 2 m9 r3 root 40");
    }

    @Test
    void shouldNotGraftWhatArrivesInTime() {
        start(nodes(10), nodes(20));
        ihave(1, 7, 2, 10);
        pass(90);
        gossip(0, 7, 0, 10);
        expect("ack 1 m7 r2 root 10");
        pass(500);
        expect();
        assertEquals(0, plumtree.missingCount());
    }

    @Test
    void shouldTryAgainWhenAGraftIsNotAccepted() {
        start(nodes(10), nodes(20));
        ihave(1, 7, 2, 10);
        effects.refusing.add(1);
        pass(102);
        expect();
        effects.refusing.clear();
        pass(53);
        expect("graft 1 m7 r2 root 10");
    }

    @Test
    void shouldGraftAtOnceWithoutATimeout() {
        options.grafts().graftTimeoutNs(0);
        start(nodes(10), nodes(20));
        ihave(1, 7, 2, 10);
        expect("graft 1 m7 r2 root 10");
    }

    @Test
    void shouldServeAGraftWithItsOwnRoundAndKeepTheEntryUntilAcknowledged() {
        start(nodes(), nodes(10));
        broadcast(7);
        lazyTick();
        effects.take();
        graft(0, 7, 9, SELF);
        expect("gossip 0 m7 r9 root 100");
        assertTrue(plumtree.isEager(SELF, 0));
        assertEquals(1, plumtree.outstandingCount());
        assertEquals(1, plumtree.outstandingCount(0));
    }

    @Test
    void shouldTakeAStaleGraftForAnAcknowledgement() {
        start(nodes(), nodes(10));
        broadcast(7);
        effects.graftAnswers.put(7L, PlumtreeEffects.STALE);
        graft(0, 7, 0, SELF);
        expect();
        assertEquals(0, plumtree.outstandingCount(0));
        assertTrue(plumtree.isLazy(SELF, 0));
    }

    @Test
    void shouldRefuseAGraftItCannotServeAndMarkThePeerForAnExchange() {
        start(nodes(), nodes(10));
        broadcast(7);
        effects.graftAnswers.put(7L, PlumtreeEffects.UNKNOWN);
        graft(0, 7, 0, SELF);
        expect("exchange 0", "graftfailed 0 m7 r0 root 100");
        assertEquals(0, plumtree.outstandingCount(0));
        assertEquals(1, count(ProtocolCounter.GRAFTS_UNSERVED));
    }

    @Test
    void shouldLeaveAGraftUnansweredAndTheEntryOutstandingWhileTheHandlerIsNotAsked() {
        start(nodes(), nodes(10));
        broadcast(7);
        effects.graftAnswers.put(7L, PlumtreeEffects.DEFERRED);
        graft(0, 7, 0, SELF);
        expect();
        assertEquals(1, plumtree.outstandingCount(0));
        assertEquals(0, count(ProtocolCounter.HANDLER_FAILURES));
    }

    // ---- bounds

    @Test
    void shouldForgetTheOldestAnnouncementAndMarkThePeerForAnExchangeWhenThereAreTooMany() {
        options.flowControl().maxOutstandingPerPeer(2);
        start(nodes(), nodes(10, 20));
        broadcast(1);
        broadcast(2);
        ack(1, 1, 0, SELF);
        expect();
        broadcast(3);
        expect("exchange 0");
        assertEquals(1, count(ProtocolCounter.OUTSTANDING_OVERFLOWS));
        lazyTick();
        expect("ihave 0 m2 r0 root 100", "ihave 0 m3 r0 root 100", "ihave 1 m2 r0 root 100", "ihave 1 m3 r0 root 100");
    }

    @Test
    void shouldMarkPeersForAnExchangeWhenTheTableOfMessagesIsFull() {
        options.maxAnnounced(2).recentMessages(0);
        start(nodes(30), nodes(10, 20));
        broadcast(1);
        broadcast(2);
        effects.take();
        broadcast(3);
        expect("exchange 0", "exchange 1", "gossip 2 m3 r0 root 100");
        assertEquals(2, count(ProtocolCounter.EXCHANGES_NEEDED));
    }

    @Test
    void shouldWaitForTheNextAnnouncementWhenTheTableOfMissingMessagesIsFull() {
        options.grafts().maxMissing(1);
        start(nodes(10), nodes(20));
        ihave(1, 7, 0, 10);
        ihave(1, 8, 0, 10);
        assertEquals(1, count(ProtocolCounter.MISSING_OVERFLOWS));
        assertEquals(1, plumtree.missingCount());
    }

    @Test
    void shouldRememberAtMostTheAllowedNumberOfAnnouncers() {
        options.grafts().maxAnnouncers(1);
        start(nodes(10), nodes(20, 30));
        ihave(1, 7, 0, 10);
        ihave(2, 7, 0, 10);
        assertEquals(1, count(ProtocolCounter.ANNOUNCER_OVERFLOWS));
    }

    @Test
    void shouldGiveUpTheLeastRecentlyUsedTreeWhenThereAreTooMany() {
        options.maxTrees(2);
        start(nodes(10, 20), nodes(30));
        prune(0, 1, 1001);
        prune(1, 2, 1002);
        gossip(1, 3, 0, 1001);
        prune(0, 4, 1003);
        assertTrue(plumtree.isLazy(1001, 0));
        assertTrue(plumtree.isEager(1002, 0), "back on the common sets");
        assertTrue(plumtree.isLazy(1003, 0));
        assertEquals(1, count(ProtocolCounter.TREE_EVICTIONS));
    }

    @Test
    void shouldGraftNoMoreAtATimeThanAllowedAndTheNextWhenOneHasComeOrFailed() {
        options.grafts().maxGrafts(2);
        options.closeRing(false);
        start(nodes(10), nodes(20, 30));
        LongStream.rangeClosed(1, 6).forEach(id -> ihave(1, id, 0, 10));
        ihave(2, 5, 3, 10);
        pass(102);
        expect("graft 1 m1 r0 root 10", "graft 1 m2 r0 root 10");
        assertEquals(4, count(ProtocolCounter.GRAFTS_QUEUED));
        gossip(1, 1, 0, 10);
        expect("ack 1 m1 r0 root 10", "graft 1 m3 r0 root 10");
        graftFailed(1, 2, 10);
        expect("exchange 1", "graft 1 m4 r0 root 10");
        gossip(2, 5, 0, 10);
        effects.take();
        gossip(1, 3, 0, 10);
        expect("gossip 2 m3 r1 root 10", "ack 1 m3 r0 root 10", "graft 1 m6 r0 root 10");
        plumtree.onLinkDown(1, nowNs);
        expect("exchange 1", "exchange 1");
        assertEquals(0, plumtree.missingCount());
    }

    @Test
    void shouldDropAndCountIdsThatAreTooLong() {
        options.maxIdLength(8);
        start(nodes(10, 20), nodes(30));
        assertTrue(plumtree.onGossip(0, Messages.broadcast(30, 0, 0, buffer, 9, 4), nowNs));
        plumtree.onControl(ControlMessage.I_HAVE, 0, Messages.key(30, 0, 0, buffer, 9), nowNs);
        plumtree.onControl(ControlMessage.IGNORED_I_HAVE, 0, Messages.key(30, 0, 0, buffer, 9), nowNs);
        plumtree.onControl(ControlMessage.GRAFT, 0, Messages.key(30, 0, 0, buffer, 9), nowNs);
        plumtree.onControl(ControlMessage.GRAFT_FAILED, 0, Messages.key(30, 0, 0, buffer, 9), nowNs);
        plumtree.onBroadcast(Messages.broadcast(0, 0, 0, buffer, 9, 4), nowNs);
        expect();
        assertEquals(6, count(ProtocolCounter.IDS_TOO_LONG));
    }

    // ---- congestion

    @Test
    void shouldHoldNewPayloadsBackWhileAPeerIsBehindWithItsAcknowledgements() {
        options.flowControl().maxOutstandingPerPeer(8);
        start(nodes(10, 20), nodes(30));
        LongStream.rangeClosed(1, 5).forEach(this::broadcast);
        assertTrue(plumtree.onBroadcastDue(0, nowNs));
        assertTrue(gossip(0, 6, 0, 40));
        assertFalse(plumtree.onBroadcastDue(0, nowNs), "six of eight");
        assertFalse(gossip(0, 7, 0, 40));
        assertTrue(gossip(2, 7, 0, 40), "its own payloads are not held back");
        LongStream.rangeClosed(1, 3).forEach(id -> ack(2, id, 0, SELF));
        assertFalse(plumtree.onBroadcastDue(0, nowNs), "until it is less than half behind: the seventh was the last");
        ack(2, 4, 0, SELF);
        assertTrue(plumtree.onBroadcastDue(0, nowNs));
    }

    @Test
    void shouldGoOnWithoutAPeerThatHasSpentItsBudget() {
        options.flowControl().maxOutstandingPerPeer(8).congestionBudgetNs(50 * MS);
        start(nodes(10), nodes(30));
        LongStream.rangeClosed(1, 6).forEach(this::broadcast);
        assertFalse(plumtree.onBroadcastDue(0, nowNs));
        pass(49);
        assertFalse(plumtree.onBroadcastDue(0, nowNs));
        pass(1);
        assertTrue(plumtree.onBroadcastDue(0, nowNs));
        assertEquals(1, count(ProtocolCounter.CONGESTION_BUDGETS_SPENT));
        LongStream.rangeClosed(7, 10).forEach(this::broadcast);
        assertTrue(plumtree.onBroadcastDue(0, nowNs));
    }

    @Test
    void shouldGoOnOnceAllIsAcknowledgedHoweverSmallTheTable() {
        options.flowControl().maxOutstandingPerPeer(1);
        start(nodes(10), nodes(30));
        broadcast(1);
        assertFalse(plumtree.onBroadcastDue(0, nowNs));
        ack(2, 1, 0, SELF);
        assertTrue(plumtree.onBroadcastDue(0, nowNs));
    }

    @Test
    void shouldNotBeHeldBackByAPeerThatIsAwayOrJustBack() {
        options.flowControl().maxOutstandingPerPeer(8);
        options.closeRing(false);
        start(nodes(10), nodes(30));
        plumtree.onLinkDown(2, nowNs);
        LongStream.rangeClosed(1, 8).forEach(this::broadcast);
        assertTrue(plumtree.onBroadcastDue(0, nowNs));
        plumtree.onLinkUp(2, nowNs);
        assertTrue(plumtree.onBroadcastDue(0, nowNs));
    }

    // ---- members and links

    @Test
    void shouldTellALinkThatComesUpWhatWasRecentButNothingOfItsOwn() {
        options.closeRing(false).recentMessages(2);
        start(nodes(10), nodes(20, 30));
        plumtree.onLinkDown(2, nowNs);
        gossip(0, 1, 0, 10);
        gossip(0, 2, 0, 30);
        gossip(0, 3, 0, 10);
        ack(2, 1, 1, 10);
        ack(2, 3, 1, 10);
        effects.take();
        plumtree.onLinkUp(2, nowNs);
        lazyTick();
        expect(
            "ihave 1 m1 r1 root 10", "ihave 1 m2 r1 root 30", "ihave 1 m3 r1 root 10", "ihave 2 m3 r1 root 10");
    }

    @Test
    void shouldLinkToTheNextReachableMemberWhenAPeerIsGoneAndTellItWhatWasRecent() {
        start(nodes(10), nodes(30));
        broadcast(7);
        prune(0, 7, 40);
        effects.take();
        // After 100 comes 10 in the ring, then 20.
        plumtree.onLinkDown(0, nowNs);
        assertTrue(plumtree.isLazy(SELF, 1));
        assertTrue(plumtree.isLazy(40, 1), "in every tree");
        lazyTick();
        expect("ihave 1 m7 r0 root 100", "ihave 2 m7 r0 root 100");
        assertEquals(1, count(ProtocolCounter.LINKS_PATCHED));
    }

    @Test
    void shouldLinkToTheNextReachableMemberWhenItsSuccessorDoesNotCome() {
        plumtree = new Plumtree(SELF, options, effects, nowNs);
        plumtree.start(MEMBERS, nodes(10), nodes(30));
        plumtree.onLinkUp(3, nowNs);
        pass(1_999);
        lazyTick();
        assertFalse(plumtree.isLazy(SELF, 3), "the others may be on their way");
        pass(1);
        lazyTick();
        assertTrue(plumtree.isLazy(SELF, 3));
        plumtree.onLinkUp(1, nowNs);
        pass(2_000);
        lazyTick();
        assertTrue(plumtree.isLazy(SELF, 1), "nearer in the ring");
        assertEquals(2, count(ProtocolCounter.LINKS_PATCHED));
    }

    @Test
    void shouldAddANewMemberToEveryTreeAndLeaveTheOtherLinks() {
        start(nodes(10, 20), nodes(30));
        prune(0, 7, 20);
        plumtree.update(nodes(10, 20, 30, 40, 50, SELF), nowNs);
        final int peer = plumtree.peerIndex(50);
        assertTrue(plumtree.isEager(SELF, peer));
        assertTrue(plumtree.isEager(20, peer));
        assertTrue(plumtree.isLazy(20, 0), "patched, not wiped");
    }

    @Test
    void shouldForgetAllOfARemovedMember() {
        options.closeRing(false);
        start(nodes(10, 20), nodes(30));
        ihave(2, 8, 0, 10);
        broadcast(7);
        effects.take();
        plumtree.update(nodes(10, 20, 40, SELF), nowNs);
        expect("exchange 2");
        assertEquals(Peers.NO_PEER, plumtree.peerIndex(30));
        assertEquals(0, plumtree.missingCount());
        assertEquals(0, plumtree.outstandingCount(2));
        plumtree.update(nodes(10, 20, 40, 60, SELF), nowNs);
        final int reused = plumtree.peerIndex(60);
        assertEquals(2, reused);
        plumtree.onLinkUp(reused, nowNs);
        assertFalse(plumtree.isLazy(SELF, reused));
    }

    @Test
    void shouldNotTakeANewMemberForTheOneThatBroughtMessagesUnderItsIndexBefore() {
        start(nodes(10, 20, 30), nodes(40));
        gossip(0, 7, 1, 20);
        gossip(2, 8, 1, 20);
        plumtree.update(nodes(10, 20, 40, SELF), nowNs);
        plumtree.update(nodes(10, 20, 40, 60, SELF), nowNs);
        assertEquals(2, plumtree.peerIndex(60));
        plumtree.onLinkUp(2, nowNs);
        effects.take();
        gossip(0, 8, 1, 20);
        expect();
        assertTrue(plumtree.isEager(20, 0), "the parent brings what a removed member had brought first");
    }

    @Test
    void shouldAnnounceNothingAndOweNothingWithoutAnnouncements() {
        options.announcements(false);
        start(nodes(10, 20), nodes(30));
        broadcast(7);
        expect("gossip 0 m7 r0 root 100", "gossip 1 m7 r0 root 100");
        lazyTick();
        plumtree.onLinkDown(2, nowNs);
        plumtree.onLinkUp(2, nowNs);
        lazyTick();
        expect();
        assertEquals(0, plumtree.outstandingCount(2));
        assertEquals(0, count(ProtocolCounter.OUTSTANDING_OVERFLOWS));
    }

    @Test
    void shouldLeaveAPushThatCanNotBeMadeToAnExchangeWithoutAnnouncements() {
        options.announcements(false);
        options.flowControl().maxOutstanding(4).maxOutstandingPerPeer(4);
        start(nodes(10, 20), nodes(30));
        effects.refusing.add(1);
        for (int id = 0; id < 10; id++) {
            assertTrue(plumtree.onBroadcastDue(0, nowNs), "nobody is waited for");
            broadcast(id);
            expect("gossip 0 m" + id + " r0 root 100", "exchange 1");
        }
        assertEquals(10, count(ProtocolCounter.PUSHES_DEFERRED));
        assertEquals(10, count(ProtocolCounter.EXCHANGES_NEEDED));
        assertEquals(0, plumtree.outstandingCount(1));
    }

    @Test
    void shouldAnswerTheAnnouncementsOfOthersWithoutItsOwn() {
        options.announcements(false);
        start(nodes(10, 20), nodes(30));
        ihave(2, 8, 0, 10);
        pass(101);
        expect("graft 2 m8 r0 root 10");
        broadcast(7);
        effects.take();
        ihave(1, 7, 0, 100);
        lazyTick();
        expect("ack 1 m7 r0 root 100");
    }

    @Test
    void shouldRefuseMoreMembersThanAllowedAndChangeNothing() {
        options.maxPeers(4);
        start(nodes(10), nodes(20));
        assertThrows(
            IllegalArgumentException.class, () -> plumtree.update(nodes(1, 2, 3, 4, 5, SELF), nowNs));
        assertTrue(plumtree.isEager(SELF, plumtree.peerIndex(10)));
        plumtree.update(nodes(1, 2, 3, 4, 4, SELF, SELF), nowNs);
        assertEquals(Peers.NO_PEER, plumtree.peerIndex(10));
    }

    @Test
    void shouldRefuseStartingPeersThatAreNoMembers() {
        plumtree = new Plumtree(SELF, options, effects, nowNs);
        final IllegalArgumentException ex = assertThrows(
            IllegalArgumentException.class, () -> plumtree.start(nodes(10), nodes(0xabc), nodes()));
        assertEquals("not a member: abc", ex.getMessage());
    }
}
