package io.plumtree.protocol;

/** A delay, estimated by its mean and its mean deviation, as TCP does it (RFC 6298). */
final class DelayEstimate {
    private static final long NO_SAMPLE = -1;
    private static final int MEAN_SHIFT = 3;
    private static final int DEVIATION_SHIFT = 2;

    private long meanNs = NO_SAMPLE;
    private long deviationNs;

    void reset() {
        meanNs = NO_SAMPLE;
    }

    void sample(final long delayNs) {
        if (meanNs == NO_SAMPLE) {
            meanNs = delayNs;
            deviationNs = delayNs / 2;
        } else {
            final long errorNs = delayNs - meanNs;
            deviationNs += Math.abs(errorNs) - deviationNs >> DEVIATION_SHIFT;
            meanNs += errorNs >> MEAN_SHIFT;
        }
    }

    /** Mean and four mean deviations, within bounds; the upper one as long as there is no sample. */
    long timeoutNs(final long minNs, final long maxNs) {
        return meanNs == NO_SAMPLE ? maxNs : Math.min(maxNs, Math.max(minNs, meanNs + 4 * deviationNs));
    }
}
