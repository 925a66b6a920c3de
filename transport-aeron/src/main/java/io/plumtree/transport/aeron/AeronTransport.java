package io.plumtree.transport.aeron;

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
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.agrona.SystemUtil;

/**
 * One subscription a channel on which all peers' frames arrive, and one {@link AeronLink} a peer and channel.
 *
 * <p>A stall longer than Aeron's timeouts closes Aeron's client for good. {@link #doWork} notices, and makes client,
 * driver, subscriptions and publications anew, on the same port; links stay the same objects. A peer that did not
 * notice would lose, without a trace, what it sends in between; so the new ones are not made before the peers'
 * connection timeout, taken to be ours, has passed since the last cycle.
 */
final class AeronTransport implements Transport {
    private static final Logger LOGGER = System.getLogger(AeronTransport.class.getName());

    /** A cycle that is so long after the one before has more to do than one turn of Aeron's. */
    private static final long LATE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** How often it is looked whether links and channels that can't be opened yet can. */
    private static final long UNSETTLED_CHECK_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final AeronTransportOptions options;
    private final int maxFrameLength;
    private final TransportCounters counters = new TransportCounters();
    private final ErrorFunnel errors;
    private final Inbound inbound;
    private final HostSupplier hosts;
    /** Null where the driver runs elsewhere. */
    private final DriverSleep sleep;
    private final SocketBuffers buffers;
    private final BufferClaim claim = new BufferClaim();
    private final ArrayList<AeronLink> links = new ArrayList<>();
    private boolean hasUnsettledLinks;
    private AeronHost host;
    private final long stallTimeoutNs;
    private long lastCycleNs;
    private String lossReason;
    private long rebuildDeadlineNs;
    private boolean isClosed;

    private AeronTransport(final TransportContext context, final AeronTransportOptions options) {
        this.options = options;
        this.maxFrameLength = context.maxFrameLength();
        this.stallTimeoutNs = Math.min(options.clientLivenessTimeoutNs(), options.driverTimeoutNs());
        this.errors = new ErrorFunnel(context.errorHandler(), counters);
        this.buffers = SocketBuffers.of(options);
        this.inbound = new Inbound(options, maxFrameLength, counters, errors,
            new Listener(options, buffers, context.bindEndpoint()));
        this.sleep = options.directory().isEmpty() ? new DriverSleep(options) : null;
        this.hosts = options.directory().isEmpty()
            ? new EmbeddedHosts(options, buffers, errors, counters, Storage.of(options), sleep)
            : new ExternalHosts(options, errors);
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
            transport.closeHosts();
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
        host.expectLookUps();
        inbound.open(host);
        hasUnsettledLinks = !links.isEmpty();
        lastCycleNs = System.nanoTime();
    }

    @Override
    public int doWork(final long nowNs) {
        if (isClosed) {
            return 0;
        }
        if (host == null) {
            return rebuild(nowNs);
        }
        if (isStalled(nowNs)) {
            // Known to be dead. Not to be run once more: its last words would tell the peers that it lives.
            return giveUp(nowNs, "no cycle for " + SystemUtil.formatDuration(nowNs - lastCycleNs), null);
        }
        final boolean isLate = nowNs - lastCycleNs > LATE_NS;
        lastCycleNs = nowNs;
        errors.hold();
        int workCount = isLate ? host.catchUp() : host.doWork();
        if (!host.isAlive() || inbound.isClosed()) {
            return giveUp(nowNs, "Aeron has closed itself", errors.take());
        }
        if (hasUnsettledLinks || inbound.isUnsettled()) {
            host.expectLookUps();
        }
        if (inbound.isUnsettled()) {
            workCount += inbound.settle(host.aeron(), nowNs);
        }
        if (hasUnsettledLinks) {
            workCount += settleLinks(nowNs);
        }
        errors.release();
        if (errors.takeStorageExhausted() && hosts.moveElsewhere()) {
            return giveUp(nowNs, "no room for another log", null);
        }
        return workCount;
    }

    private boolean isStalled(final long nowNs) {
        return host.isEmbedded() && nowNs - lastCycleNs > stallTimeoutNs;
    }

    private int settleLinks(final long nowNs) {
        int workCount = 0;
        boolean unsettled = false;
        for (int i = 0; i < links.size(); i++) {
            final AeronLink link = links.get(i);
            workCount += link.doWork(host.aeron(), nowNs);
            unsettled |= link.isUnsettled();
        }
        hasUnsettledLinks = unsettled;
        return workCount;
    }

    /** Drops the host, to be replaced at once or when the peers have had the time to notice. */
    private int giveUp(final long nowNs, final String reason, final Throwable cause) {
        // An interrupt, which is the caller's to see, would get in the way of closing.
        final boolean interrupted = Thread.interrupted();
        errors.hold();
        dismantle();
        final Throwable aftermath = errors.take();
        errors.release();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        lossReason = interrupted ? "the thread was interrupted" : reason;
        LOGGER.log(Level.DEBUG, lossReason, cause == null ? aftermath : cause);
        if (cause != null) {
            lossReason += ": " + cause.getMessage();
        }
        rebuildDeadlineNs = lastCycleNs + options.connectionTimeoutNs() + options.statusMessageIntervalNs();
        return 1 + rebuild(nowNs);
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
            LOGGER.log(Level.WARNING, "rebuilt the transport at {0}: {1}", localEndpoint(), lossReason);
        } catch (final RuntimeException ex) {
            dismantle();
            errors.take();
            errors.release();
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
        for (int i = 0; i < links.size(); i++) {
            links.get(i).onHostLost();
        }
        inbound.onHostLost();
        if (host != null) {
            host.close();
            host = null;
        }
    }

    @Override
    public int poll(final FrameHandler handler, final int frameLimit) {
        if (host == null || isClosed) {
            return 0;
        }
        final int fragments = inbound.poll(handler, frameLimit);
        // What was passed on leaves now, and not a cycle later; unless a handler has stalled the driver to death.
        if (fragments > 0 && !isStalled(System.nanoTime())) {
            host.sendNow();
        }
        return fragments;
    }

    @Override
    public boolean awaitWork(final long timeoutNs) {
        if (sleep == null || host == null || isClosed || inbound.isHoldingFrame()) {
            return false;
        }
        final boolean isSettled = !hasUnsettledLinks && !inbound.isUnsettled();
        return sleep.await(isSettled ? timeoutNs : Math.min(timeoutNs, UNSETTLED_CHECK_NS));
    }

    @Override
    public void wakeUp() {
        if (sleep != null) {
            sleep.wakeUp();
        }
    }

    @Override
    public void listen(final int channel) {
        Channels.streamId(options, channel);
        if (isClosed) {
            throw new PlumtreeException(
                Category.TRANSPORT, "can't listen on channel " + channel + ": transport is closed");
        }
        inbound.listen(channel);
    }

    @Override
    public Link connect(final String endpoint, final int channel) {
        return connect(endpoint, channel, options.termLength());
    }

    /** With a log that is short: making and filling a long one would take longer than what it is for. */
    @Override
    public Link connectBriefly(final String endpoint) {
        return connect(endpoint, DEFAULT_CHANNEL, Channels.briefTermLength(options));
    }

    private Link connect(final String endpoint, final int channel, final int termLength) {
        checkEndpoint(endpoint);
        final int streamId = Channels.streamId(options, channel);
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
            this, endpoint, channel, Channels.publication(options, buffers, endpoint, termLength), streamId, termLength,
            options, claim);
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
        return inbound.endpoint();
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
            if (host != null && host.isAlive() && !isStalled(System.nanoTime())) {
                sayGoodbye();
            }
            dismantle();
        } finally {
            closeLinks(null);
            closeHosts();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeHosts() {
        hosts.close();
        if (sleep != null) {
            sleep.close();
        }
    }

    /** Peers learn of the end of streams only if the driver goes on for a while; an external one does so anyway. */
    private void sayGoodbye() {
        final Goodbye goodbye = new Goodbye();
        final boolean hasSenders = inbound.hasSenders();
        closeLinks(goodbye);
        inbound.close();
        if (host.isEmbedded() && (hasSenders || goodbye.isExpected())) {
            goodbye.run(host, options.closeTimeoutNs());
        }
    }

    private void closeLinks(final Goodbye goodbye) {
        while (!links.isEmpty()) {
            links.get(links.size() - 1).close(goodbye);
        }
    }

    @Override
    public String toString() {
        return "AeronTransport{" + localEndpoint() + ", links=" + links.size() + (isClosed ? ", closed" : "") + '}';
    }
}
