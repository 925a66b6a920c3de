package io.plumtree.benchmarks.rig;

/**
 * Has the root send messages, on its thread: at a fixed rate, of which each message keeps the time at which it was to
 * be sent, however late it is; or as fast as they are accepted.
 */
final class Publisher {
    private static final int BURST_LIMIT = 32;

    private final Nodes nodes;
    private final Deliveries deliveries;
    private final long periodNs;
    private final boolean isPaced;
    private long nextNs;
    private boolean wasRunning;
    private long published;
    private long refused;
    private volatile boolean isRunning;
    private volatile boolean isStopped = true;
    private volatile long publishedSoFar;

    /** At so many messages a second; 0 for as many as are accepted. */
    Publisher(final Nodes nodes, final Deliveries deliveries, final long rate) {
        this.nodes = nodes;
        this.deliveries = deliveries;
        this.isPaced = rate > 0;
        this.periodNs = isPaced ? 1_000_000_000L / rate : 0;
    }

    /** Begins; on any thread. */
    void start() {
        isStopped = false;
        isRunning = true;
    }

    /** Ends; on any thread. True once nothing more will be published. */
    boolean stop() {
        isRunning = false;
        return isStopped;
    }

    /** How many have been published, once it has stopped. */
    long published() {
        return publishedSoFar;
    }

    /** How often a message was refused, once it has stopped. */
    long refused() {
        return refused;
    }

    /** One duty cycle; on the root's thread. */
    int doWork() {
        if (!isRunning) {
            if (wasRunning) {
                wasRunning = false;
                publishedSoFar = published;
            }
            isStopped = true;
            return 0;
        }
        if (!wasRunning) {
            wasRunning = true;
            nextNs = System.nanoTime();
        }
        return isPaced ? paced() : unpaced();
    }

    private int paced() {
        final long nowNs = System.nanoTime();
        int sent = 0;
        while (sent < BURST_LIMIT && nowNs - nextNs >= 0 && publish(nextNs)) {
            nextNs += periodNs;
            sent++;
        }
        return sent;
    }

    private int unpaced() {
        int sent = 0;
        while (sent < BURST_LIMIT && publish(0)) {
            sent++;
        }
        return sent;
    }

    private boolean publish(final long intendedNs) {
        deliveries.onPublish(published);
        if (nodes.publish(published, intendedNs)) {
            published++;
            return true;
        }
        refused++;
        return false;
    }
}
