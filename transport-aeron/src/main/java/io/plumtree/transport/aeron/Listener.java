package io.plumtree.transport.aeron;

import io.aeron.AvailableImageHandler;
import io.aeron.Subscription;
import io.aeron.UnavailableImageHandler;
import io.aeron.exceptions.RegistrationException;
import io.aeron.status.ChannelEndpointStatus;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;

/**
 * Subscribes where the node listens. Once a free port has been found for port 0 it stays the same.
 *
 * <p>All channels share one socket. Aeron knows it by the endpoint that it was made with: where that was port 0, which
 * always is another one, by a tag instead.
 */
final class Listener {
    private final AeronTransportOptions options;
    private final SocketBuffers buffers;
    private String endpoint;
    private String furtherUri;

    Listener(final AeronTransportOptions options, final SocketBuffers buffers, final String bindEndpoint) {
        this.options = options;
        this.buffers = buffers;
        this.endpoint = bindEndpoint;
    }

    String endpoint() {
        return endpoint;
    }

    /** What other streams are to be subscribed to with, while there is a subscription of {@link #listen}'s. */
    String furtherUri() {
        return furtherUri;
    }

    Subscription listen(
        final AeronHost host,
        final int streamId,
        final AvailableImageHandler onAvailable,
        final UnavailableImageHandler onUnavailable) {
        // A fixed endpoint goes without a tag: others on a shared driver may have it open, with none or another.
        final String tag = hasPort(endpoint) ? null : Long.toString(host.aeron().nextCorrelationId());
        final String uri = Channels.subscription(options, buffers, endpoint, tag);
        final Subscription subscription;
        try {
            subscription = host.aeron().addSubscription(
                uri, streamId, onAvailable, onUnavailable);
        } catch (final RegistrationException ex) {
            final String hint = StartFailures.hint(ex);
            if (hint != null) {
                throw new PlumtreeException(Category.ENVIRONMENT, "can't listen on " + endpoint + ": " + hint);
            }
            throw new PlumtreeException(Category.ENVIRONMENT, "can't listen on " + endpoint + ": "
                + StartFailures.text(ex) + "; is the host one of this machine's, and the port free?"
                + " Port 0 takes any free one", ex);
        }
        furtherUri = tag == null ? uri : Channels.subscription(options, buffers, null, tag);
        endpoint = withPort(endpoint, awaitResolved(host, subscription));
        return subscription;
    }

    private String awaitResolved(final AeronHost host, final Subscription subscription) {
        // What counts is how long the driver runs, not how long this thread stands still.
        final HostClock clock = HostClock.of(options);
        final long startNs = clock.nanoTime();
        String resolved = subscription.resolvedEndpoint();
        while (resolved == null) {
            if (subscription.isClosed() || subscription.channelStatus() == ChannelEndpointStatus.ERRORED
                || clock.nanoTime() - startNs > options.timeouts().driverTimeoutNs()) {
                throw new PlumtreeException(Category.TRANSPORT, "can't listen on " + endpoint
                    + ": the media driver did not make the socket");
            }
            host.doWork();
            Thread.onSpinWait();
            resolved = subscription.resolvedEndpoint();
        }
        return resolved;
    }

    private static boolean hasPort(final String endpoint) {
        return Integer.parseInt(endpoint, endpoint.lastIndexOf(':') + 1, endpoint.length(), 10) != 0;
    }

    private static String withPort(final String endpoint, final String resolved) {
        return endpoint.substring(0, endpoint.lastIndexOf(':')) + resolved.substring(resolved.lastIndexOf(':'));
    }
}
