package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RelayHoldTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ProtocolCounters counters = new ProtocolCounters();
    private final RelayHold hold = new RelayHold(20 * MS, counters, 3);

    @Test
    void shouldHaveRelaysWaitForAWhileAndThenPass() {
        assertFalse(hold.mayPass(1, 0));
        assertFalse(hold.mayPass(1, 19 * MS));
        assertTrue(hold.mayPass(1, 20 * MS));
        assertTrue(hold.mayPass(1, 21 * MS));
        assertEquals(2, counters.get(ProtocolCounter.RELAYS_PASSED));
    }

    @Test
    void shouldHaveThemWaitAnewOnceOneNeedNot() {
        hold.mayPass(1, 0);
        hold.mayPass(1, 20 * MS);
        hold.onFree(1);
        assertFalse(hold.mayPass(1, 21 * MS));
        assertFalse(hold.mayPass(1, 40 * MS));
        assertTrue(hold.mayPass(1, 41 * MS));
    }

    @Test
    void shouldTimeEachSenderByItself() {
        hold.mayPass(1, 0);
        hold.mayPass(2, 10 * MS);
        hold.onFree(0);
        assertTrue(hold.mayPass(1, 20 * MS));
        assertFalse(hold.mayPass(2, 20 * MS));
    }

    @Test
    void shouldHoldOnlyWhileSomethingWaits() {
        assertFalse(hold.isHolding(1, 0));
        hold.mayPass(1, 0);
        assertTrue(hold.isHolding(1, 19 * MS));
        assertFalse(hold.isHolding(2, 19 * MS));
        assertFalse(hold.isHolding(1, 20 * MS));
        hold.mayPass(2, 20 * MS);
        hold.onFree(2);
        assertFalse(hold.isHolding(2, 20 * MS));
    }

    @Test
    void shouldHoldNothingWhereRelaysDoNotWait() {
        final RelayHold none = new RelayHold(0, counters, 3);
        assertTrue(none.mayPass(1, 0));
        assertFalse(none.isHolding(1, 0));
        assertEquals(1, counters.get(ProtocolCounter.RELAYS_PASSED));
    }
}
