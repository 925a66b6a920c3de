package io.plumtree.simulator;

/** Times by tenths of a millisecond, up to a minute; longer ones count as a minute. */
final class LatencyRecord {
    private static final long SLOT_NS = 100_000;
    private static final int SLOTS = 600_000;
    private static final int SLOTS_PER_MS = 10;

    private final long[] counts = new long[SLOTS];
    private long total;
    private long maxNs;

    void add(final long latencyNs) {
        counts[(int) Math.min(SLOTS - 1, latencyNs / SLOT_NS)]++;
        maxNs = Math.max(maxNs, latencyNs);
        total++;
    }

    long total() {
        return total;
    }

    double maxMs() {
        return maxNs / 1e6;
    }

    /** The time within which a share of them is; 0 if there are none. */
    double percentileMs(final double share) {
        final long rank = (long) Math.ceil(share * total);
        long sum = 0;
        for (int slot = 0; slot < SLOTS && total > 0; slot++) {
            sum += counts[slot];
            if (sum >= rank) {
                return (slot + 0.5) / SLOTS_PER_MS;
            }
        }
        return 0;
    }

    long[] byMilliseconds() {
        int end = SLOTS;
        while (end > 0 && counts[end - 1] == 0) {
            end--;
        }
        final long[] result = new long[(end + SLOTS_PER_MS - 1) / SLOTS_PER_MS];
        for (int slot = 0; slot < end; slot++) {
            result[slot / SLOTS_PER_MS] += counts[slot];
        }
        return result;
    }
}
