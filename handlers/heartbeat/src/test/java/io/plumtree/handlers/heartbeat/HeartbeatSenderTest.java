package io.plumtree.handlers.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.BroadcastResult;
import io.plumtree.handlers.testkit.TestMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatSenderTest {
    private static TestMessage own(final long sequence) {
        return Fixture.heartbeat("self", Fixture.INCARNATION, sequence);
    }

    @Test
    void shouldBroadcastNothingUnlessEnabled() {
        final Fixture fixture = new Fixture();
        for (int i = 0; i < 100; i++) {
            fixture.advanceS(10);
        }
        assertEquals(List.of(), fixture.node.broadcasts());
        assertEquals(0, fixture.node.counter("sent"));
        assertTrue(fixture.merge("other", 1, 1), "but those of others are taken in, and passed on");
    }

    @Test
    void shouldBroadcastOneHeartbeatInEachInterval() {
        final Fixture fixture = new Fixture("enabled", "true");
        fixture.advanceS(9);
        assertEquals(List.of(), fixture.node.broadcasts());
        fixture.advanceS(1);
        assertEquals(List.of(own(1)), fixture.node.broadcasts());
        fixture.advanceS(9);
        assertEquals(1, fixture.node.broadcasts().size());
        fixture.advanceS(1);
        assertEquals(List.of(own(1), own(2)), fixture.node.broadcasts());
        assertEquals(2, fixture.node.counter("sent"));
        assertEquals("1000/2", fixture.lastHeard("self"));
        assertFalse(fixture.node.merge(own(2)), "its own that come back are not new");
    }

    @Test
    void shouldKeepItsPaceWhenHousekeepingIsLate() {
        final Fixture fixture = new Fixture("enabled", "true");
        fixture.advanceS(14);
        fixture.advanceS(6);
        assertEquals(List.of(own(1), own(2)), fixture.node.broadcasts(), "at 14 s and 20 s");
    }

    @Test
    void shouldNotMakeUpForAPause() {
        final Fixture fixture = new Fixture("enabled", "true");
        fixture.advanceS(1_000);
        fixture.advanceS(1);
        fixture.advanceS(8);
        assertEquals(List.of(own(1)), fixture.node.broadcasts());
        fixture.advanceS(1);
        assertEquals(List.of(own(1), own(2)), fixture.node.broadcasts());
    }

    @Test
    void shouldTryAgainSoonWhenTheRingIsFull() {
        final Fixture fixture = new Fixture("enabled", "true");
        fixture.node.claimResult(BroadcastResult.BACK_PRESSURED);
        fixture.advanceS(10);
        fixture.advanceS(1);
        assertEquals(2, fixture.node.counter("back-pressured"));
        assertEquals(List.of(), fixture.node.broadcasts());
        fixture.node.claimResult(0);
        fixture.advanceS(1);
        assertEquals(List.of(own(1)), fixture.node.broadcasts());
        fixture.advanceS(8);
        assertEquals(List.of(own(1), own(2)), fixture.node.broadcasts(), "the next one comes when it would have come");
    }

    @Test
    void shouldRefuseWhatApplicationsBroadcast() {
        assertNull(new Fixture("enabled", "true").node.broadcast(new byte[] {1}));
    }
}
