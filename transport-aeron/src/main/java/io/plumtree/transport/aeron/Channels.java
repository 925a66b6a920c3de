package io.plumtree.transport.aeron;

import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.logbuffer.LogBufferDescriptor;
import org.agrona.BitUtil;

/**
 * The channels, as Aeron writes them. They carry all settings that they can, so that they hold on a driver that was
 * launched by somebody else too.
 */
final class Channels {
    private Channels() {
    }

    static String subscription(
        final AeronTransportOptions options, final SocketBuffers buffers, final String endpoint) {
        return new ChannelUriStringBuilder()
            .media(CommonContext.UDP_MEDIA)
            .endpoint(endpoint)
            .reliable(options.reliable())
            .sparse(!options.preallocate())
            .receiverWindowLength(buffers.receiveWindowLength())
            .socketRcvbufLength(buffers.receiveLength())
            .build();
    }

    /** How long the terms of a link are that is not kept for long: as short as its datagrams allow. */
    static int briefTermLength(final AeronTransportOptions options) {
        final int shortest = Math.max(
            LogBufferDescriptor.TERM_MIN_LENGTH, BitUtil.findNextPositivePowerOfTwo(8 * options.mtuLength()));
        return Math.min(options.termLength(), shortest);
    }

    static String publication(
        final AeronTransportOptions options, final SocketBuffers buffers, final String endpoint, final int termLength) {
        final ChannelUriStringBuilder builder = new ChannelUriStringBuilder()
            .media(CommonContext.UDP_MEDIA)
            .endpoint(endpoint)
            .mtu(options.mtuLength())
            .termLength(termLength)
            .sparse(!options.preallocate())
            .linger(options.lingerTimeoutNs())
            .socketSndbufLength(buffers.sendLength());
        if (options.sendWindowLength() != 0 && options.sendWindowLength() <= termLength / 2) {
            builder.publicationWindowLength(options.sendWindowLength());
        }
        return builder.build();
    }
}
