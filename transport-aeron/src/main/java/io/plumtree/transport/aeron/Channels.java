package io.plumtree.transport.aeron;

import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.logbuffer.LogBufferDescriptor;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import org.agrona.BitUtil;

/**
 * Aeron's channels, as it writes them, and the streams in them, which are our channels. Aeron's carry all settings that
 * they can, so that they hold on a driver that was launched by somebody else too.
 */
final class Channels {
    private Channels() {
    }

    /**
     * The stream of one of our channels: so many on from the first, past the highest back to the lowest, so that no
     * two channels have the same.
     */
    static int streamId(final AeronTransportOptions options, final int channel) {
        if (channel < 0) {
            throw new PlumtreeException(Category.CONFIGURATION, "channel " + channel + " is less than 0");
        }
        final int streamId = options.streamId() + channel;
        if (streamId == 0) {
            throw new PlumtreeException(Category.CONFIGURATION, "channel " + channel + " would be stream 0 with "
                + AeronTransportOptions.STREAM_ID_PROPERTY + "=" + options.streamId());
        }
        return streamId;
    }

    /** Endpoint or tag may be null: without an endpoint it is that of the channel which has the same tag. */
    static String subscription(
        final AeronTransportOptions options, final SocketBuffers buffers, final String endpoint, final String tag) {
        return new ChannelUriStringBuilder()
            .media(CommonContext.UDP_MEDIA)
            .endpoint(endpoint)
            .tags(tag)
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
            .linger(options.timeouts().lingerTimeoutNs())
            .socketSndbufLength(buffers.sendLength());
        if (options.sendWindowLength() != 0 && options.sendWindowLength() <= termLength / 2) {
            builder.publicationWindowLength(options.sendWindowLength());
        }
        return builder.build();
    }
}
