package io.plumtree.transport.aeron;

import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;

/**
 * How an embedded driver's thread sleeps, and for how long at most: the driver has timers that it tells nobody of. Its
 * heartbeats, status messages and time-outs bear to be late by a part of their periods. What bears no delay is the
 * search for what was lost, which begins some 100 us after data has come and goes on until it is there.
 *
 * <p>For the driver's thread, but for {@link #wakeUp()}. Outlives drivers: a transport has one.
 */
final class DriverSleep implements AutoCloseable {
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** For how many short sleeps after data was asked for again the next request may be due. */
    private static final int SLEEPS_PER_LOSS = 50;

    private final DatagramSelector selector;
    private final long maxSleepNs;
    private int shortSleeps;

    DriverSleep(final AeronTransportOptions options) {
        this.selector = DatagramSelector.open();
        this.maxSleepNs = Math.min(options.statusMessageIntervalNs(), options.timerIntervalNs()) / 2;
    }

    /** Adds an open socket. */
    void add(final DatagramChannel channel, final DatagramSelector.Sleeper sleeper) {
        if (selector != null) {
            selector.add(channel, sleeper);
        }
    }

    void releaseClosed() {
        if (selector != null) {
            selector.releaseClosed();
        }
    }

    /** Data has come, and may not be what was next. */
    void onData() {
        if (shortSleeps == 0) {
            shortSleeps = 1;
        }
    }

    /** Data is missing, and has been asked for. */
    void onLoss() {
        shortSleeps = SLEEPS_PER_LOSS;
    }

    /**
     * Sleeps until there is a datagram or a call.
     *
     * @param timeoutNs how long at most.
     * @return false if that can't be done.
     */
    boolean await(final long timeoutNs) {
        // An interrupted thread is not to sleep, and a selector would not let it.
        if (selector == null || Thread.currentThread().isInterrupted()) {
            return false;
        }
        if (shortSleeps > 0) {
            shortSleeps--;
            return selector.await(Math.min(timeoutNs, SHORT_NS));
        }
        return selector.await(Math.min(timeoutNs, maxSleepNs));
    }

    /** Any thread. */
    void wakeUp() {
        if (selector != null) {
            selector.wakeUp();
        }
    }

    @Override
    public void close() {
        if (selector != null) {
            selector.close();
        }
    }
}
