package io.plumtree.transport.aeron;

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.Subscription;
import io.plumtree.api.transport.FrameHandler;
import java.util.Objects;

/**
 * One channel on which this node listens: a subscription to a stream of its own, and the frames being put together
 * there. The subscription is given, or opened without waiting; it is lost with the host, and then opened anew.
 */
final class InboundChannel {
    private final int channel;
    private final int streamId;
    private final long retryIntervalNs;
    private final TransportCounters counters;
    private final ErrorFunnel errors;
    private final FrameAssembler assembler;
    private Subscription subscription;
    private long registrationId = Aeron.NULL_VALUE;
    private boolean isRetryDue = true;
    private long retryDeadlineNs;
    private String lastFailure;

    InboundChannel(
        final int channel,
        final AeronTransportOptions options,
        final int maxFrameLength,
        final TransportCounters counters,
        final ErrorFunnel errors) {
        this.channel = channel;
        this.streamId = Channels.streamId(options, channel);
        this.retryIntervalNs = options.retryIntervalNs();
        this.counters = counters;
        this.errors = errors;
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

    int open(final Aeron aeron, final String uri, final long nowNs) {
        if (registrationId == Aeron.NULL_VALUE && !isRetryDue && nowNs - retryDeadlineNs < 0) {
            return 0;
        }
        isRetryDue = false;
        try {
            if (registrationId == Aeron.NULL_VALUE) {
                registrationId = aeron.asyncAddSubscription(
                    uri, streamId, this::onAvailableImage, this::onUnavailableImage);
            } else {
                subscription = aeron.getSubscription(registrationId);
                if (subscription == null) {
                    return 0;
                }
                registrationId = Aeron.NULL_VALUE;
                lastFailure = null;
            }
        } catch (final Exception ex) {
            registrationId = Aeron.NULL_VALUE;
            retryDeadlineNs = nowNs + retryIntervalNs;
            onFailure(ex);
        }
        return 1;
    }

    /** Told once for each kind of failure in a row, counted each time. */
    private void onFailure(final Exception ex) {
        counters.increment(TransportCounter.CHANNEL_FAILURES);
        final String failure = String.valueOf(ex.getMessage());
        if (!Objects.equals(failure, lastFailure)) {
            lastFailure = failure;
            errors.onError(StartFailures.again("can't listen on channel " + channel, ex));
        }
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
        registrationId = Aeron.NULL_VALUE;
        isRetryDue = true;
    }
}
