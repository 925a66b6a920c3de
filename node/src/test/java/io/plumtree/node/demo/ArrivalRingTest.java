package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrivalRingTest {
    private static final Map<Long, String> NAMES = Map.of(1L, "a", 2L, "b");

    private final ArrivalRing ring = new ArrivalRing(4);

    private static List<SequenceRanges.Range> range(final long first, final long last) {
        return List.of(new SequenceRanges.Range(first, last));
    }

    @Test
    void shouldGiveWhatCameLastByRoot() {
        for (long sequence = 1; sequence <= 3; sequence++) {
            ring.add(1, sequence);
            ring.add(2, sequence);
        }
        assertEquals(6, ring.count());
        assertEquals(Map.of("a", range(2, 3), "b", range(2, 3)), ring.without(0, NAMES));
        assertEquals(Map.of("a", range(3, 3), "b", range(3, 3)), ring.without(4, NAMES));
        assertEquals(Map.of(), ring.without(6, NAMES));
    }
}
