package io.plumtree.transport.aeron;

import io.aeron.Aeron;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Transport;
import java.util.Arrays;

/** All channels on which this node listens; the first is the default one, whose subscription makes the socket. */
final class Inbound {
    private final AeronTransportOptions options;
    private final int maxFrameLength;
    private final TransportCounters counters;
    private final ErrorFunnel errors;
    private final Listener listener;
    /** Replaced as a whole: a handler may add a channel in the middle of a poll. */
    private InboundChannel[] channels;
    private int nextFirst;
    private boolean isUnsettled;
    /** Of the host on which it is open; may be null. */
    private Admission admission;

    Inbound(
        final AeronTransportOptions options,
        final int maxFrameLength,
        final TransportCounters counters,
        final ErrorFunnel errors,
        final Listener listener) {
        this.options = options;
        this.maxFrameLength = maxFrameLength;
        this.counters = counters;
        this.errors = errors;
        this.listener = listener;
        this.channels = new InboundChannel[] {newChannel(Transport.DEFAULT_CHANNEL)};
    }

    private InboundChannel newChannel(final int channel) {
        return new InboundChannel(channel, options, maxFrameLength, counters, errors);
    }

    String endpoint() {
        return listener.endpoint();
    }

    /** Opens the default channel at once, and leaves the others to {@link #settle}. */
    void open(final AeronHost host) {
        admission = host.admission();
        for (final InboundChannel channel : channels) {
            channel.admission(admission);
        }
        final InboundChannel first = channels[0];
        first.onSubscription(listener.listen(
            host, first.streamId(), first::onAvailableImage, first::onUnavailableImage));
        isUnsettled = channels.length > 1;
    }

    /** Adds a channel unless it is there. */
    void listen(final int channel) {
        for (final InboundChannel listened : channels) {
            if (listened.channel() == channel) {
                return;
            }
        }
        final InboundChannel added = newChannel(channel);
        if (channels.length >= options.maxChannels()) {
            counters.increment(TransportCounter.CHANNELS_REFUSED);
            throw new PlumtreeException(Category.TRANSPORT, "can't listen on channel " + channel + ": there are "
                + channels.length + " channels, as many as " + AeronTransportOptions.MAX_CHANNELS_PROPERTY
                + " allows");
        }
        final InboundChannel[] more = Arrays.copyOf(channels, channels.length + 1);
        added.admission(admission);
        more[channels.length] = added;
        channels = more;
        isUnsettled = true;
    }

    /** Whether there is something to do at each cycle. */
    boolean isUnsettled() {
        return isUnsettled;
    }

    int settle(final Aeron aeron, final long nowNs) {
        int workCount = 0;
        boolean unsettled = false;
        for (final InboundChannel channel : channels) {
            if (channel.isUnsettled()) {
                workCount += channel.open(aeron, listener.furtherUri(), nowNs);
                unsettled |= channel.isUnsettled();
            }
        }
        isUnsettled = unsettled;
        return workCount;
    }

    /** Each poll begins with another channel, so that a full one can't use up every poll's limit. */
    int poll(final FrameHandler handler, final int fragmentLimit) {
        final InboundChannel[] polled = channels;
        int index = nextFirst < polled.length ? nextFirst : 0;
        nextFirst = index + 1;
        int fragments = 0;
        for (int i = 0; i < polled.length && fragments < fragmentLimit; i++) {
            final InboundChannel channel = polled[index];
            if (!channel.isUnsettled()) {
                fragments += channel.poll(handler, fragmentLimit - fragments);
            }
            index = index + 1 < polled.length ? index + 1 : 0;
        }
        return fragments;
    }

    /** Whether a frame was refused at the last poll, and is to be handed over again. */
    boolean isHoldingFrame() {
        for (final InboundChannel channel : channels) {
            if (channel.isHoldingFrame()) {
                return true;
            }
        }
        return false;
    }

    boolean isClosed() {
        for (final InboundChannel channel : channels) {
            if (channel.isClosed()) {
                return true;
            }
        }
        return false;
    }

    boolean hasSenders() {
        for (final InboundChannel channel : channels) {
            if (channel.hasSenders()) {
                return true;
            }
        }
        return false;
    }

    void close() {
        for (final InboundChannel channel : channels) {
            channel.close();
        }
    }

    /** The client is gone, and all subscriptions with it. */
    void onHostLost() {
        for (final InboundChannel channel : channels) {
            channel.onHostLost();
        }
    }
}
