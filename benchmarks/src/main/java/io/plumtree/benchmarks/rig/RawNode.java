package io.plumtree.benchmarks.rig;

import io.aeron.Aeron;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.plumtree.transport.aeron.AeronTransportOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.NoOpLock;

/**
 * A node that does nothing but pass on what it receives to its children, over an Aeron set up as our transport sets it
 * up. What a child has no room for holds up the rest, as far as the root.
 */
final class RawNode implements ControlledFragmentHandler, AutoCloseable {
    private static final int STREAM_ID = 1;
    private static final int ATTEMPTS = 3;

    private final int node;
    private final AeronTransportOptions options;
    private final Deliveries deliveries;
    private final int fragmentLimit;
    private final MediaDriver driver;
    private final AgentInvoker driverInvoker;
    private final Aeron aeron;
    private final AgentInvoker clientInvoker;
    private final Subscription subscription;
    private final List<ExclusivePublication> children = new ArrayList<>();
    private final BufferClaim claim = new BufferClaim();
    private int nextChild;

    RawNode(
        final int node,
        final String endpoint,
        final AeronTransportOptions options,
        final int fragmentLimit,
        final Deliveries deliveries) {
        this.node = node;
        this.options = options;
        this.fragmentLimit = fragmentLimit;
        this.deliveries = deliveries;
        driver = options.directory().isEmpty() ? MediaDriver.launch(driverContext()) : null;
        driverInvoker = driver == null ? null : driver.sharedAgentInvoker();
        aeron = Aeron.connect(new Aeron.Context()
            .aeronDirectoryName(driver == null ? options.directory() : driver.aeronDirectoryName())
            .useConductorAgentInvoker(true)
            .driverAgentInvoker(driverInvoker)
            .clientLock(NoOpLock.INSTANCE)
            .errorHandler(Throwable::printStackTrace));
        clientInvoker = aeron.conductorAgentInvoker();
        subscription = aeron.addSubscription(new ChannelUriStringBuilder()
            .media("udp")
            .endpoint(endpoint)
            .receiverWindowLength(options.receiveWindowLength())
            .socketRcvbufLength(options.socketReceiveBufferLength())
            .sparse(!options.preallocate())
            .build(), STREAM_ID);
    }

    private MediaDriver.Context driverContext() {
        return new MediaDriver.Context()
            .aeronDirectoryName("/dev/shm/plumtree-rig-" + UUID.randomUUID())
            .threadingMode(ThreadingMode.INVOKER)
            .dirDeleteOnShutdown(true)
            .counterValuesBufferLength(1 << 20)
            .termBufferSparseFile(!options.preallocate())
            .mtuLength(options.mtuLength())
            .publicationTermBufferLength(options.termLength())
            .initialWindowLength(options.receiveWindowLength())
            .socketRcvbufLength(options.socketReceiveBufferLength())
            .socketSndbufLength(options.socketSendBufferLength())
            .imageLivenessTimeoutNs(options.timeouts().imageLivenessTimeoutNs())
            .publicationConnectionTimeoutNs(options.timeouts().connectionTimeoutNs())
            .flowControlReceiverTimeoutNs(options.timeouts().connectionTimeoutNs())
            .statusMessageTimeoutNs(options.timeouts().statusMessageIntervalNs())
            .timerIntervalNs(options.timeouts().timerIntervalNs())
            .publicationLingerTimeoutNs(options.timeouts().lingerTimeoutNs())
            .untetheredWindowLimitTimeoutNs(2 * options.timeouts().imageLivenessTimeoutNs())
            .untetheredRestingTimeoutNs(2 * options.timeouts().imageLivenessTimeoutNs())
            .clientLivenessTimeoutNs(options.timeouts().clientLivenessTimeoutNs())
            .publicationUnblockTimeoutNs(2 * options.timeouts().clientLivenessTimeoutNs())
            .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(options.timeouts().driverTimeoutNs()));
    }

    /** To be called before the node runs. */
    void addChild(final String endpoint) {
        children.add(aeron.addExclusivePublication(new ChannelUriStringBuilder()
            .media("udp")
            .endpoint(endpoint)
            .mtu(options.mtuLength())
            .termLength(options.termLength())
            .sparse(!options.preallocate())
            .linger(options.timeouts().lingerTimeoutNs())
            .socketSndbufLength(options.socketSendBufferLength())
            .build(), STREAM_ID));
    }

    boolean isReady() {
        return children.stream().allMatch(Publication::isConnected);
    }

    int doWork() {
        int workCount = 0;
        if (driverInvoker != null) {
            workCount += driverInvoker.invoke();
        }
        workCount += clientInvoker.invoke();
        return workCount + subscription.controlledPoll(this, fragmentLimit);
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (!send(buffer, offset, length)) {
            return Action.ABORT;
        }
        deliveries.onDelivery(
            node, SequenceHandler.sequence(buffer, offset), SequenceHandler.timeNs(buffer, offset));
        return Action.CONTINUE;
    }

    /** Sends to each child. False if one has no room: to be called again with the same, and to go on from there. */
    boolean send(final DirectBuffer buffer, final int offset, final int length) {
        for (; nextChild < children.size(); nextChild++) {
            if (!send(children.get(nextChild), buffer, offset, length)) {
                return false;
            }
        }
        nextChild = 0;
        return true;
    }

    /** Whether some children have a message that others had no room for. */
    boolean isSending() {
        return nextChild > 0;
    }

    private boolean send(
        final ExclusivePublication child, final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < ATTEMPTS; i++) {
            final long result = child.tryClaim(length, claim);
            if (result > 0) {
                claim.buffer().putBytes(claim.offset(), buffer, offset, length);
                claim.commit();
                return true;
            }
            if (result != Publication.ADMIN_ACTION) {
                return false;
            }
        }
        return false;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(aeron, driver);
    }
}
