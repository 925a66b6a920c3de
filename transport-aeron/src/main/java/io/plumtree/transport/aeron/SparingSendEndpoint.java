package io.plumtree.transport.aeron;

import io.aeron.driver.DriverConductorProxy;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.SendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.protocol.ErrorFlyweight;
import io.aeron.protocol.NakFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.CachedNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The socket of a publication, which is not asked for status messages and NAKs at each turn of the driver: a node has
 * one to each peer, and asking all of them each time costs it a quarter of its time at full load. It is asked when some
 * datagrams have been sent, which a receiver may have answered, and otherwise after a while. It ends the sleep of the
 * thread that runs the driver.
 *
 * <p>For a driver that its client runs by invoker: on one thread.
 */
final class SparingSendEndpoint extends SendChannelEndpoint implements DatagramSelector.Sleeper {
    /** With the smallest usual datagrams a third of what a receiver takes in for each status message. */
    private static final int MAX_UNANSWERED = 8;
    /** How long a sender may wait for a status message that is there, or a receiver for what it has missed. */
    private static final long PERIOD_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final CachedNanoClock clock;
    private final DriverSleep sleep;
    private final Admission admission;
    /** Null for none. */
    private final DatagramChecksum checksum;
    private final DroppedDatagrams dropped;
    /** Where it sends to; null while it does not. */
    private InetAddress peer;
    private int sent;
    private long askedNs;

    SparingSendEndpoint(
        final UdpChannel udpChannel,
        final AtomicCounter statusIndicator,
        final MediaDriver.Context context,
        final DriverSleep sleep,
        final Admission admission,
        final DatagramChecksum checksum,
        final DroppedDatagrams dropped) {
        super(udpChannel, statusIndicator, context);
        this.sleep = sleep;
        this.admission = admission;
        this.checksum = checksum;
        this.dropped = dropped;
        clock = context.senderCachedNanoClock();
        askedNs = clock.nanoTime() - PERIOD_NS;
    }

    @Override
    public void openDatagramChannel(final AtomicCounter statusIndicator) {
        super.openDatagramChannel(statusIndicator);
        sleep.add(receiveDatagramChannel(), this);
        peer(udpChannel().remoteData().getAddress());
    }

    /** Who is sent to is known, and may send here. */
    private void peer(final InetAddress address) {
        if (peer != null) {
            admission.onLinkClosed(peer);
        }
        peer = address;
        if (address != null) {
            admission.onLinkOpened(address);
        }
    }

    @Override
    public void resolutionChange(final String endpoint, final InetSocketAddress newAddress) {
        super.resolutionChange(endpoint, newAddress);
        peer(newAddress.getAddress());
    }

    @Override
    public void close() {
        super.close();
        sleep.releaseClosed();
        peer(null);
    }

    @Override
    public boolean isValidFrame(final UnsafeBuffer buffer, final int length) {
        return dropped.isSound(buffer, length, super.isValidFrame(buffer, length));
    }

    @Override
    public void onStatusMessage(
        final StatusMessageFlyweight msg,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress srcAddress,
        final DriverConductorProxy conductorProxy) {
        try {
            super.onStatusMessage(msg, buffer, length, srcAddress, conductorProxy);
        } catch (final RuntimeException ex) {
            dropped.onFailure(ex, srcAddress);
        }
    }

    @Override
    public void onNakMessage(
        final NakFlyweight msg, final UnsafeBuffer buffer, final int length, final InetSocketAddress srcAddress) {
        try {
            super.onNakMessage(msg, buffer, length, srcAddress);
        } catch (final RuntimeException ex) {
            dropped.onFailure(ex, srcAddress);
        }
    }

    @Override
    public void onError(
        final ErrorFlyweight msg,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress srcAddress,
        final DriverConductorProxy conductorProxy) {
        try {
            super.onError(msg, buffer, length, srcAddress, conductorProxy);
        } catch (final RuntimeException ex) {
            dropped.onFailure(ex, srcAddress);
        }
    }

    /** What has ended a sleep is not to wait for the next time. */
    @Override
    public void onReady() {
        sent = MAX_UNANSWERED;
    }

    @Override
    public int send(final ByteBuffer buffer) {
        sent++;
        if (checksum != null) {
            checksum.write(buffer);
        }
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
