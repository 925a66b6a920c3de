package io.plumtree.system.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.concurrent.UnsafeBuffer;

/** A socket of its own, without any driver: sends what it is given, and counts what comes back. One thread's. */
final class HostileSocket implements AutoCloseable {
    /** What is done with a datagram that came back. */
    @FunctionalInterface
    interface Receiver {
        /**
         * A datagram is here.
         *
         * @param datagram its bytes, until the call returns.
         * @param length   how many.
         */
        void onDatagram(UnsafeBuffer datagram, int length);
    }

    private static final int MAX_LENGTH = 65_536;

    private final DatagramChannel channel;
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(MAX_LENGTH);
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(MAX_LENGTH);
    private final UnsafeBuffer received = new UnsafeBuffer(incoming);
    /** What is to be sent is written here. */
    final UnsafeBuffer buffer = new UnsafeBuffer(outgoing);
    private long datagramsSent;
    private long bytesSent;
    private long bytesReceived;

    HostileSocket() {
        try {
            channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Where an endpoint of the loopback device is. */
    static InetSocketAddress address(final String endpoint) {
        return new InetSocketAddress(
            InetAddress.getLoopbackAddress(), Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1)));
    }

    String endpoint() {
        return "localhost:" + channel.socket().getLocalPort();
    }

    /** Sends the first bytes of the buffer. */
    void send(final InetSocketAddress target, final int length) {
        outgoing.limit(length).position(0);
        try {
            if (channel.send(outgoing, target) > 0) {
                datagramsSent++;
                bytesSent += length;
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        } finally {
            outgoing.clear();
        }
    }

    void send(final InetSocketAddress target, final byte[] datagram) {
        buffer.putBytes(0, datagram);
        send(target, datagram.length);
    }

    /** Takes all that has come back. */
    void receive(final Receiver receiver) {
        try {
            while (channel.receive(incoming.clear()) != null) {
                bytesReceived += incoming.position();
                receiver.onDatagram(received, incoming.position());
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    long datagramsSent() {
        return datagramsSent;
    }

    long bytesSent() {
        return bytesSent;
    }

    long bytesReceived() {
        return bytesReceived;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
