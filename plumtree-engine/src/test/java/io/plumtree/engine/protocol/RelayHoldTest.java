package io.plumtree.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayHoldTest {
    private static final long STEP_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final ProtocolCounters counters = new ProtocolCounters();
    private final RelayHold hold = new RelayHold(counters);

    @Test
    void shouldHaveTheFirstWait() {
        assertFalse(hold.mayPass(1, 0));
        assertFalse(hold.mayPass(1, 4 * STEP_NS));
    }

    /** Half a millisecond for each message, whether they travel alone or as one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20})
    void shouldLetTwoThousandMessagesASecondPass(final int messageCount) {
        int passed = 0;
        for (long nowNs = 0; nowNs < TimeUnit.SECONDS.toNanos(1); nowNs += STEP_NS) {
            passed += hold.mayPass(messageCount, nowNs) ? messageCount : 0;
        }
        assertEquals(2_000, passed, messageCount);
        assertEquals(passed / messageCount, counters.get(ProtocolCounter.RELAYS_PASSED));
    }
}
