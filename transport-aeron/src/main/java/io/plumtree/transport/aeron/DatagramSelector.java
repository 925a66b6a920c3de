package io.plumtree.transport.aeron;

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

    /** One without sockets. */
    static DatagramSelector open() throws IOException {
        return new DatagramSelector(Selector.open());
    }

    /** Adds a socket that is open and does not block. It goes by being closed. */
    void add(final DatagramChannel channel, final Sleeper sleeper) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, sleeper);
    }

    /** Lets go of sockets that have been closed, which keep their ports until then. */
    void releaseClosed() throws IOException {
        if (selector.isOpen()) {
            selector.selectNow(TELL_READY);
        }
    }

    /** Sleeps until there is a datagram, somebody calls, or the time is over; that is rounded up to milliseconds. */
    void await(final long timeoutNs) throws IOException {
        selector.select(TELL_READY, Math.max(1, (timeoutNs + NS_PER_MS - 1) / NS_PER_MS));
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
