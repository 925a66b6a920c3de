package io.plumtree.transport.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.SendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.CachedNanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The socket of a publication, which is not asked for status messages and NAKs at each turn of the driver: a node has
 * one to each peer, and asking all of them each time costs it a quarter of its time at full load. It is asked when some
 * datagrams have been sent, which a receiver may have answered, and otherwise after a while.
 *
 * <p>For a driver that its client runs by invoker: on one thread.
 */
final class SparingSendEndpoint extends SendChannelEndpoint {
    /** With the smallest usual datagrams a third of what a receiver takes in for each status message. */
    private static final int MAX_UNANSWERED = 8;
    /** How long a sender may wait for a status message that is there, or a receiver for what it has missed. */
    private static final long PERIOD_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final CachedNanoClock clock;
    private int sent;
    private long askedNs;

    SparingSendEndpoint(
        final UdpChannel udpChannel, final AtomicCounter statusIndicator, final MediaDriver.Context context) {
        super(udpChannel, statusIndicator, context);
        clock = context.senderCachedNanoClock();
        askedNs = clock.nanoTime() - PERIOD_NS;
    }

    @Override
    public int send(final ByteBuffer buffer) {
        sent++;
        return super.send(buffer);
    }

    /** One that has something is asked again at once. */
    @Override
    public InetSocketAddress receive(final ByteBuffer buffer) {
        final long nowNs = clock.nanoTime();
        if (sent < MAX_UNANSWERED && nowNs - askedNs < PERIOD_NS) {
            return null;
        }
        final InetSocketAddress from = super.receive(buffer);
        if (from == null) {
            sent = 0;
            askedNs = nowNs;
        }
        return from;
    }
}
