package io.plumtree.node.demo;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts times by their logarithm, sixteen steps to each doubling, so that a percentile is exact to about 6 %. Adding
 * allocates nothing.
 */
final class LatencyHistogram {
    private static final int STEP_BITS = 4;
    private static final int STEPS = 1 << STEP_BITS;

    private final long[] counts = new long[STEPS * (Long.SIZE - STEP_BITS)];

    /** Adds a time; what is below 0, since clocks differ, counts as 0. */
    void add(final long timeNs) {
        counts[index(Math.max(0, timeNs))]++;
    }

    /** What has been counted, by bucket; only buckets that have something. */
    SortedMap<Integer, Long> buckets() {
        final SortedMap<Integer, Long> buckets = new TreeMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                buckets.put(i, counts[i]);
            }
        }
        return buckets;
    }

    /**
     * A percentile of buckets, which may be several histograms' together.
     *
     * @param buckets counts by bucket.
     * @param percent from 0 to 100.
     * @return the lower end of the bucket in which it lies, in nanoseconds; 0 if there is nothing.
     */
    static long percentileNs(final SortedMap<Integer, Long> buckets, final double percent) {
        final long total = buckets.values().stream().mapToLong(Long::longValue).sum();
        final long rank = Math.max(1, (long) Math.ceil(total * percent / 100));
        long seen = 0;
        for (final var bucket : buckets.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return lowestNs(bucket.getKey());
            }
        }
        return 0;
    }

    private static int index(final long timeNs) {
        if (timeNs < STEPS) {
            return (int) timeNs;
        }
        final int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(timeNs) - STEP_BITS;
        return (shift + 1) * STEPS + (int) (timeNs >>> shift) - STEPS;
    }

    private static long lowestNs(final int index) {
        if (index < STEPS) {
            return index;
        }
        final int shift = index / STEPS - 1;
        return (long) (STEPS + index % STEPS) << shift;
    }
}
