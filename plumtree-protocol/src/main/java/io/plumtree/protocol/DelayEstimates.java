package io.plumtree.protocol;

import java.util.Arrays;

/** Delays, each estimated by its mean and its mean deviation, as TCP does it (RFC 6298). */
final class DelayEstimates {
    private static final long NO_SAMPLE = -1;
    private static final int MEAN_SHIFT = 3;
    private static final int DEVIATION_SHIFT = 2;

    private final long[] meansNs;
    private final long[] deviationsNs;

    DelayEstimates(final int count) {
        meansNs = new long[count];
        deviationsNs = new long[count];
        Arrays.fill(meansNs, NO_SAMPLE);
    }

    void reset(final int index) {
        meansNs[index] = NO_SAMPLE;
    }

    void sample(final int index, final long delayNs) {
        if (meansNs[index] == NO_SAMPLE) {
            meansNs[index] = delayNs;
            deviationsNs[index] = delayNs / 2;
        } else {
            final long errorNs = delayNs - meansNs[index];
            deviationsNs[index] += Math.abs(errorNs) - deviationsNs[index] >> DEVIATION_SHIFT;
            meansNs[index] += errorNs >> MEAN_SHIFT;
        }
    }

    /** Mean and four mean deviations, within bounds; the upper one as long as there is no sample. */
    long timeoutNs(final int index, final long minNs, final long maxNs) {
        return meansNs[index] == NO_SAMPLE ? maxNs :
            Math.min(maxNs, Math.max(minNs, meansNs[index] + 4 * deviationsNs[index]));
    }
}
