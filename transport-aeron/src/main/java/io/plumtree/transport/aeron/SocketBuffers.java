package io.plumtree.transport.aeron;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * The socket buffers that the system grants, and the receive window that fits: Aeron refuses a window longer than the
 * buffer, and writes to the standard error stream when it gets less than it asks for.
 *
 * @param receiveLength       the receive buffer, in bytes.
 * @param sendLength          the send buffer, in bytes.
 * @param receiveWindowLength the receive window, in bytes.
 */
record SocketBuffers(int receiveLength, int sendLength, int receiveWindowLength) {
    private static final Logger LOGGER = System.getLogger(SocketBuffers.class.getName());

    static SocketBuffers of(final AeronTransportOptions options) {
        final int receiveLength = granted(StandardSocketOptions.SO_RCVBUF, options.socketReceiveBufferLength(),
            AeronTransportOptions.SOCKET_RECEIVE_BUFFER_LENGTH_PROPERTY, "net.core.rmem_max");
        final int sendLength = granted(StandardSocketOptions.SO_SNDBUF, options.socketSendBufferLength(),
            AeronTransportOptions.SOCKET_SEND_BUFFER_LENGTH_PROPERTY, "net.core.wmem_max");
        return of(options, receiveLength, sendLength);
    }

    static SocketBuffers of(final AeronTransportOptions options, final int receiveLength, final int sendLength) {
        int windowLength = options.receiveWindowLength();
        if (windowLength > receiveLength) {
            windowLength = Math.max(options.mtuLength(), receiveLength);
            LOGGER.log(Level.WARNING, "{0} lowered from {1} to {2}, the receive buffer that the system grants",
                AeronTransportOptions.RECEIVE_WINDOW_LENGTH_PROPERTY,
                Integer.toString(options.receiveWindowLength()), Integer.toString(windowLength));
        }
        return new SocketBuffers(receiveLength, sendLength, windowLength);
    }

    private static int granted(
        final SocketOption<Integer> option, final int wanted, final String key, final String systemKey) {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(option, wanted);
            final int granted = channel.getOption(option);
            if (granted < wanted) {
                LOGGER.log(Level.INFO, "the system grants {0} of the {1} bytes of {2}; see {3}",
                    Integer.toString(granted), Integer.toString(wanted), key, systemKey);
                return granted;
            }
            return wanted;
        } catch (final IOException ex) {
            LOGGER.log(Level.DEBUG, "can''t tell what the system grants of {0}: {1}", key, ex);
            return wanted;
        }
    }
}
