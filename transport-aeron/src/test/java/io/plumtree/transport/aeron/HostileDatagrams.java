package io.plumtree.transport.aeron;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.RttMeasurementFlyweight;
import io.aeron.protocol.SetupFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.concurrent.UnsafeBuffer;

/** Somebody with a socket who knows Aeron's frames, and a node's port; on the loopback device. */
final class HostileDatagrams implements AutoCloseable {
    static final int TERM_LENGTH = 64 * 1024;
    static final int MTU_LENGTH = 1408;

    private final DatagramChannel channel;
    private final InetSocketAddress target;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(65_536);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final SetupFlyweight setup = new SetupFlyweight(buffer);
    private final DataHeaderFlyweight data = new DataHeaderFlyweight(buffer);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(65_536);
    private final StatusMessageFlyweight status = new StatusMessageFlyweight(new UnsafeBuffer(answer));
    /** The last one, as it is answered. */
    final RttMeasurementFlyweight question = new RttMeasurementFlyweight(new UnsafeBuffer(answer));
    long bytesSent;
    long bytesReceived;
    long statusMessages;
    long ends;
    long questions;
    /** Whether it gets what is sent to where its datagrams say that they come from. */
    boolean isThere = true;

    /** From an address of its own, such as 127.0.0.2. */
    HostileDatagrams(final String from, final TestNode node) {
        try {
            channel = DatagramChannel.open();
            channel.bind(new InetSocketAddress(from, 0));
            channel.configureBlocking(false);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
        node.beside.add(this::receive);
        final String endpoint = node.endpoint();
        final int port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
        target = new InetSocketAddress("127.0.0.1", port);
    }

    /** Begins what can be; to be changed, and sent. */
    SetupFlyweight setup(final int sessionId) {
        setup.version(HeaderFlyweight.CURRENT_VERSION).flags((short) 0).headerType(HeaderFlyweight.HDR_TYPE_SETUP)
            .frameLength(SetupFlyweight.HEADER_LENGTH);
        return setup
            .sessionId(sessionId).streamId(AeronTransportOptions.STREAM_ID_DEFAULT)
            .initialTermId(7).activeTermId(7).termOffset(0)
            .termLength(TERM_LENGTH).mtuLength(MTU_LENGTH).ttl(0);
    }

    void sendSetup(final int sessionId) {
        setup(sessionId);
        send(SetupFlyweight.HEADER_LENGTH);
    }

    void sendHeartbeat(final int sessionId) {
        data(sessionId, 7, 0).frameLength(0);
        send(DataHeaderFlyweight.HEADER_LENGTH);
    }

    void sendData(final int sessionId, final int termId, final int termOffset, final int length) {
        data(sessionId, termId, termOffset).frameLength(length);
        send(length);
    }

    private DataHeaderFlyweight data(final int sessionId, final int termId, final int termOffset) {
        data.version(HeaderFlyweight.CURRENT_VERSION).flags(DataHeaderFlyweight.BEGIN_AND_END_FLAGS)
            .headerType(HeaderFlyweight.HDR_TYPE_DATA);
        data.sessionId(sessionId).streamId(AeronTransportOptions.STREAM_ID_DEFAULT).termId(termId)
            .termOffset(termOffset);
        data.reservedValue(0);
        return data;
    }

    /** What is in the buffer. */
    void send(final int length) {
        try {
            bytes.limit(length).position(0);
            bytesSent += channel.send(bytes, target);
            bytes.clear();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** What is in the last question's buffer. */
    void sendAnswer() {
        try {
            answer.limit(RttMeasurementFlyweight.HEADER_LENGTH).position(0);
            bytesSent += channel.send(answer, target);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Takes in all that has come back; answers the question whether it is there, unless it is not to. */
    void receive() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            answer.clear();
            while (channel.receive(answer) != null) {
                bytesReceived += answer.position();
                if (status.headerType() == HeaderFlyweight.HDR_TYPE_RTTM) {
                    questions++;
                    if (isThere) {
                        question.flags((short) 0);
                        sendAnswer();
                    }
                } else if (status.headerType() == HeaderFlyweight.HDR_TYPE_SM) {
                    statusMessages++;
                    ends += (status.flags() & StatusMessageFlyweight.END_OF_STREAM_FLAG) != 0 ? 1 : 0;
                }
                answer.clear();
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
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
