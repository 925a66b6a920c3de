package io.plumtree.transport.aeron;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * How the thread of the driver's that looks names up waits for the next: longer and longer, until it is told that
 * there may be one. Aeron's own way wakes it 900 times a second, whether or not a name is ever looked up.
 */
final class ExecutorIdle implements IdleStrategy {
    private static final long MIN_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(256);

    private volatile Thread thread;
    private volatile boolean isCalled;
    private long parkNs = MIN_PARK_NS;

    /** There may be something to do soon. Any thread. */
    void wakeUp() {
        if (!isCalled) {
            isCalled = true;
            // Null is no thread.
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void idle(final int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        if (thread == null) {
            thread = Thread.currentThread();
        }
        if (isCalled) {
            isCalled = false;
            reset();
        }
        LockSupport.parkNanos(this, parkNs);
        parkNs = Math.min(2 * parkNs, MAX_PARK_NS);
    }

    @Override
    public void reset() {
        parkNs = MIN_PARK_NS;
    }

    @Override
    public String alias() {
        return "executor";
    }
}
