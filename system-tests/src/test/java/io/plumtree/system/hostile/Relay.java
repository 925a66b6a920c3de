package io.plumtree.system.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Stands between a node and all others, who know its address for the node's: what they send goes through here, and what
 * the node answers goes back. The test may look at what they send, and change it; what leaves here has a right checksum
 * of UDP's in any case.
 */
final class Relay implements AutoCloseable {
    /** Looks at a datagram, and may change it in place. Called on the relay's thread. */
    @FunctionalInterface
    interface Filter {
        /**
         * A datagram is on its way to the node.
         *
         * @param datagram its bytes.
         * @param length   how many.
         */
        void onDatagram(UnsafeBuffer datagram, int length);
    }

    private static final int MAX_LENGTH = 65_536;
    private static final int SELECT_MS = 100;

    private final InetSocketAddress target;
    private final Selector selector;
    private final DatagramChannel front;
    private final Map<SocketAddress, DatagramChannel> backs = new HashMap<>();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(MAX_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final Thread thread = new Thread(this::run, "relay");
    private final List<byte[]> captured = new ArrayList<>();
    private int capturesLeft;
    private volatile Filter filter = (datagram, length) -> { };
    private volatile boolean isRunning = true;

    /** In front of the node that listens, or will listen, at an endpoint. */
    Relay(final String endpoint) {
        target = HostileSocket.address(endpoint);
        try {
            selector = Selector.open();
            front = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            front.register(selector, SelectionKey.OP_READ);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private static DatagramChannel open(final InetSocketAddress address) throws IOException {
        final DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
        channel.bind(address);
        channel.configureBlocking(false);
        return channel;
    }

    String endpoint() {
        return "localhost:" + front.socket().getLocalPort();
    }

    void filter(final Filter newFilter) {
        filter = newFilter;
    }

    /** Keeps copies of so many datagrams from now on. */
    void capture(final int count) {
        synchronized (captured) {
            capturesLeft = count;
        }
    }

    List<byte[]> captured() {
        synchronized (captured) {
            return List.copyOf(captured);
        }
    }

    private void run() {
        while (isRunning) {
            try {
                selector.select(SELECT_MS);
                for (final SelectionKey key : selector.selectedKeys()) {
                    if (key.channel() == front) {
                        forward();
                    } else {
                        answer((DatagramChannel) key.channel(), (SocketAddress) key.attachment());
                    }
                }
                selector.selectedKeys().clear();
            } catch (final IOException ex) {
                // A socket of the node's was closed: what was for it is lost, as on any network.
                selector.selectedKeys().clear();
            }
        }
    }

    private void forward() throws IOException {
        for (SocketAddress from = front.receive(bytes.clear()); from != null; from = front.receive(bytes.clear())) {
            final int length = bytes.position();
            keep(length);
            filter.onDatagram(buffer, length);
            back(from).send(bytes.flip(), target);
        }
    }

    private DatagramChannel back(final SocketAddress from) throws IOException {
        DatagramChannel back = backs.get(from);
        if (back == null) {
            back = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            back.register(selector, SelectionKey.OP_READ, from);
            backs.put(from, back);
        }
        return back;
    }

    private void answer(final DatagramChannel back, final SocketAddress to) throws IOException {
        while (back.receive(bytes.clear()) != null) {
            front.send(bytes.flip(), to);
        }
    }

    private void keep(final int length) {
        synchronized (captured) {
            if (capturesLeft > 0) {
                capturesLeft--;
                final byte[] copy = new byte[length];
                buffer.getBytes(0, copy);
                captured.add(copy);
            }
        }
    }

    @Override
    public void close() {
        isRunning = false;
        selector.wakeup();
        try {
            thread.join();
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        try {
            for (final DatagramChannel back : backs.values()) {
                back.close();
            }
            front.close();
            selector.close();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
