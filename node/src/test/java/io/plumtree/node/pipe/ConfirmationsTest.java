package io.plumtree.node.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmationsTest {
    private final NodeId a = NodeId.of("a");
    private final NodeId b = NodeId.of("b");
    private final Confirmations confirmations = new Confirmations();

    ConfirmationsTest() {
        confirmations.add(a);
        confirmations.add(b);
    }

    @Test
    void shouldWaitForNobodyWhoNeverConfirmed() {
        assertTrue(confirmations.isConfirmed(7));
        assertFalse(confirmations.hasPart(a));
        assertEquals(0, confirmations.count());
    }

    @Test
    void shouldWaitForAllWhoEverConfirmed() {
        confirmations.onConfirm(a.value(), 1);
        confirmations.onConfirm(b.value(), 3);
        assertFalse(confirmations.isConfirmed(3));
        assertEquals(List.of(a), confirmations.missing(3));
        confirmations.onConfirm(a.value(), 4);
        assertTrue(confirmations.isConfirmed(3));
        assertEquals(List.of(), confirmations.missing(3));
    }

    @Test
    void shouldNotGoBackWhenAnswersOvertakeEachOther() {
        confirmations.onConfirm(a.value(), 3);
        confirmations.onConfirm(a.value(), 2);
        assertTrue(confirmations.isConfirmed(3));
    }

    @Test
    void shouldNotWaitForAPeerThatIsDownUntilItConfirmsAgain() {
        confirmations.onConfirm(a.value(), 1);
        confirmations.exclude(a);
        assertTrue(confirmations.isConfirmed(2));
        confirmations.onConfirm(a.value(), 1);
        assertFalse(confirmations.isConfirmed(2));
        confirmations.exclude(a);
        assertTrue(confirmations.isConfirmed(2));
    }

    @Test
    void shouldIgnoreStrangers() {
        confirmations.onConfirm(NodeId.of("stranger").value(), 1);
        assertEquals(0, confirmations.count());
    }

    @Test
    void shouldCountProgressOverAllPeers() {
        confirmations.onConfirm(a.value(), 2);
        confirmations.onConfirm(b.value(), 3);
        assertEquals(5, confirmations.progress());
    }
}
