package io.plumtree.transport.aeron;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;

/**
 * How an embedded driver's thread sleeps, and for how long at most: the driver has timers that it tells nobody of. Its
 * heartbeats, status messages and time-outs bear to be late by a part of their periods, and a sleep that begins with
 * them ends with the next. What bears no delay is the search for what was lost, which begins some 100 us after data has
 * come and goes on until it is there.
 *
 * <p>Where the system has no room for a selector or for a socket in it, the thread does not sleep any more, and backs
 * off.
 *
 * <p>For the driver's thread, but for {@link #wakeUp()}. Outlives drivers: a transport has one.
 */
final class DriverSleep implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(DriverSleep.class.getName());
    static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** For how many short sleeps after data was asked for again the next request may be due. */
    static final int SLEEPS_PER_LOSS = 50;

    /** Null where there can be none. */
    private final DatagramSelector selector;
    private final long maxSleepNs;
    private boolean isBroken;
    private int shortSleeps;

    DriverSleep(final AeronTransportOptions options) {
        this.selector = open();
        this.maxSleepNs = Math.min(options.timeouts().statusMessageIntervalNs(), options.timeouts().timerIntervalNs());
    }

    private DatagramSelector open() {
        try {
            return DatagramSelector.open();
        } catch (final IOException ex) {
            onFailure(ex);
            return null;
        }
    }

    /** Adds an open socket, which does not block. */
    void add(final DatagramChannel channel, final DatagramSelector.Sleeper sleeper) {
        if (selector != null) {
            try {
                selector.add(channel, sleeper);
            } catch (final IOException ex) {
                onFailure(ex);
            }
        }
    }

    /** Lets go of sockets that have been closed. */
    void releaseClosed() {
        if (selector != null) {
            try {
                selector.releaseClosed();
            } catch (final IOException ex) {
                onFailure(ex);
            }
        }
    }

    private void onFailure(final IOException ex) {
        isBroken = true;
        LOGGER.log(Level.DEBUG, "can''t sleep until a datagram comes: {0}", ex.getMessage());
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
        if (isBroken || Thread.currentThread().isInterrupted()) {
            return false;
        }
        try {
            selector.await(nextSleepNs(timeoutNs));
            return true;
        } catch (final IOException ex) {
            onFailure(ex);
            return false;
        }
    }

    /** How long the sleep is at most that begins now. */
    long nextSleepNs(final long timeoutNs) {
        if (shortSleeps == 0) {
            return Math.min(timeoutNs, maxSleepNs);
        }
        shortSleeps--;
        return Math.min(timeoutNs, SHORT_NS);
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
