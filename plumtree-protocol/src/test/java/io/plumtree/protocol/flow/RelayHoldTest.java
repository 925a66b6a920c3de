package io.plumtree.protocol.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.protocol.ProtocolCounter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RelayHoldTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private int passed;
    private final RelayHold hold = new RelayHold(20 * MS, this::count, 3);

    private void count(final ProtocolCounter counter) {
        assertEquals(ProtocolCounter.RELAYS_PASSED, counter);
        passed++;
    }

    private static boolean passes(final RelayHold hold, final int from, final long nowNs) {
        hold.onHeldBack(from, nowNs);
        if (hold.mayPass(from, nowNs)) {
            hold.onPassed();
            return true;
        }
        return false;
    }

    @Test
    void shouldHaveRelaysWaitForAWhileAndThenPass() {
        assertFalse(passes(hold, 1, 0));
        assertFalse(passes(hold, 1, 19 * MS));
        assertTrue(passes(hold, 1, 20 * MS));
        assertTrue(passes(hold, 1, 21 * MS));
        assertEquals(2, passed);
    }

    @Test
    void shouldHaveThemWaitAnewOnceOneNeedNot() {
        passes(hold, 1, 0);
        passes(hold, 1, 20 * MS);
        hold.onFree(1);
        assertFalse(passes(hold, 1, 21 * MS));
        assertFalse(passes(hold, 1, 40 * MS));
        assertTrue(passes(hold, 1, 41 * MS));
    }

    @Test
    void shouldTimeEachSenderByItself() {
        passes(hold, 1, 0);
        passes(hold, 2, 10 * MS);
        hold.onFree(0);
        assertTrue(passes(hold, 1, 20 * MS));
        assertFalse(passes(hold, 2, 20 * MS));
    }

    @Test
    void shouldHoldOnlyWhileSomethingWaits() {
        assertFalse(hold.isHolding(1, 0));
        passes(hold, 1, 0);
        assertTrue(hold.isHolding(1, 19 * MS));
        assertFalse(hold.isHolding(2, 19 * MS));
        assertFalse(hold.isHolding(1, 20 * MS));
        passes(hold, 2, 20 * MS);
        hold.onFree(2);
        assertFalse(hold.isHolding(2, 20 * MS));
    }

    @Test
    void shouldHoldNothingWhereRelaysDoNotWait() {
        final RelayHold none = new RelayHold(0, this::count, 3);
        assertTrue(passes(none, 1, 0));
        assertFalse(none.isHolding(1, 0));
        assertEquals(1, passed);
    }
}
