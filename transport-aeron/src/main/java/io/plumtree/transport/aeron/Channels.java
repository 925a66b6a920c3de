package io.plumtree.transport.aeron;

import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;

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

    static String publication(
        final AeronTransportOptions options, final SocketBuffers buffers, final String endpoint) {
        final ChannelUriStringBuilder builder = new ChannelUriStringBuilder()
            .media(CommonContext.UDP_MEDIA)
            .endpoint(endpoint)
            .mtu(options.mtuLength())
            .termLength(options.termLength())
            .sparse(!options.preallocate())
            .linger(options.lingerTimeoutNs())
            .socketSndbufLength(buffers.sendLength());
        if (options.sendWindowLength() != 0) {
            builder.publicationWindowLength(options.sendWindowLength());
        }
        return builder.build();
    }
}
