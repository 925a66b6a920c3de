package io.plumtree.transport.aeron;

import io.aeron.driver.DataPacketDispatcher;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.ImageConnection;
import io.aeron.driver.media.ReceiveChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.protocol.DataHeaderFlyweight;
import java.net.InetSocketAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The socket on which a node listens, which ends the sleep of the thread that runs the driver. It tells that thread,
 * too, when not to sleep for long: shortly after data has come, or been asked for again, the driver looks for what is
 * missing. A stream that rests says ten times a second where it ends: nothing is missing where that is known.
 */
final class WakingReceiveEndpoint extends ReceiveChannelEndpoint {
    private final DriverSleep sleep;
    private final RestingStreams resting = new RestingStreams();

    WakingReceiveEndpoint(
        final UdpChannel udpChannel,
        final DataPacketDispatcher dispatcher,
        final AtomicCounter statusIndicator,
        final MediaDriver.Context context,
        final DriverSleep sleep) {
        super(udpChannel, dispatcher, statusIndicator, context);
        this.sleep = sleep;
    }

    @Override
    public void openDatagramChannel(final AtomicCounter statusIndicator) {
        super.openDatagramChannel(statusIndicator);
        sleep.add(receiveDatagramChannel(), null);
    }

    @Override
    public void close() {
        super.close();
        sleep.releaseClosed();
    }

    @Override
    public int onDataPacket(
        final DataHeaderFlyweight header,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress srcAddress,
        final int transportIndex) {
        if (!DataHeaderFlyweight.isHeartbeat(buffer, length) ||
            !resting.isKnown(header.sessionId(), header.streamId(), header.termId(), header.termOffset())) {
            sleep.onData();
        }
        return super.onDataPacket(header, buffer, length, srcAddress, transportIndex);
    }

    @Override
    public void sendNakMessage(
        final ImageConnection[] connections,
        final int sessionId,
        final int streamId,
        final int termId,
        final int termOffset,
        final int length) {
        sleep.onLoss();
        super.sendNakMessage(connections, sessionId, streamId, termId, termOffset, length);
    }
}
