package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void shouldGivePercentilesToWithinASixteenth() {
        for (long i = 1; i <= 100_000; i++) {
            histogram.add(i * 1_000);
        }
        for (final double percent : new double[] {0.1, 1, 50, 90, 99, 99.9, 100}) {
            final double exact = percent * 1_000_000;
            final long found = LatencyHistogram.percentileNs(histogram.buckets(), percent);
            assertTrue(found <= exact && found > exact * 15 / 16, percent + " %: " + found + " for " + exact);
        }
    }

    @Test
    void shouldKeepSmallAndExtremeTimes() {
        histogram.add(-5);
        histogram.add(0);
        histogram.add(7);
        histogram.add(Long.MAX_VALUE);
        assertEquals(0, LatencyHistogram.percentileNs(histogram.buckets(), 50));
        assertEquals(7, LatencyHistogram.percentileNs(histogram.buckets(), 75));
        assertTrue(LatencyHistogram.percentileNs(histogram.buckets(), 100) > Long.MAX_VALUE / 16 * 15);
    }

    @Test
    void shouldHaveNothingToSayOfNothing() {
        assertEquals(0, LatencyHistogram.percentileNs(new TreeMap<>(), 50));
    }
}
