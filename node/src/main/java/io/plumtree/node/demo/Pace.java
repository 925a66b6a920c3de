package io.plumtree.node.demo;

import java.util.concurrent.TimeUnit;

/** How fast this machine is at present, by what starts cost and answers take; how long to wait follows from it. */
final class Pace {
    /** A wave of starts should be over soon, so that the nodes that are up already are not held up for long. */
    private static final long WAVE_NS = TimeUnit.SECONDS.toNanos(2);
    /** What a start takes where the usual limits are ample. */
    private static final long USUAL_START_NS = TimeUnit.SECONDS.toNanos(1);
    /** What the slowest answer takes where the usual limits are ample. */
    private static final long USUAL_ANSWER_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Limits grow so many times at most: else, each answer just within the limit would make way for a later one. */
    private static final double MOST_SLOWNESS = 6;

    private final int cores;
    private long startNs = USUAL_START_NS;
    private long slowestStartNs;
    private long slowestAnswerNs;

    Pace(final int cores) {
        this.cores = cores;
    }

    /**
     * Notes what some starts at the same time took.
     *
     * @param count       how many.
     * @param elapsedNs   from the first start until all were ready.
     * @param processorNs processor time of one of them; 0 if not known.
     */
    void onStarted(final int count, final long elapsedNs, final long processorNs) {
        startNs = Math.max(processorNs, elapsedNs * Math.min(cores, count) / count);
        slowestStartNs = Math.max(slowestStartNs, startNs);
    }

    /** Notes how long an answer took, less the time in which this process itself did not run. */
    void onAnswered(final long elapsedNs) {
        slowestAnswerNs = Math.max(slowestAnswerNs, elapsedNs);
    }

    /** How many of so many nodes to start at once. */
    int waveSize(final int left) {
        return (int) Math.max(1, Math.min(left, cores * WAVE_NS / Math.max(1, startNs)));
    }

    /** What a start takes, of one among as many as there are cores. */
    long startNs() {
        return startNs;
    }

    /**
     * How long to wait here for what should be over in some time on a usual machine: never shorter than that.
     *
     * @param usualNs the limit where a start takes a second at most.
     * @return the limit here.
     */
    long limitNs(final long usualNs) {
        final double slowness = Math.max(1, Math.max((double) slowestStartNs / USUAL_START_NS,
            (double) slowestAnswerNs / USUAL_ANSWER_NS));
        return (long) (usualNs * Math.min(MOST_SLOWNESS, slowness));
    }
}
