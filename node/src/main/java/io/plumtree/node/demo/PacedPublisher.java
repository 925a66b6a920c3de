package io.plumtree.node.demo;

import io.plumtree.api.BroadcastResult;
import io.plumtree.handlers.pubsub.Publisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes at a steady rate, or as fast as the node takes it, until it is stopped; catches up when it was held up.
 * Runs on a thread of its own.
 */
final class PacedPublisher implements Runnable {
    private static final long BACK_PRESSURE_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Publisher publisher;
    private final EpochNanoClock clock;
    private final long self;
    private final UnsafeBuffer message;
    /** How many were published before, by an earlier life of the node, or by this one. */
    private volatile long published;
    private volatile long backPressured;
    private volatile boolean isStopping;
    private double intervalNs;
    private Thread thread;

    /**
     * A publisher that stands still.
     *
     * @param publisher     where messages go.
     * @param clock         gives the intended time of sending.
     * @param self          {@link io.plumtree.api.NodeId#value()} of this node.
     * @param payloadLength bytes a message.
     */
    PacedPublisher(final Publisher publisher, final EpochNanoClock clock, final long self, final int payloadLength) {
        this.publisher = publisher;
        this.clock = clock;
        this.self = self;
        this.message = new UnsafeBuffer(new byte[payloadLength]);
    }

    /** Starts to publish so many messages a second; goes on behind a number, which an earlier life has come to. */
    synchronized void start(final double rate, final long after) {
        if (thread != null) {
            throw new IllegalStateException("publishing already");
        }
        published(Math.max(published, after));
        intervalNs = TimeUnit.SECONDS.toNanos(1) / rate;
        isStopping = false;
        thread = new Thread(this, "demo-publisher");
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts to publish without end: only a node that takes no more for the time being holds it up. */
    void flood() {
        start(Double.POSITIVE_INFINITY, 0);
    }

    /** Ends publishing; on return nothing more will be published. */
    synchronized void stop() throws InterruptedException {
        isStopping = true;
        if (thread != null) {
            thread.join();
            thread = null;
        }
    }

    /** How many messages have been taken by the node; their sequence numbers are 1 to this. */
    long published() {
        return published;
    }

    /** How often the node took no message for the time being. */
    long backPressured() {
        return backPressured;
    }

    @Override
    public void run() {
        final long startNs = System.nanoTime();
        final long startEpochNs = clock.nanoTime();
        long count = 0;
        while (!isStopping) {
            final long dueNs = (long) (count * intervalNs);
            final long aheadNs = dueNs - (System.nanoTime() - startNs);
            if (aheadNs > 0) {
                LockSupport.parkNanos(Math.min(aheadNs, MAX_PARK_NS));
            } else if (publish(intervalNs == 0 ? clock.nanoTime() : startEpochNs + dueNs)) {
                count++;
            } else {
                return;
            }
        }
    }

    private boolean publish(final long intendedEpochNs) {
        DemoMessage.encode(message, self, published + 1, intendedEpochNs);
        while (true) {
            final long result = publisher.publish(message, 0, message.capacity());
            if (result >= 0) {
                published(published + 1);
                return true;
            }
            if (result != BroadcastResult.BACK_PRESSURED || isStopping) {
                return false;
            }
            backPressured(backPressured + 1);
            LockSupport.parkNanos(BACK_PRESSURE_PARK_NS);
        }
    }

    private void published(final long count) {
        published = count;
    }

    private void backPressured(final long count) {
        backPressured = count;
    }
}
