package io.plumtree.transport.aeron;

import io.aeron.exceptions.TimeoutException;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.protocol.DataHeaderFlyweight;
import io.plumtree.api.Durations;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

/**
 * One subscription a channel on which all peers' frames arrive, and one {@link AeronLink} a peer and channel.
 *
 * <p><b>Stalls.</b> Client and driver survive them ({@link HostClock}), and so do the images of those who send to us:
 * what they could not get rid of meanwhile comes now, and nothing is missing. But a peer that went on has given up the
 * images of what we send, and takes a publication that goes on for a new one, from where that is by then: what went out
 * in between would be lost, without a trace. So after a stall as long as the peers' timeouts, taken to be ours, all
 * links get new publications, and are down for long enough that whoever watches them sees it.
 *
 * <p><b>Rebuilds.</b> What ends Aeron's client for good (an interrupt, a driver elsewhere that died or missed us), or
 * leaves it in an unknown state, is noticed by {@link #doWork}. Client, driver, subscriptions and publications are made
 * anew, on the same port; links stay the same objects. A peer that did not notice would lose, without a trace, what it
 * sends in between; so the new ones are not made before the peers' connection timeout has passed since the last cycle.
 */
final class AeronTransport implements Transport {
    private static final Logger LOGGER = System.getLogger(AeronTransport.class.getName());

    /** A cycle that is so long after the one before has more to do than one turn of Aeron's. */
    private static final long LATE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** How often it is looked whether links and channels that can't be opened yet can. */
    private static final long UNSETTLED_CHECK_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int LAUNCH_ATTEMPTS = 3;

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
    /** How long a stall may be that no peer need have noticed, and how long links are down after another. */
    private final long stallTimeoutNs;
    private long lastCycleNs;
    private String lossReason;
    private long rebuildDeadlineNs;
    private boolean isClosed;

    private AeronTransport(
        final TransportContext context,
        final AeronTransportOptions options,
        final Function<ErrorFunnel, HostSupplier> hosts) {
        this.options = options;
        this.maxFrameLength = context.maxFrameLength();
        this.stallTimeoutNs =
            Math.min(options.timeouts().imageLivenessTimeoutNs(), options.timeouts().connectionTimeoutNs());
        this.errors = new ErrorFunnel(context.errorHandler(), counters);
        this.buffers = SocketBuffers.of(options);
        this.inbound = new Inbound(options, maxFrameLength, counters, errors,
            new Listener(options, buffers, context.bindEndpoint()));
        this.sleep = options.directory().isEmpty() ? new DriverSleep(options) : null;
        this.hosts = hosts != null ? hosts.apply(errors) : options.directory().isEmpty()
            ? new EmbeddedHosts(options, buffers, errors, counters, Storage.of(options), sleep)
            : new ExternalHosts(options, errors);
    }

    static AeronTransport launch(final TransportContext context) {
        return launch(context, null);
    }

    /** For tests that have hosts of their own; null for those that the options ask for. */
    static AeronTransport launch(
        final TransportContext context, final Function<ErrorFunnel, HostSupplier> hosts) {
        final AeronTransportOptions options = AeronTransportOptions.of(context.options()).conclude();
        checkContext(context);
        final AeronTransport transport = new AeronTransport(context, options, hosts);
        // Whatever goes wrong now is told by the exception.
        transport.errors.hold();
        try {
            transport.buildPatiently();
            transport.errors.release();
            return transport;
        } catch (final Throwable ex) {
            // Any: Aeron throws checked ones unannounced, and where no thread can be started, that is an error.
            transport.dismantle();
            transport.closeHosts();
            transport.errors.take();
            throw StartFailures.of("can't start Aeron at " + context.bindEndpoint(), ex);
        }
    }

    /** A stall may have made Aeron miss what was there. */
    private void buildPatiently() {
        for (int attempt = 1;; attempt++) {
            try {
                build();
                return;
            } catch (final TimeoutException ex) {
                if (attempt == LAUNCH_ATTEMPTS) {
                    throw ex;
                }
                LOGGER.log(Level.INFO, "starting Aeron again: {0}", StartFailures.text(ex));
                dismantle();
                errors.take();
            }
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
        final long elapsedNs = nowNs - lastCycleNs;
        lastCycleNs = nowNs;
        errors.hold();
        int workCount = 0;
        try {
            workCount = cycle(nowNs, elapsedNs);
        } catch (final InternalError ex) {
            onMemoryFault(ex);
        }
        if (errors.takeMemoryFault()) {
            return giveUpPlace(nowNs, "no room for what is mapped in " + hosts.place());
        }
        final Throwable storageFailure = errors.takeStorageFailure();
        if (storageFailure != null && hosts.moveElsewhere()) {
            return giveUp(nowNs, "no room for another log in " + hosts.place(), null);
        }
        if (!host.isAlive() || inbound.isClosed()) {
            return giveUp(nowNs, "Aeron has closed itself", errors.take());
        }
        errors.release();
        if (storageFailure != null) {
            errors.tell(storageFailure);
        }
        return workCount;
    }

    private int cycle(final long nowNs, final long elapsedNs) {
        int workCount = elapsedNs > LATE_NS ? host.catchUp() : host.doWork();
        if (!host.isAlive() || inbound.isClosed()) {
            return workCount;
        }
        if (elapsedNs >= stallTimeoutNs) {
            onStall(nowNs, elapsedNs);
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
        return workCount;
    }

    /** What was sent before is on its way as far as it can be; what comes now goes where peers know where it begins. */
    private void onStall(final long nowNs, final long elapsedNs) {
        int reopened = 0;
        for (int i = 0; i < links.size(); i++) {
            reopened += links.get(i).onStall(nowNs + stallTimeoutNs) ? 1 : 0;
        }
        if (reopened > 0) {
            counters.increment(TransportCounter.STALLS);
            LOGGER.log(Level.INFO, "{0} stood still for {1}, links are opened anew: {2}",
                localEndpoint(), Durations.format(elapsedNs), reopened);
        }
    }

    /** Takes an error for what the next cycle deals with, if it is a fault of what is mapped; throws it if not. */
    void onMemoryFault(final InternalError error) {
        if (!StorageFaults.isMemoryFault(error)) {
            throw error;
        }
        errors.onError(error);
    }

    /** Where no other place is left, the same one may have room again. */
    private int giveUpPlace(final long nowNs, final String reason) {
        if (!hosts.moveElsewhere()) {
            errors.take();
            errors.tell(new PlumtreeException(Category.ENVIRONMENT, localEndpoint() + ": " + reason
                + ", and no other place is left: all links are opened anew; make room there, or lower "
                + AeronTransportOptions.TERM_LENGTH_PROPERTY + "=" + options.termLength()));
        }
        return giveUp(nowNs, reason, null);
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

    /** Drops the host, to be replaced when the peers have had the time to notice. */
    private int giveUp(final long nowNs, final String reason, final Throwable cause) {
        // An interrupt, which is the caller's to see, would get in the way of closing.
        final boolean interrupted = Thread.interrupted();
        errors.hold();
        dismantle();
        final Throwable aftermath = errors.take();
        errors.takeStorageFailure();
        errors.release();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        lossReason = interrupted ? "the thread was interrupted" : reason;
        LOGGER.log(Level.DEBUG, lossReason, cause == null ? aftermath : cause);
        if (cause != null) {
            lossReason += ": " + StartFailures.text(cause);
        }
        rebuildDeadlineNs = lastCycleNs + options.timeouts().connectionTimeoutNs()
            + options.timeouts().statusMessageIntervalNs();
        return 1;
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
            // However long this thread stood still meanwhile, they are seen to be down.
            for (int i = 0; i < links.size(); i++) {
                links.get(i).reopenAt(nowNs + options.timeouts().statusMessageIntervalNs());
            }
            errors.release();
            counters.increment(TransportCounter.REBUILDS);
            LOGGER.log(Level.INFO, "rebuilt the transport at {0}: {1}", localEndpoint(), lossReason);
        } catch (final Exception | InternalError ex) {
            dismantle();
            errors.take();
            errors.release();
            errors.takeMemoryFault();
            errors.takeStorageFailure();
            rebuildDeadlineNs = nowNs + options.retryIntervalNs();
            counters.increment(TransportCounter.REBUILD_FAILURES);
            final String what = "can't rebuild the transport at " + localEndpoint() + ", will try again";
            final PlumtreeException failure = StartFailures.of(what, ex);
            errors.tell(failure != ex ? failure
                : new PlumtreeException(failure.category(), what + ": " + failure.getMessage()));
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
        try {
            final int fragments = inbound.poll(handler, frameLimit);
            // What was passed on leaves now, and not a cycle later.
            if (fragments > 0) {
                host.sendNow();
            }
            return fragments;
        } catch (final InternalError ex) {
            onMemoryFault(ex);
            return 0;
        }
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

    /** Tells an error; one of a cycle, when that is over, unless it has another consequence. */
    void tell(final Throwable throwable) {
        errors.onError(throwable);
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
    public Map<String, String> commonSettings() {
        return Map.of(
            AeronTransportOptions.MTU_LENGTH_PROPERTY, String.valueOf(options.mtuLength()),
            AeronTransportOptions.TERM_LENGTH_PROPERTY, String.valueOf(options.termLength()));
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
            if (host != null && host.isAlive()) {
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
