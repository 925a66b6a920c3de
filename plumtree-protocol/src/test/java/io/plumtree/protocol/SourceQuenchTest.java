package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits in vain tells the root to slow down. */
class SourceQuenchTest extends PlumtreeFixture {
    private static final long STRANGER = 77;

    /** Peer 1 is blocked; two roots have trees. */
    private void blocked() {
        options.sharedTreeMessages(0);
        start(nodes(10, 20), nodes(30));
        gossip(0, 101, 1, 30);
        gossip(3, 102, 1, STRANGER);
        effects.take();
        effects.blocked.add(1);
        effects.refusing.add(1);
    }

    @Test
    void shouldTellTheRootOnceAPayloadHasWaitedInVain() {
        blocked();
        assertFalse(gossip(0, 1, 1, 30));
        pass(19);
        assertFalse(gossip(0, 1, 1, 30));
        expect();
        pass(1);
        assertTrue(gossip(0, 1, 1, 30));
        assertTrue(effects.stored.contains(1L));
        expect("quench 2 root 30");
        assertEquals(1, count(ProtocolCounter.QUENCHES));
        assertEquals(1, count(ProtocolCounter.RELAYS_PASSED));
        assertEquals(1, count(ProtocolCounter.PUSHES_DEFERRED));
        effects.refusing.clear();
        lazyTick();
        assertTrue(effects.take().contains("ihave 1 m1 r2 root 30"));
    }

    @Test
    void shouldHaveOnlyTheSenderWaitWhosePayloadsCanNotBePassedOn() {
        blocked();
        assertFalse(gossip(0, 1, 1, 30));
        assertTrue(gossip(1, 2, 1, 30), "that is for others than the blocked one");
    }

    @Test
    void shouldHaveASenderWhoseLinkCameUpAgainWaitAnew() {
        blocked();
        assertFalse(gossip(0, 1, 1, 30));
        pass(10);
        plumtree.onLinkDown(0, nowNs);
        plumtree.onLinkUp(0, nowNs);
        pass(10);
        assertFalse(gossip(0, 1, 1, 30));
        pass(20);
        assertTrue(gossip(0, 1, 1, 30));
    }

    @Test
    void shouldTellARootSeldom() {
        blocked();
        gossip(0, 1, 1, 30);
        pass(20);
        assertTrue(gossip(0, 1, 1, 30));
        assertTrue(gossip(0, 2, 1, 30));
        expect("quench 2 root 30");
        pass(9);
        assertTrue(gossip(0, 3, 1, 30));
        expect();
        pass(2);
        assertTrue(gossip(0, 4, 1, 30));
        expect("quench 2 root 30");
    }

    @Test
    void shouldTellTheSenderWhereTheRootIsOutOfReach() {
        blocked();
        plumtree.onLinkDown(2, nowNs);
        effects.take();
        gossip(0, 1, 1, 30);
        gossip(3, 2, 1, STRANGER);
        pass(20);
        assertTrue(gossip(0, 1, 1, 30));
        assertTrue(gossip(3, 2, 1, STRANGER));
        assertEquals(
            List.of("quench 0 root 30", "quench 3 root " + STRANGER),
            effects.take().stream().filter(effect -> effect.startsWith("quench")).toList());
    }

    @Test
    void shouldTryAgainWhereTheQuenchWasRefused() {
        blocked();
        effects.refusing.add(2);
        gossip(0, 1, 1, 30);
        pass(20);
        assertTrue(gossip(0, 1, 1, 30));
        assertEquals(0, count(ProtocolCounter.QUENCHES));
        effects.refusing.remove(2);
        assertTrue(gossip(0, 2, 1, 30));
        assertEquals(1, count(ProtocolCounter.QUENCHES));
    }

    @Test
    void shouldPassAQuenchOnToTheParentInTheRootsTree() {
        options.sharedTreeMessages(0).pruneGraceNs(100 * MS);
        start(nodes(10, 20), nodes(30));
        gossip(0, 1, 1, STRANGER);
        effects.take();
        plumtree.onQuench(1, STRANGER, 0, nowNs);
        expect("quench 0 root " + STRANGER);
        plumtree.onQuench(3, STRANGER, 0, nowNs);
        expect();
        pass(10);
        plumtree.onQuench(0, STRANGER, 0, nowNs);
        expect();
        assertEquals(3, count(ProtocolCounter.QUENCHES_RECEIVED));
    }

    @Test
    void shouldDropAQuenchOfARootThatNobodyKnows() {
        start(nodes(10, 20), nodes(30));
        plumtree.onQuench(1, STRANGER, 0, nowNs);
        expect();
        assertEquals(0, count(ProtocolCounter.QUENCHES));
    }

    @Test
    void shouldBroadcastLessWhenToldToSlowDown() {
        start(nodes(10, 20), nodes(30));
        for (int id = 0; id < 10; id++) {
            assertTrue(plumtree.onBroadcastDue(0, nowNs));
            broadcast(id);
        }
        plumtree.onQuench(1, SELF, 0, nowNs);
        assertFalse(plumtree.onBroadcastDue(0, nowNs));
        pass(10);
        for (int id = 10; id < 15; id++) {
            assertTrue(plumtree.onBroadcastDue(0, nowNs));
            broadcast(id);
        }
        assertFalse(plumtree.onBroadcastDue(0, nowNs));
        expectNoQuench();
    }

    private void expectNoQuench() {
        assertEquals(0, effects.take().stream().filter(effect -> effect.startsWith("quench")).count());
    }
}
