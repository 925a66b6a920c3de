package io.plumtree.transport.aeron;

import io.aeron.protocol.HeaderFlyweight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;

/** Stands between a sender and a node, and flips a bit in one of some datagrams with data; UDP's checksum is right. */
final class FlippingRelay implements AutoCloseable {
    private static final int ONE_OF = 5;

    private final DatagramChannel front;
    private final DatagramChannel back;
    private final InetSocketAddress target;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(65_536);
    private final SplittableRandom random;
    private InetSocketAddress sender;
    long flipped;

    FlippingRelay(final TestNode node, final long seed) {
        random = new SplittableRandom(seed);
        final String endpoint = node.endpoint();
        target = new InetSocketAddress(
            "127.0.0.1", Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1)));
        try {
            front = open();
            back = open();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static DatagramChannel open() throws IOException {
        final DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress("127.0.0.1", 0));
        channel.configureBlocking(false);
        return channel;
    }

    /** Where the sender sends to. */
    String endpoint() {
        try {
            return "127.0.0.1:" + ((InetSocketAddress) front.getLocalAddress()).getPort();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Passes on what is there. */
    void pump() {
        try {
            for (InetSocketAddress from = receive(front); from != null; from = receive(front)) {
                sender = from;
                spoil();
                back.send(bytes, target);
            }
            while (receive(back) != null) {
                front.send(bytes, sender);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private InetSocketAddress receive(final DatagramChannel channel) throws IOException {
        bytes.clear();
        final InetSocketAddress from = (InetSocketAddress) channel.receive(bytes);
        bytes.flip();
        return from;
    }

    private void spoil() {
        if (bytes.get(HeaderFlyweight.TYPE_FIELD_OFFSET) == HeaderFlyweight.HDR_TYPE_DATA
            && random.nextInt(ONE_OF) == 0) {
            final int at = random.nextInt(bytes.limit());
            bytes.put(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(Byte.SIZE)));
            flipped++;
        }
    }

    @Override
    public void close() {
        try {
            front.close();
            back.close();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
