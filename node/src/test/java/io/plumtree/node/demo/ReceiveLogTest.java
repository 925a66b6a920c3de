package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiveLogTest {
    private final ReceiveLog log = new ReceiveLog();

    private void receive(final String root, final long sequence, final long nowNs) {
        log.onMessage(root, sequence, 10, nowNs);
    }

    @Test
    void shouldKeepRootsApart() {
        receive("a", 1, 100);
        receive("b", 1, 200);
        receive("b", 2, 300);
        assertEquals(1, log.roots().get("a").received());
        assertEquals(2, log.roots().get("b").highest());
        assertEquals(3, log.latencies().values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void shouldCountWhatIsGivenAgainAndNotTakeItForADelivery() {
        receive("a", 1, 100);
        receive("a", 1, 900);
        receive("a", 2, 1_000);
        final RootStatus status = log.roots().get("a");
        assertEquals(1, status.repeated());
        assertEquals(2, status.received());
        assertEquals(900, status.longestGapNs());
    }

    @Test
    void shouldMeasureTheLongestGapFromTheMarkOnWithTheOneThatIsOpenThen() {
        receive("a", 1, 100);
        receive("a", 2, 5_100);
        log.mark();
        assertEquals(0, log.roots().get("a").longestGapNs());
        receive("a", 3, 8_100);
        receive("a", 4, 8_200);
        assertEquals(3_000, log.roots().get("a").longestGapNs());
        assertEquals(List.of(new SequenceRanges.Range(1, 4)), log.roots().get("a").ranges());
    }
}
