package io.plumtree.transport.aeron;

import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.protocol.DataHeaderFlyweight;
import io.plumtree.api.Member;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.Transport;
import io.plumtree.api.transport.TransportContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ObjLongConsumer;

/**
 * One subscription on which all peers' frames arrive, and one {@link AeronLink} a peer.
 *
 * <p>A stall longer than Aeron's timeouts closes Aeron's client for good. {@link #doWork} notices, and makes client,
 * driver, subscription and publications anew, on the same port; links stay the same objects.
 */
final class AeronTransport implements Transport {
    private static final Logger LOGGER = System.getLogger(AeronTransport.class.getName());
    private static final long CLOSE_PARK_NS = 50_000;

    private final AeronTransportOptions options;
    private final int maxFrameLength;
    private final TransportCounters counters = new TransportCounters();
    private final ErrorFunnel errors;
    private final FrameAssembler assembler;
    private final Listener listener;
    private final HostSupplier hosts;
    private final SocketBuffers buffers;
    private final BufferClaim claim = new BufferClaim();
    private final ArrayList<AeronLink> links = new ArrayList<>();
    private boolean hasUnsettledLinks;
    private AeronHost host;
    private Subscription subscription;
    private Throwable lossCause;
    private long rebuildDeadlineNs;
    private boolean isClosed;

    private AeronTransport(final TransportContext context, final AeronTransportOptions options) {
        this.options = options;
        this.maxFrameLength = context.maxFrameLength();
        this.errors = new ErrorFunnel(context.errorHandler(), counters);
        this.assembler = new FrameAssembler(maxFrameLength, counters, errors);
        this.buffers = SocketBuffers.of(options);
        this.listener = new Listener(options, buffers, context.bindEndpoint());
        this.hosts = options.directory().isEmpty()
            ? new EmbeddedHosts(options, buffers, errors, counters) : new ExternalHosts(options, errors);
    }

    static AeronTransport launch(final TransportContext context) {
        final AeronTransportOptions options = AeronTransportOptions.of(context.options()).conclude();
        checkContext(context);
        final AeronTransport transport = new AeronTransport(context, options);
        // Whatever goes wrong now is told by the exception.
        transport.errors.hold();
        try {
            transport.build();
            transport.errors.release();
            return transport;
        } catch (final RuntimeException ex) {
            transport.dismantle();
            transport.hosts.close();
            transport.errors.take();
            throw ex instanceof PlumtreeException ? ex : new PlumtreeException(
                Category.TRANSPORT, "can't start Aeron at " + context.bindEndpoint() + ": " + ex.getMessage(), ex);
        }
    }

    private static void checkContext(final TransportContext context) {
        if (context.maxFrameLength() <= 0) {
            throw new PlumtreeException(Category.CONFIGURATION,
                "maxFrameLength=" + context.maxFrameLength() + " must be more than 0");
        }
        if (context.errorHandler() == null) {
            throw new PlumtreeException(Category.CONFIGURATION, "errorHandler is missing");
        }
        checkEndpoint(context.bindEndpoint());
    }

    private static void checkEndpoint(final String endpoint) {
        try {
            Member.checkEndpoint(endpoint);
        } catch (final IllegalArgumentException ex) {
            throw new PlumtreeException(Category.CONFIGURATION, ex.getMessage(), ex);
        }
    }

    private void build() {
        host = hosts.next();
        subscription = listener.listen(host, image -> counters.increment(TransportCounter.IMAGES_AVAILABLE),
            this::onUnavailableImage);
        hasUnsettledLinks = !links.isEmpty();
    }

    private void onUnavailableImage(final Image image) {
        counters.increment(TransportCounter.IMAGES_UNAVAILABLE);
        assembler.onUnavailableImage(image);
    }

    @Override
    public int doWork(final long nowNs) {
        if (isClosed) {
            return 0;
        }
        if (host == null) {
            return rebuild(nowNs);
        }
        errors.hold();
        int workCount = host.doWork();
        if (host.isAlive() && !subscription.isClosed()) {
            if (hasUnsettledLinks) {
                workCount += settleLinks(nowNs);
            }
            errors.release();
            if (!(errors.takeStorageExhausted() && hosts.moveElsewhere())) {
                return workCount;
            }
        }
        lossCause = errors.take();
        dismantle();
        errors.release();
        rebuildDeadlineNs = nowNs;
        return workCount + rebuild(nowNs);
    }

    private int settleLinks(final long nowNs) {
        int workCount = 0;
        boolean unsettled = false;
        for (int i = 0, size = links.size(); i < size; i++) {
            final AeronLink link = links.get(i);
            workCount += link.doWork(host.aeron(), nowNs);
            unsettled |= link.isUnsettled();
        }
        hasUnsettledLinks = unsettled;
        return workCount;
    }

    private int rebuild(final long nowNs) {
        if (nowNs - rebuildDeadlineNs < 0) {
            return 0;
        }
        // An interrupt, which is the caller's to see, would close the new files and sockets at once.
        final boolean interrupted = Thread.interrupted();
        errors.hold();
        try {
            build();
            errors.release();
            counters.increment(TransportCounter.REBUILDS);
            LOGGER.log(Level.WARNING, "rebuilt the transport at {0}: {1}", localEndpoint(), lossCause);
            lossCause = null;
        } catch (final RuntimeException ex) {
            errors.take();
            errors.release();
            dismantle();
            rebuildDeadlineNs = nowNs + options.retryIntervalNs();
            counters.increment(TransportCounter.REBUILD_FAILURES);
            tell(new PlumtreeException(Category.TRANSPORT,
                "can't rebuild the transport at " + localEndpoint() + ", will try again: " + ex.getMessage(), ex));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return 1;
    }

    private void dismantle() {
        for (int i = 0, size = links.size(); i < size; i++) {
            links.get(i).onHostLost();
        }
        assembler.clear();
        subscription = null;
        if (host != null) {
            host.close();
            host = null;
        }
    }

    @Override
    public int poll(final FrameHandler handler, final int frameLimit) {
        return subscription == null || isClosed ? 0 : assembler.poll(subscription, handler, frameLimit);
    }

    @Override
    public Link connect(final String endpoint) {
        checkEndpoint(endpoint);
        if (endpoint.endsWith(":0")) {
            throw new PlumtreeException(Category.CONFIGURATION, "can't connect to port 0: '" + endpoint + "'");
        }
        if (isClosed) {
            throw new PlumtreeException(Category.TRANSPORT, "can't connect to " + endpoint + ": transport is closed");
        }
        if (links.size() >= options.maxLinks()) {
            throw new PlumtreeException(Category.TRANSPORT, "can't connect to " + endpoint + ": there are "
                + links.size() + " links, as many as " + AeronTransportOptions.MAX_LINKS_PROPERTY + " allows");
        }
        final AeronLink link = new AeronLink(
            this, endpoint, Channels.publication(options, buffers, endpoint), options, claim);
        links.add(link);
        hasUnsettledLinks = true;
        return link;
    }

    /** A link has something to do at each cycle. */
    void onLinkUnsettled() {
        hasUnsettledLinks = true;
    }

    void onLinkClosed(final AeronLink link) {
        links.remove(link);
    }

    /** A publication is no longer wanted that was asked for and is not there yet. */
    void cancel(final long registrationId) {
        if (host != null && host.isAlive()) {
            try {
                host.aeron().asyncRemovePublication(registrationId);
            } catch (final RuntimeException ex) {
                errors.onError(ex);
            }
        }
    }

    void tell(final Throwable throwable) {
        errors.tell(throwable);
    }

    TransportCounters counters() {
        return counters;
    }

    @Override
    public String localEndpoint() {
        return listener.endpoint();
    }

    @Override
    public int maxFrameLength() {
        return maxFrameLength;
    }

    @Override
    public int maxUnfragmentedLength() {
        return Math.min(maxFrameLength, options.mtuLength() - DataHeaderFlyweight.HEADER_LENGTH);
    }

    @Override
    public void forEachCounter(final ObjLongConsumer<String> consumer) {
        counters.forEach(consumer);
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        // An interrupt, which is the caller's to see, would cut the goodbye short.
        final boolean interrupted = Thread.interrupted();
        try {
            sayGoodbye();
            dismantle();
        } finally {
            hosts.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Peers learn of the end of streams only if the driver goes on for a while; an external one does so anyway. */
    private void sayGoodbye() {
        if (host == null || !host.isAlive()) {
            return;
        }
        boolean hasPeers = subscription.imageCount() > 0;
        while (!links.isEmpty()) {
            final AeronLink link = links.get(links.size() - 1);
            hasPeers |= link.isConnected();
            link.close();
        }
        subscription.close();
        if (hasPeers && host.isEmbedded()) {
            final long startNs = System.nanoTime();
            while (host.isAlive() && System.nanoTime() - startNs < options.closeTimeoutNs()) {
                if (host.doWork() == 0) {
                    LockSupport.parkNanos(CLOSE_PARK_NS);
                }
            }
        }
    }

    @Override
    public String toString() {
        return "AeronTransport{" + localEndpoint() + ", links=" + links.size() + (isClosed ? ", closed" : "") + '}';
    }
}
