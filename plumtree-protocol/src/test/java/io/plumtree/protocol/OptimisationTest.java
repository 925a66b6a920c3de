package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Announcements that come well before the payload. Peer 0 is the parent. */
class OptimisationTest extends PlumtreeFixture {
    private static final long ROOT = 1001;

    @BeforeEach
    void settle() {
        options.sharedTreeMessages(0).optimisationThresholdNs(20 * MS);
        start(nodes(10), nodes(20, 30));
        gossip(0, 1, 0, ROOT);
        effects.take();
    }

    private void adopt(final int from, final long id, final long root) {
        buffer.putLong(0, id);
        plumtree.onControl(ControlMessage.ADOPT, from, Messages.key(root, 0, 0, buffer, 8), nowNs);
    }

    @Test
    void shouldAdoptAnAnnouncerThatWasFasterByTheThresholdAndBreakWithTheOldParentAfterwards() {
        ihave(1, 2, 3, ROOT);
        pass(20);
        gossip(0, 2, 0, ROOT);
        expect("adopt 1 m2 r3 root 1001", "ack 1 m2 r3 root 1001");
        assertTrue(plumtree.isEager(ROOT, 1));
        assertTrue(plumtree.isEager(ROOT, 0), "make before break");
        assertEquals(1, count(ProtocolCounter.OPTIMISATIONS));
        gossip(1, 3, 3, ROOT);
        gossip(0, 3, 0, ROOT);
        expect("gossip 0 m3 r4 root 1001", "prune 0 m3 r0 root 1001");
        gossip(1, 4, 3, ROOT);
        expect();
        lazyTick();
        final List<String> announced = effects.take();
        assertTrue(announced.contains("ihave 0 m4 r4 root 1001"), announced::toString);
        assertFalse(announced.contains("ihave 1 m2 r1 root 1001"), "it has announced it");
    }

    @Test
    void shouldNotAdoptForLess() {
        ihave(1, 2, 3, ROOT);
        pass(19);
        gossip(0, 2, 0, ROOT);
        expect("ack 1 m2 r3 root 1001");
        assertTrue(plumtree.isLazy(ROOT, 1));
    }

    @Test
    void shouldNotAdoptWhenOff() {
        options.optimisationThresholdNs(0);
        ihave(1, 2, 3, ROOT);
        pass(90);
        gossip(0, 2, 0, ROOT);
        expect("ack 1 m2 r3 root 1001");
    }

    /** There is no parent then: the asked one's answer would prune it, and the other one would be pruned already. */
    @Test
    void shouldKeepTheLinkThatBroughtItWithoutSafePruning() {
        options.pruneGraceNs(0);
        start(nodes(10), nodes(20, 30));
        gossip(0, 1, 0, ROOT);
        effects.take();
        ihave(1, 2, 3, ROOT);
        pass(100);
        expect("graft 1 m2 r3 root 1001");
        gossip(0, 2, 0, ROOT);
        expect("ack 1 m2 r3 root 1001");
        gossip(1, 2, 3, ROOT);
        expect("prune 1 m2 r3 root 1001");
        assertTrue(plumtree.isEager(ROOT, 0), "one eager link is left");
        assertEquals(0, count(ProtocolCounter.OPTIMISATIONS));
    }

    @Test
    void shouldAdoptWhoWasAskedTooEarlyAndNotPruneItForItsAnswer() {
        ihave(1, 2, 3, ROOT);
        pass(100);
        expect("graft 1 m2 r3 root 1001");
        gossip(0, 2, 0, ROOT);
        expect("ack 1 m2 r3 root 1001");
        assertEquals(1, count(ProtocolCounter.OPTIMISATIONS));
        gossip(1, 2, 3, ROOT);
        expect();
        gossip(1, 3, 3, ROOT);
        gossip(0, 3, 0, ROOT);
        expect("gossip 0 m3 r4 root 1001", "prune 0 m3 r0 root 1001");
        assertTrue(plumtree.isEager(ROOT, 1));
    }

    @Test
    void shouldBreakWithTheOldParentAtOnceWhereTheRootIsQuiet() {
        pass(500);
        ihave(1, 2, 3, ROOT);
        pass(20);
        gossip(0, 2, 0, ROOT);
        expect("adopt 1 m2 r3 root 1001", "prune 0 m2 r0 root 1001", "ack 1 m2 r3 root 1001");
        assertTrue(plumtree.isLazy(ROOT, 0));
    }

    @Test
    void shouldNotBreakWithTheOldParentWhileAnotherMessageIsAnnounced() {
        pass(500);
        ihave(1, 2, 3, ROOT);
        ihave(2, 3, 3, ROOT);
        pass(20);
        gossip(0, 2, 0, ROOT);
        expect("adopt 1 m2 r3 root 1001", "ack 1 m2 r3 root 1001");
        assertTrue(plumtree.isEager(ROOT, 0));
    }

    @Test
    void shouldAdoptNobodyButTheFirstAnnouncer() {
        options.closeRing(false);
        ihave(1, 2, 3, ROOT);
        ihave(2, 2, 3, ROOT);
        pass(30);
        plumtree.onLinkDown(1, nowNs);
        gossip(0, 2, 0, ROOT);
        expect("ack 2 m2 r3 root 1001");
    }

    @Test
    void shouldNotAdoptWhoBringsItAfterItsAnnouncement() {
        ihave(1, 2, 3, ROOT);
        pass(30);
        gossip(1, 2, 3, ROOT);
        expect("ack 1 m2 r3 root 1001");
    }

    @Test
    void shouldAdoptOnceForAllThatIsUnderWay() {
        ihave(1, 2, 3, ROOT);
        ihave(1, 3, 3, ROOT);
        pass(30);
        gossip(0, 2, 0, ROOT);
        gossip(0, 3, 0, ROOT);
        assertEquals(1, count(ProtocolCounter.OPTIMISATIONS));
        pass(1_000);
        ihave(1, 4, 3, ROOT);
        pass(30);
        gossip(0, 4, 0, ROOT);
        assertEquals(2, count(ProtocolCounter.OPTIMISATIONS), "it was lost, it seems");
    }

    @Test
    void shouldNotAdoptWhoWasPushedToLatelyAndMayHaveThisNodeForItsParent() {
        graft(1, 1, 0, ROOT);
        gossip(0, 2, 0, ROOT);
        effects.take();
        ihave(1, 3, 3, ROOT);
        pass(30);
        gossip(0, 3, 0, ROOT);
        expect("ack 1 m3 r3 root 1001");
    }

    @Test
    void shouldNotBreakWithTheOldParentForSomebodyElseBeforeTheNewOneHasBroughtAnything() {
        ihave(1, 2, 3, ROOT);
        pass(30);
        gossip(0, 2, 0, ROOT);
        effects.take();
        gossip(2, 3, 5, ROOT);
        gossip(0, 3, 0, ROOT);
        expect("gossip 0 m3 r6 root 1001");
        gossip(1, 4, 3, ROOT);
        effects.take();
        gossip(0, 4, 0, ROOT);
        expect("prune 0 m4 r0 root 1001");
    }

    @Test
    void shouldNotWaitForAnAdoptedParentForEver() {
        ihave(1, 2, 3, ROOT);
        pass(30);
        gossip(0, 2, 0, ROOT);
        pass(1_000);
        gossip(2, 3, 5, ROOT);
        effects.take();
        gossip(0, 3, 0, ROOT);
        expect("prune 0 m3 r0 root 1001");
    }

    @Test
    void shouldNotHaveForItsParentWhoAdoptsIt() {
        adopt(0, 2, ROOT);
        ihave(1, 3, 3, ROOT);
        expect("graft 1 m3 r3 root 1001");
    }

    @Test
    void shouldLeaveTheSharedTreeAsItIs() {
        options.sharedTreeMessages(1);
        start(nodes(10), nodes(20, 30));
        ihave(1, 7, 3, 1002);
        pass(30);
        gossip(0, 7, 0, 1002);
        expect("ack 1 m7 r3 root 1002");
        adopt(1, 7, 1002);
        assertFalse(plumtree.isEager(1002, 1));
    }

    @Test
    void shouldMakeWhoAdoptsItEagerAndSendNothing() {
        adopt(2, 1, ROOT);
        expect();
        assertTrue(plumtree.isEager(ROOT, 2));
        gossip(0, 2, 0, ROOT);
        expect("gossip 2 m2 r1 root 1001");
    }
}
