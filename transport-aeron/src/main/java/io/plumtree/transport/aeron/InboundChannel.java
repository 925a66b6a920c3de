package io.plumtree.transport.aeron;

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.Subscription;
import io.plumtree.api.transport.FrameHandler;

/**
 * One channel on which this node listens: a subscription to a stream of its own, and the frames being put together
 * there. The subscription is given, or opened without waiting; it is lost with the host, and then opened anew.
 */
final class InboundChannel {
    private final int channel;
    private final int streamId;
    private final Opening opening;
    private final TransportCounters counters;
    private final ErrorFunnel errors;
    private final FrameAssembler assembler;
    private Subscription subscription;
    private String uri;

    InboundChannel(
        final int channel,
        final AeronTransportOptions options,
        final int maxFrameLength,
        final TransportCounters counters,
        final ErrorFunnel errors) {
        this.channel = channel;
        this.streamId = Channels.streamId(options, channel);
        this.counters = counters;
        this.errors = errors;
        this.opening = new Opening(new Subscribing(), "can't listen on channel " + channel,
            options.retryIntervalNs(), counters, TransportCounter.CHANNEL_FAILURES);
        this.assembler = new FrameAssembler(channel, streamId, maxFrameLength, counters, errors);
    }

    int channel() {
        return channel;
    }

    /** On another host, which may have none. */
    void admission(final Admission ofHost) {
        assembler.admission(ofHost);
    }

    int streamId() {
        return streamId;
    }

    /** Whether there is still to be opened what this channel needs. */
    boolean isUnsettled() {
        return subscription == null;
    }

    boolean isHoldingFrame() {
        return assembler.isHoldingFrame();
    }

    boolean isClosed() {
        return subscription != null && subscription.isClosed();
    }

    boolean hasSenders() {
        return subscription != null && subscription.imageCount() > 0;
    }

    void onSubscription(final Subscription opened) {
        subscription = opened;
    }

    int open(final Aeron aeron, final String ofHost, final long nowNs) {
        uri = ofHost;
        return opening.doWork(aeron, nowNs);
    }

    void onAvailableImage(final Image image) {
        counters.increment(TransportCounter.IMAGES_AVAILABLE);
        assembler.onAvailableImage(image);
    }

    void onUnavailableImage(final Image image) {
        counters.increment(TransportCounter.IMAGES_UNAVAILABLE);
        assembler.onUnavailableImage(image);
    }

    /** Tells how many fragments were taken. */
    int poll(final FrameHandler handler, final int fragmentLimit) {
        return assembler.poll(subscription, handler, fragmentLimit);
    }

    void close() {
        if (subscription != null) {
            subscription.close();
        }
    }

    /** The client is gone, and the subscription with it. */
    void onHostLost() {
        assembler.clear();
        subscription = null;
        opening.startAnew();
    }

    /** The subscription being opened. */
    private final class Subscribing implements Opening.Attempt {
        @Override
        public long request(final Aeron aeron) {
            return aeron.asyncAddSubscription(
                uri, streamId, InboundChannel.this::onAvailableImage, InboundChannel.this::onUnavailableImage);
        }

        @Override
        public boolean take(final Aeron aeron, final long registrationId) {
            subscription = aeron.getSubscription(registrationId);
            return subscription != null;
        }

        @Override
        public void onFailure(final Exception failure) {
            errors.onError(failure);
        }
    }
}
