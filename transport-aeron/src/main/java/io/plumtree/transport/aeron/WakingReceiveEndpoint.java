package io.plumtree.transport.aeron;

import io.aeron.driver.DataPacketDispatcher;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.ImageConnection;
import io.aeron.driver.media.ReceiveChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.RttMeasurementFlyweight;
import io.aeron.protocol.SetupFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import java.net.InetSocketAddress;
import org.agrona.collections.IntHashSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The socket on which a node listens, which ends the sleep of the thread that runs the driver. It tells that thread,
 * too, when not to sleep for long: shortly after data has come, or been asked for again, the driver looks for what is
 * missing. A stream that rests says ten times a second where it ends: nothing is missing where that is known.
 *
 * <p>Whoever knows the port can send here. What can't be, or is too much, is counted and goes no further: see
 * {@link Admission}.
 *
 * <p>For a driver that its client runs by invoker: on one thread, on which an image is made before the call returns
 * that hands over the datagram which asks for it.
 */
final class WakingReceiveEndpoint extends ReceiveChannelEndpoint {
    private final DriverSleep sleep;
    private final Admission admission;
    private final TransportCounters counters;
    private final DroppedDatagrams dropped;
    private final DatagramChecksum checksum = new DatagramChecksum();
    private final AddressProofs proofs;
    private final RestingStreams resting = new RestingStreams();
    /** Those that are subscribed to. */
    private final IntHashSet streams = new IntHashSet();
    private boolean isImageMade;

    WakingReceiveEndpoint(
        final UdpChannel udpChannel,
        final DataPacketDispatcher dispatcher,
        final AtomicCounter statusIndicator,
        final MediaDriver.Context context,
        final DriverSleep sleep,
        final Admission admission,
        final TransportCounters counters,
        final DroppedDatagrams dropped) {
        super(udpChannel, dispatcher, statusIndicator, context);
        this.sleep = sleep;
        this.admission = admission;
        this.counters = counters;
        this.dropped = dropped;
        this.proofs = new AddressProofs(admission.unconfirmedTimeoutNs());
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
    public int incRefToStream(final int streamId) {
        streams.add(streamId);
        return super.incRefToStream(streamId);
    }

    @Override
    public int decRefToStream(final int streamId) {
        final int count = super.decRefToStream(streamId);
        if (count == 0) {
            streams.remove(streamId);
        }
        return count;
    }

    @Override
    public void incRefImages() {
        super.incRefImages();
        isImageMade = true;
    }

    @Override
    public boolean isValidFrame(final UnsafeBuffer buffer, final int length) {
        return dropped.isSound(buffer, length, super.isValidFrame(buffer, length));
    }

    @Override
    public void onSetupMessage(
        final SetupFlyweight header,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress srcAddress,
        final int transportIndex) {
        final RemoteSession known = admission.find(header.streamId(), header.sessionId());
        if (known == null) {
            onFirstSetup(header, buffer, length, srcAddress, transportIndex);
        } else if (!known.isGivenUp && srcAddress.equals(known.address) &&
            makesImage(header, buffer, length, srcAddress, transportIndex)) {
            admission.renew(known);
        }
    }

    /** What can be is answered with a question: is its sender where it says? */
    private void onFirstSetup(
        final SetupFlyweight header,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress srcAddress,
        final int transportIndex) {
        final int streamId = header.streamId();
        final int sessionId = header.sessionId();
        if (!streams.contains(streamId)) {
            counters.increment(TransportCounter.SETUPS_REFUSED_STREAM);
        } else if (srcAddress.getPort() == 0) {
            // Nobody is there, and nothing can be sent there.
            counters.increment(TransportCounter.DATAGRAMS_MALFORMED);
        } else if (admission.canBe(header, srcAddress)) {
            final long nowNs = admission.nowNs();
            if (proofs.isProven(streamId, sessionId, srcAddress, nowNs)) {
                takeIn(header, buffer, length, srcAddress, transportIndex);
            } else {
                counters.increment(TransportCounter.SETUPS_ASKED);
                final long number = proofs.ask(header, buffer, srcAddress, nowNs);
                sendRttMeasurement(transportIndex, srcAddress, sessionId, streamId, number, 0, true);
            }
        }
    }

    /** Its sender is where it says. */
    private void takeIn(
        final SetupFlyweight header,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress srcAddress,
        final int transportIndex) {
        final RemoteSession session = admission.admit(this, header, srcAddress);
        if (session == null) {
            return;
        }
        proofs.forget(session.streamId, session.sessionId, srcAddress, session.beginNs);
        if (!makesImage(header, buffer, length, srcAddress, transportIndex)) {
            admission.remove(session);
            forgetStrangers(session.streamId);
        }
    }

    private boolean makesImage(
        final SetupFlyweight header,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress srcAddress,
        final int transportIndex) {
        isImageMade = false;
        try {
            super.onSetupMessage(header, buffer, length, srcAddress, transportIndex);
        } catch (final Exception ex) {
            // Any: Aeron throws checked ones unannounced.
            dropped.onFailure(ex, srcAddress);
        }
        return isImageMade;
    }

    /**
     * Has the dispatcher forget all senders on a stream but those that {@link Admission} keeps: what it has given up,
     * and what could not be made, which Aeron 1.51 would take to be in the making for ever. It has no call for one
     * sender, but for all whom nobody has subscribed to by name.
     */
    void forgetStrangers(final int streamId) {
        if (!streams.contains(streamId)) {
            return;
        }
        final DataPacketDispatcher dispatcher = dispatcher();
        for (final RemoteSession kept : admission.sessions()) {
            if (kept.streamId == streamId && !kept.isGivenUp) {
                dispatcher.addSubscription(streamId, kept.sessionId);
            }
        }
        dispatcher.removeSubscription(streamId);
        dispatcher.addSubscription(streamId);
        for (final RemoteSession kept : admission.sessions()) {
            if (kept.streamId == streamId && !kept.isGivenUp) {
                dispatcher.removeSubscription(streamId, kept.sessionId);
            }
        }
    }

    @Override
    public int onDataPacket(
        final DataHeaderFlyweight header,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress srcAddress,
        final int transportIndex) {
        if (!checksum.isIntact(buffer, length)) {
            counters.increment(TransportCounter.DATAGRAMS_CORRUPT);
            return 0;
        }
        final int streamId = header.streamId();
        final RemoteSession session = admission.find(streamId, header.sessionId());
        if (session == null ? !mayBeAskedFor(streamId, header.sessionId(), srcAddress) : session.isGivenUp) {
            return 0;
        }
        if (!DataHeaderFlyweight.isHeartbeat(buffer, length) ||
            !resting.isKnown(header.sessionId(), streamId, header.termId(), header.termOffset())) {
            sleep.onData();
        }
        try {
            return super.onDataPacket(header, buffer, length, srcAddress, transportIndex);
        } catch (final RuntimeException ex) {
            dropped.onFailure(ex, srcAddress);
            return 0;
        }
    }

    private boolean mayBeAskedFor(final int streamId, final int sessionId, final InetSocketAddress srcAddress) {
        return streams.contains(streamId) && admission.mayAsk(streamId, sessionId, srcAddress);
    }

    @Override
    public void onRttMeasurement(
        final RttMeasurementFlyweight header,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress srcAddress,
        final int transportIndex) {
        final RemoteSession session = admission.find(header.streamId(), header.sessionId());
        if (session == null) {
            final AddressProofs.Place asked = isAnswer(header) && streams.contains(header.streamId()) ? proofs.answer(
                header.streamId(), header.sessionId(), header.echoTimestampNs(), srcAddress, admission.nowNs()) : null;
            if (asked != null) {
                takeIn(asked.setup(), asked.buffer(), SetupFlyweight.HEADER_LENGTH, srcAddress, transportIndex);
            }
        } else if (session.isConfirmed) {
            // What is measured is for congestion control, which nodes do without.
            super.onRttMeasurement(header, buffer, length, srcAddress, transportIndex);
        }
    }

    private static boolean isAnswer(final RttMeasurementFlyweight header) {
        return (header.flags() & RttMeasurementFlyweight.REPLY_FLAG) == 0;
    }

    @Override
    public void sendStatusMessage(
        final ImageConnection[] connections,
        final int sessionId,
        final int streamId,
        final int termId,
        final int termOffset,
        final int windowLength,
        final short flags) {
        final boolean isEnd = (flags & StatusMessageFlyweight.END_OF_STREAM_FLAG) != 0;
        if (mayAnswer(streamId, sessionId, isEnd)) {
            super.sendStatusMessage(connections, sessionId, streamId, termId, termOffset, windowLength, flags);
        }
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
        if (mayAnswer(streamId, sessionId, false)) {
            super.sendNakMessage(connections, sessionId, streamId, termId, termOffset, length);
        }
    }

    private boolean mayAnswer(final int streamId, final int sessionId, final boolean isEnd) {
        if (!admission.hasUnconfirmed()) {
            return true;
        }
        final RemoteSession session = admission.find(streamId, sessionId);
        return session == null || session.mayBeAnswered(isEnd);
    }
}
