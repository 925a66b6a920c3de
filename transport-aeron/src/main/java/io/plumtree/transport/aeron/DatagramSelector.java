package io.plumtree.transport.aeron;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.CloseHelper;

/**
 * What a driver's thread sleeps on: all its sockets, which are registered here besides with the driver's own pollers. A
 * socket is ready for as long as it has a datagram, so that none is missed, whenever it came.
 *
 * <p>For the driver's thread, but for {@link #wakeUp()}.
 */
final class DatagramSelector implements AutoCloseable {
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Made once: a sleep is to leave no garbage. */
    private static final Consumer<SelectionKey> TELL_READY = DatagramSelector::tellReady;

    private final Selector selector;

    /** A socket that wants to know that it is what ended a sleep. */
    interface Sleeper {
        /** There is a datagram. */
        void onReady();
    }

    private DatagramSelector(final Selector selector) {
        this.selector = selector;
    }

    /** One without sockets; null where the system has no room for it, so that one has to idle otherwise. */
    static DatagramSelector open() {
        try {
            return new DatagramSelector(Selector.open());
        } catch (final IOException ex) {
            return null;
        }
    }

    /** Adds a socket that is open and does not block. It goes by being closed. */
    void add(final DatagramChannel channel, final Sleeper sleeper) {
        try {
            channel.register(selector, SelectionKey.OP_READ, sleeper);
        } catch (final IOException ex) {
            throw new PlumtreeException(Category.TRANSPORT, "can't wait for datagrams: " + ex.getMessage(), ex);
        }
    }

    /** Lets go of sockets that have been closed, which keep their ports until then. */
    void releaseClosed() {
        if (selector.isOpen()) {
            try {
                selector.selectNow(TELL_READY);
            } catch (final IOException ex) {
                throw new PlumtreeException(Category.TRANSPORT, "can't close a socket: " + ex.getMessage(), ex);
            }
        }
    }

    /**
     * Sleeps until there is a datagram, somebody calls, or the time is over; that is in milliseconds, and rounded up.
     *
     * @return false if this can't be done.
     */
    boolean await(final long timeoutNs) {
        try {
            selector.select(TELL_READY, Math.max(1, (timeoutNs + NS_PER_MS - 1) / NS_PER_MS));
            return true;
        } catch (final IOException ex) {
            return false;
        }
    }

    /** Ends a sleep, or the next one at once. Any thread. */
    void wakeUp() {
        selector.wakeup();
    }

    private static void tellReady(final SelectionKey key) {
        if (key.attachment() instanceof Sleeper sleeper) {
            sleeper.onReady();
        }
    }

    @Override
    public void close() {
        CloseHelper.quietClose(selector);
    }
}
