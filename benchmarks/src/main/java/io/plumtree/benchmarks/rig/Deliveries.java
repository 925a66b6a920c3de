package io.plumtree.benchmarks.rig;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * What has been delivered where, and how long after its intended time. Each node's deliveries are told on its own
 * thread; counts may be read by any, histograms once these threads have ended.
 */
final class Deliveries {
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;
    /** Messages that can be on their way at once, for the last delivery of each to be told. */
    private static final int WINDOW = 1 << 20;
    /** Counts of different threads are this far apart: two cache lines. */
    private static final int STRIDE = 16;

    private final int nodes;
    private final boolean isTimed;
    private final AtomicLongArray counts;
    private final AtomicIntegerArray expected;
    private final long[] lastNs;
    private final long[] longestGapNs;
    private final Histogram[] each;
    private final Histogram[] last;
    private volatile long firstMeasured = Long.MAX_VALUE;
    private volatile int receivers;

    /** For so many nodes; without times, only counts are kept, at less cost. */
    Deliveries(final int nodes, final boolean isTimed) {
        this.nodes = nodes;
        this.isTimed = isTimed;
        receivers = nodes - 1;
        counts = new AtomicLongArray(nodes * STRIDE);
        expected = new AtomicIntegerArray(isTimed ? WINDOW : 0);
        lastNs = new long[nodes * STRIDE];
        longestGapNs = new long[nodes * STRIDE];
        each = new Histogram[nodes];
        last = new Histogram[nodes];
        for (int node = 0; node < nodes; node++) {
            each[node] = new Histogram(LONGEST_NS, DIGITS);
            last[node] = new Histogram(LONGEST_NS, DIGITS);
        }
    }

    /** Times are kept of messages from this one on. */
    void measureFrom(final long sequence) {
        firstMeasured = sequence;
    }

    /** One node fewer is going to have what is published from now on. */
    void expectOneFewer() {
        receivers--;
    }

    /** The root is about to send a message. */
    void onPublish(final long sequence) {
        if (isTimed) {
            expected.setPlain((int) sequence & WINDOW - 1, receivers);
        }
    }

    /** A node has a message, for the first time. */
    void onDelivery(final int node, final long sequence, final long intendedNs) {
        final int index = node * STRIDE;
        counts.setRelease(index, counts.getPlain(index) + 1);
        if (isTimed) {
            final boolean isLast = expected.decrementAndGet((int) sequence & WINDOW - 1) == 0;
            if (sequence >= firstMeasured) {
                final long nowNs = System.nanoTime();
                final long latencyNs = Math.min(LONGEST_NS, Math.max(0, nowNs - intendedNs));
                each[node].recordValue(latencyNs);
                if (isLast) {
                    last[node].recordValue(latencyNs);
                }
                if (lastNs[index] != 0) {
                    longestGapNs[index] = Math.max(longestGapNs[index], nowNs - lastNs[index]);
                }
                lastNs[index] = nowNs;
            }
        }
    }

    /** Deliveries at a node. */
    long count(final int node) {
        return counts.getAcquire(node * STRIDE);
    }

    /** Deliveries at all nodes. */
    long count() {
        long sum = 0;
        for (int node = 0; node < nodes; node++) {
            sum += count(node);
        }
        return sum;
    }

    /** The longest time between two deliveries at a node. */
    long longestGapNs(final int node) {
        return longestGapNs[node * STRIDE];
    }

    /** Times of all deliveries. */
    Histogram each() {
        return sum(each);
    }

    /** Times of each message's last delivery. */
    Histogram last() {
        return sum(last);
    }

    private static Histogram sum(final Histogram[] histograms) {
        final Histogram sum = new Histogram(LONGEST_NS, DIGITS);
        for (final Histogram histogram : histograms) {
            sum.add(histogram);
        }
        return sum;
    }
}
