package io.plumtree.benchmarks.rig;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Has the root send messages, on its thread: at a fixed rate, of which each message keeps the time at which it was to
 * be sent, however late it is; or as fast as they are accepted.
 */
final class LoadGenerator {
    /** Most messages of a turn, so that the root has its own between. */
    static final int BURST_LIMIT = 32;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Nodes nodes;
    private final Deliveries deliveries;
    private final LongSupplier clockNs;
    private final long rate;
    private final AtomicLong published = new AtomicLong();
    private long startNs;
    private long sentSinceStart;
    private long refused;
    /** Odd while messages are to be sent. */
    private volatile int wanted;
    /** What was wanted when the root last had its turn. */
    private volatile int seen;

    /** At so many messages a second; 0 for as many as are accepted. */
    LoadGenerator(final Nodes nodes, final Deliveries deliveries, final long rate, final LongSupplier clockNs) {
        this.nodes = nodes;
        this.deliveries = deliveries;
        this.rate = rate;
        this.clockNs = clockNs;
    }

    private static boolean isRunning(final int state) {
        return (state & 1) == 1;
    }

    /** Begins; on the thread of whoever measures. */
    void start() {
        if (!isRunning(wanted)) {
            wanted = wanted + 1;
        }
    }

    /** Ends; on the same thread. True once nothing more will be published. */
    boolean stop() {
        if (isRunning(wanted)) {
            wanted = wanted + 1;
        }
        return seen == wanted;
    }

    /** How many have been published; on any thread. */
    long published() {
        return published.get();
    }

    /** How often a message was refused, once it has stopped. */
    long refused() {
        return refused;
    }

    /** One turn; on the root's thread. */
    int doWork() {
        final int state = wanted;
        if (state != seen && isRunning(state)) {
            startNs = clockNs.getAsLong();
            sentSinceStart = 0;
        }
        if (!isRunning(state) && nodes.isPublishing() && !publish(rate > 0 ? intendedNs() : 0)) {
            // What some have all are to get; only then no more is published.
            return 0;
        }
        seen = state;
        if (!isRunning(state)) {
            return 0;
        }
        return rate > 0 ? paced() : unpaced();
    }

    private int paced() {
        final long nowNs = clockNs.getAsLong();
        int sent = 0;
        while (sent < BURST_LIMIT && nowNs - intendedNs() >= 0 && publish(intendedNs())) {
            sentSinceStart++;
            sent++;
        }
        return sent;
    }

    /** When the next message is to be sent; without a rounding error that grows. */
    private long intendedNs() {
        return startNs + sentSinceStart / rate * SECOND_NS + sentSinceStart % rate * SECOND_NS / rate;
    }

    private int unpaced() {
        int sent = 0;
        while (sent < BURST_LIMIT && publish(0)) {
            sent++;
        }
        return sent;
    }

    private boolean publish(final long intendedNs) {
        final long sequence = published.getPlain();
        deliveries.onPublish(sequence);
        if (nodes.publish(sequence, intendedNs)) {
            published.setRelease(sequence + 1);
            return true;
        }
        refused++;
        return false;
    }
}
