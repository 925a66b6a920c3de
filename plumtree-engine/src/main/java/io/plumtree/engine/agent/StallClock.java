package io.plumtree.engine.agent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Knows for how long the process has stood still: stopped, starved, or in a pause of the JVM. A thread that has nothing
 * to do but to wake from time to time wakes late then, which whoever was in a callback meanwhile is not to blame for.
 * One thread for all nodes of a JVM, as long as there are any. Any thread asks.
 */
final class StallClock {
    /** Of this JVM. */
    static final StallClock PROCESS = new StallClock();

    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Waking is late by so much on a busy machine, too. */
    private static final long TOLERANCE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private int users;
    private volatile Thread thread;
    /** Written by the thread alone. */
    private volatile long stalledNs;
    /** When the thread wakes next. Written after what the last time came to. */
    private volatile long dueNs;

    private StallClock() {
    }

    /** Goes on for one more. */
    synchronized void acquire() {
        if (users == 0) {
            dueNs = System.nanoTime() + PERIOD_NS;
            thread = new Thread(this::run, "plumtree-stalls");
            thread.setDaemon(true);
            thread.start();
        }
        // Not where there is no thread to be had.
        users++;
    }

    /** Goes on for one less. */
    synchronized void release() {
        if (--users == 0) {
            final Thread last = thread;
            thread = null;
            LockSupport.unpark(last);
        }
    }

    private boolean isWanted() {
        return thread == Thread.currentThread();
    }

    private void run() {
        while (isWanted()) {
            LockSupport.parkNanos(dueNs - System.nanoTime());
            wake(System.nanoTime());
        }
    }

    /** The thread is awake, in time or late. */
    private void wake(final long nowNs) {
        final long lateNs = nowNs - dueNs;
        if (lateNs > TOLERANCE_NS) {
            final long soFarNs = stalledNs;
            stalledNs = soFarNs + lateNs;
        }
        if (lateNs >= 0) {
            dueNs = nowNs + PERIOD_NS;
        }
    }

    /** For how long the process has stood still, all in all, a stall from which the thread has yet to wake included. */
    long stalledNs(final long nowNs) {
        final long lateNs = nowNs - dueNs;
        return stalledNs + (lateNs > TOLERANCE_NS ? lateNs : 0);
    }
}
