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
 * The socket of a publication, which is not asked for status messages and NAKs at each turn of the driver. A node has
 * one to each peer, and asking all of them costs it more than all its own work; an answer can only come to what was
 * sent. So one that has sent is asked again after a while, and one that has not, seldom.
 *
 * <p>For a driver that its client runs by invoker: on one thread.
 */
final class SparingSendEndpoint extends SendChannelEndpoint {
    /** About 11 KB of the smallest usual datagrams: a third of what a receiver takes in for each status message. */
    private static final int MAX_UNANSWERED = 8;
    /** A sender that waits for a status message loses no more than that. */
    private static final long BUSY_PERIOD_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long IDLE_PERIOD_NS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long BUSY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final CachedNanoClock clock;
    private int sent;
    private long sentNs;
    private long askedNs;

    SparingSendEndpoint(
        final UdpChannel udpChannel, final AtomicCounter statusIndicator, final MediaDriver.Context context) {
        super(udpChannel, statusIndicator, context);
        clock = context.senderCachedNanoClock();
        askedNs = clock.nanoTime() - IDLE_PERIOD_NS;
        sentNs = askedNs - BUSY_NS;
    }

    @Override
    public int send(final ByteBuffer buffer) {
        sent++;
        sentNs = clock.nanoTime();
        return super.send(buffer);
    }

    @Override
    public InetSocketAddress receive(final ByteBuffer buffer) {
        final long nowNs = clock.nanoTime();
        if (sent < MAX_UNANSWERED
            && nowNs - askedNs < (nowNs - sentNs < BUSY_NS ? BUSY_PERIOD_NS : IDLE_PERIOD_NS)) {
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
