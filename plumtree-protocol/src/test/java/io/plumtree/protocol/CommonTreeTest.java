package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Roots above 1000 are nodes far away, each heard of for the first time unless said otherwise. */
class CommonTreeTest extends PlumtreeFixture {
    private void assertEagerInTheCommonTree(final int... peers) {
        for (int peer = 0; peer < 4; peer++) {
            final int each = peer;
            final boolean expected = Arrays.stream(peers).anyMatch(eager -> eager == each);
            assertEquals(expected, plumtree.isEager(9999, peer), "peer " + peer);
        }
    }

    @Test
    void shouldLetTheFirstMessageOfARootChangeTheTreeOfAll() {
        start(nodes(10, 20), nodes(30, 40));
        gossip(2, 1, 0, 1001);
        expect("gossip 0 m1 r1 root 1001", "gossip 1 m1 r1 root 1001");
        assertEagerInTheCommonTree(0, 1, 2);
        gossip(1, 1, 5, 1001);
        expect("prune 1 m1 r5 root 0");
        assertEagerInTheCommonTree(0, 2);
        assertTrue(plumtree.isLazy(1002, 1), "lazy, not gone");
    }

    @Test
    void shouldSendFreshRootsAlongTheTreeThatOthersHaveShaped() {
        start(nodes(10, 20, 30), nodes());
        gossip(0, 1, 0, 1001);
        gossip(1, 1, 0, 1001);
        effects.take();
        gossip(2, 2, 3, 1002);
        expect("gossip 0 m2 r4 root 1002");
        gossip(0, 3, 1, 1003);
        expect("gossip 2 m3 r2 root 1003");
        pass(1_000);
        broadcast(4);
        expect("gossip 0 m4 r0 root 100", "gossip 2 m4 r0 root 100");
        assertEquals(0, count(ProtocolCounter.TREE_EVICTIONS));
    }

    @Test
    void shouldGiveARootATreeOfItsOwnByAFloodOfItsSecondMessage() {
        start(nodes(10), nodes(20, 30));
        gossip(0, 1, 0, 1001);
        expect();
        gossip(0, 2, 0, 1001);
        expect("gossip 1 m2 r1 root 1001", "gossip 2 m2 r1 root 1001");
        gossip(1, 2, 4, 1001);
        expect("prune 1 m2 r4 root 1001");
        assertTrue(plumtree.isLazy(1001, 1));
        assertTrue(plumtree.isEager(1001, 2));
        assertEagerInTheCommonTree(0);
        gossip(0, 3, 0, 1001);
        expect("gossip 2 m3 r1 root 1001");
    }

    @Test
    void shouldCountItsOwnBroadcastsToo() {
        start(nodes(10), nodes(20));
        broadcast(1);
        expect("gossip 0 m1 r0 root 100");
        broadcast(2);
        expect("gossip 0 m2 r0 root 100", "gossip 1 m2 r0 root 100");
    }

    @Test
    void shouldLeaveARootOnTheCommonTreeForAsManyMessagesAsAreAllowed() {
        options.sharedTreeMessages(3);
        start(nodes(10), nodes(20));
        for (int id = 1; id <= 3; id++) {
            gossip(0, id, 0, 1001);
            gossip(0, id, 0, 1001);
        }
        expect();
        gossip(0, 4, 0, 1001);
        expect("gossip 1 m4 r1 root 1001");
    }

    @Test
    void shouldGiveEachRootATreeOfItsOwnAtOnceWhenOff() {
        options.sharedTreeMessages(0);
        start(nodes(10, 20), nodes(30));
        gossip(2, 1, 0, 1001);
        effects.take();
        gossip(0, 1, 0, 1001);
        expect("prune 0 m1 r0 root 1001");
        assertEagerInTheCommonTree(0, 1);
    }

    @Test
    void shouldLetOneOfSeveralRootsShapeTheCommonTree() {
        start(nodes(10, 20, 30), nodes());
        gossip(0, 1, 0, 1001);
        gossip(1, 2, 0, 1002);
        effects.take();
        gossip(0, 2, 0, 1002);
        expect();
        assertEagerInTheCommonTree(0, 1, 2);
        gossip(1, 1, 0, 1001);
        expect("prune 1 m1 r0 root 0");
        assertEquals(2, count(ProtocolCounter.DUPLICATES));
    }

    @Test
    void shouldBeginAnewWhenTheRootWithTheSmallestIdComesLast() {
        start(nodes(10, 20, 30), nodes());
        gossip(0, 1, 0, 1002);
        gossip(1, 1, 0, 1002);
        effects.take();
        gossip(2, 2, 0, 1001);
        expect("gossip 0 m2 r1 root 1001", "gossip 1 m2 r1 root 1001");
        gossip(2, 1, 0, 1002);
        expect();
        gossip(0, 2, 0, 1001);
        expect("prune 0 m2 r0 root 0");
        assertEagerInTheCommonTree(1, 2);
        gossip(1, 3, 0, 1003);
        gossip(2, 3, 0, 1003);
        expect("gossip 2 m3 r1 root 1003");
    }

    @Test
    void shouldLetAnotherRootShapeWhenTheGraceTimeIsOver() {
        options.pruneGraceNs(10 * MS);
        start(nodes(10, 20, 30), nodes());
        gossip(0, 1, 0, 1001);
        pass(2);
        gossip(1, 1, 0, 1001);
        pass(9);
        gossip(0, 2, 0, 1002);
        effects.take();
        gossip(2, 2, 0, 1002);
        expect();
        pass(1);
        gossip(0, 3, 0, 1003);
        effects.take();
        gossip(2, 3, 0, 1003);
        expect("prune 2 m3 r0 root 0");
        assertEagerInTheCommonTree(0);
    }

    @Test
    void shouldNotBeginAnewForASmallerRootThatComesLater() {
        options.pruneGraceNs(10 * MS);
        start(nodes(10, 20, 30), nodes());
        gossip(0, 1, 0, 1002);
        gossip(1, 1, 0, 1002);
        pass(10);
        gossip(0, 2, 0, 1001);
        assertEagerInTheCommonTree(0, 2);
    }

    @Test
    void shouldPruneForAnyRootWithoutSafePruning() {
        options.pruneGraceNs(0);
        start(nodes(10, 20, 30), nodes());
        gossip(0, 1, 0, 1001);
        gossip(1, 2, 0, 1002);
        effects.take();
        gossip(2, 2, 0, 1002);
        gossip(1, 1, 0, 1001);
        expect("prune 2 m2 r0 root 0", "prune 1 m1 r0 root 0");
    }

    @Test
    void shouldGiveANewTreeNoParentWithoutSafePruning() {
        options.pruneGraceNs(0);
        start(nodes(10, 20, 30), nodes());
        gossip(0, 1, 0, 1001);
        effects.take();
        gossip(1, 2, 0, 1001);
        expect("gossip 0 m2 r1 root 1001", "gossip 2 m2 r1 root 1001");
    }

    @Test
    void shouldLeaveAPrunedPeerLazyThatMayNotKnowItYet() {
        options.pruneGraceNs(10 * MS);
        start(nodes(10, 20, 30), nodes());
        gossip(0, 1, 0, 1001);
        gossip(1, 1, 0, 1001);
        effects.take();
        gossip(1, 2, 0, 1002);
        expect("gossip 0 m2 r1 root 1002", "gossip 2 m2 r1 root 1002");
        assertEagerInTheCommonTree(0, 2);
        pass(10);
        gossip(1, 3, 0, 1003);
        assertEagerInTheCommonTree(0, 1, 2);
    }

    @Test
    void shouldNotCutTheWayThatAMessageCame() {
        options.sharedTreeMessages(2);
        start(nodes(10, 20, 30), nodes());
        gossip(0, 1, 0, 1001);
        gossip(1, 1, 0, 1001);
        gossip(1, 2, 0, 1001);
        effects.take();
        gossip(0, 2, 0, 1001);
        gossip(0, 1, 0, 1001);
        expect();
        assertEagerInTheCommonTree(0, 2);
    }

    @Test
    void shouldTakeADuplicateForOneOfTheTreeOnWhichTheMessageTravelled() {
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 1001);
        gossip(0, 2, 0, 1001);
        effects.take();
        gossip(1, 1, 4, 1001);
        expect("prune 1 m1 r4 root 0");
        assertTrue(plumtree.isEager(1001, 1));
        gossip(1, 2, 4, 1001);
        expect("prune 1 m2 r4 root 1001");
    }

    @Test
    void shouldTakeWhoBroughtTheFirstMessageForTheParentOfItsOwnTree() {
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 1001);
        gossip(1, 2, 0, 1001);
        expect("gossip 1 m1 r1 root 1001", "gossip 2 m2 r1 root 1001");
        gossip(0, 2, 0, 1001);
        gossip(0, 3, 0, 1001);
        effects.take();
        gossip(1, 3, 0, 1001);
        expect("prune 1 m3 r0 root 1001");
    }

    @Test
    void shouldTellALinkThatIsNewInTheCommonTreeWhatWasRecent() {
        start(nodes(10), nodes());
        gossip(0, 1, 0, 1001);
        gossip(3, 2, 5, 1002);
        expect("gossip 0 m2 r6 root 1002");
        lazyTick();
        expect("ihave 3 m1 r1 root 1001");
        prune(2, 1, Roots.COMMON_TREE);
        lazyTick();
        expect("ihave 2 m2 r6 root 1002");
    }

    @Test
    void shouldMakeAPeerLazyInTheCommonTreeThatPrunesItThere() {
        start(nodes(10, 20), nodes());
        gossip(0, 1, 0, 1001);
        gossip(0, 2, 0, 1001);
        effects.take();
        prune(1, 1, Roots.COMMON_TREE);
        assertEagerInTheCommonTree(0);
        assertTrue(plumtree.isLazy(1002, 1));
        assertTrue(plumtree.isEager(1001, 1), "a tree of its own");
        lazyTick();
        expect();
    }

    @Test
    void shouldMakeATreeForARootForWhichItIsPruned() {
        start(nodes(10), nodes(20, 30));
        prune(0, 1, 1001);
        assertTrue(plumtree.isLazy(1001, 0));
        assertTrue(plumtree.isEager(1001, 1));
        assertTrue(plumtree.isEager(1001, 2));
        assertEagerInTheCommonTree(0);
    }

    @Test
    void shouldGraftInTheCommonTree() {
        start(nodes(10), nodes(20, 30));
        ihave(1, 1, 2, 1001);
        pass(100);
        expect("graft 1 m1 r2 root 1001");
        assertEagerInTheCommonTree(0, 1);
        effects.stored.add(2L);
        graft(2, 2, 0, 1002);
        expect("gossip 2 m2 r0 root 1002");
        assertEagerInTheCommonTree(0, 1, 2);
    }

    @Test
    void shouldKeepTheRowsOfRootsThatAreOftenHeardOfWhateverElseIsBroadcast() {
        options.maxTrees(1);
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 1001);
        gossip(0, 2, 0, 1001);
        for (int id = 10; id < 1000; id++) {
            gossip(0, id, 0, 1_000_000 + id);
        }
        assertEquals(0, count(ProtocolCounter.TREE_EVICTIONS));
        assertTrue(plumtree.isEager(1001, 2));
    }

    @Test
    void shouldPutTheLeastRecentlyUsedRootBackOnTheCommonTreeAndCountAnew() {
        options.maxTrees(1);
        start(nodes(10), nodes(20));
        gossip(0, 1, 0, 1001);
        gossip(0, 2, 0, 1001);
        gossip(0, 3, 0, 1002);
        effects.take();
        gossip(0, 4, 0, 1002);
        expect("gossip 1 m4 r1 root 1002");
        assertEquals(1, count(ProtocolCounter.TREE_EVICTIONS));
        gossip(0, 5, 0, 1001);
        expect();
        gossip(0, 6, 0, 1001);
        expect("gossip 1 m6 r1 root 1001");
    }

    @Test
    void shouldForgetWhomItHasPrunedInTheCommonTreeWhenTheLinkIsNew() {
        options.closeRing(false);
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 1001);
        gossip(1, 1, 0, 1001);
        plumtree.onLinkDown(1, nowNs);
        plumtree.onLinkUp(1, nowNs);
        gossip(1, 2, 0, 1002);
        assertEagerInTheCommonTree(0, 1);
    }

    @Test
    void shouldWipeTheCommonTreeWithTheOthers() {
        options.resetTreesOnJoin(true);
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 0, 1003);
        gossip(1, 1, 0, 1003);
        plumtree.update(nodes(10, 20, 30, 40, 50, SELF), nowNs);
        assertEagerInTheCommonTree(0, 1, 2);
        gossip(0, 2, 0, 1002);
        effects.take();
        gossip(1, 2, 0, 1002);
        expect("prune 1 m2 r0 root 0");
        gossip(0, 3, 0, 1003);
        assertFalse(plumtree.isEager(1003, 1), "counted anew");
    }

    @Test
    void shouldPreferALinkOfFewerHopsToTheFirstArrivalInTheCommonTree() {
        options.hopCostNs(10 * MS);
        start(nodes(10, 20, 30), nodes());
        gossip(0, 1, 5, 1001);
        effects.take();
        pass(19);
        gossip(1, 1, 3, 1001);
        expect("adopt 1 m1 r3 root 0", "prune 0 m1 r3 root 0");
        assertEagerInTheCommonTree(1, 2);
        // Our push to it has crossed its own, so it prunes us before it hears that the link stays.
        prune(1, 1, Roots.COMMON_TREE);
        assertEagerInTheCommonTree(1, 2);
        pass(1);
        gossip(2, 1, 3, 1001);
        expect("prune 2 m1 r3 root 0");
        assertEagerInTheCommonTree(1);
    }

    @Test
    void shouldPruneALinkOfFewerHopsThatIsTooLate() {
        options.hopCostNs(10 * MS);
        start(nodes(10, 20), nodes());
        gossip(0, 1, 5, 1001);
        effects.take();
        pass(20);
        gossip(1, 1, 3, 1001);
        expect("prune 1 m1 r3 root 0");
        assertEagerInTheCommonTree(0);
    }

    @Test
    void shouldKeepALinkInTheCommonTreeWhoseOtherEndHasChosenIt() {
        start(nodes(10, 20), nodes());
        gossip(0, 1, 2, 1001);
        gossip(1, 1, 5, 1001);
        assertEagerInTheCommonTree(0);
        effects.take();
        buffer.putLong(0, 1);
        plumtree.onControl(ControlMessage.ADOPT, 1, Messages.key(Roots.COMMON_TREE, 2, 0, buffer, 8), nowNs);
        expect();
        assertEagerInTheCommonTree(0, 1);
    }

    @Test
    void shouldIgnoreThePruneForAMessageOfARootWhoseShapingAnotherHasTakenOver() {
        start(nodes(10, 20, 30), nodes());
        gossip(0, 1, 0, 1002);
        gossip(1, 1, 0, 1002);
        assertEagerInTheCommonTree(0, 2);
        gossip(0, 2, 0, 1001);
        assertEagerInTheCommonTree(0, 1, 2);
        prune(2, 1, Roots.COMMON_TREE);
        assertEagerInTheCommonTree(0, 1, 2);
        prune(2, 2, Roots.COMMON_TREE);
        assertEagerInTheCommonTree(0, 1);
    }
}
