package io.plumtree.transport.aeron;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.NoOpLock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * One life of an Aeron client and, when it is embedded, of its media driver. Both run on the thread that calls
 * {@link #doWork}, by one clock, so that they survive any stall of it. A client on a driver that runs elsewhere does
 * not when its driver has missed it for too long; the transport then makes another host.
 */
final class AeronHost implements AutoCloseable {
    /** Logs of images that went: no other thread can be reading them. */
    private static final long RESOURCE_LINGER_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long KEEP_ALIVE_MAX_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int KEEP_ALIVES_PER_TIMEOUT = 5;
    private static final int CATCH_UP_LIMIT = 256;

    private final MediaDriver driver;
    private final AgentInvoker driverInvoker;
    private final Aeron aeron;
    private final AgentInvoker clientInvoker;
    /** Null where the driver runs elsewhere. */
    private final ExecutorIdle executorIdle;
    private final ErrorFunnel errors;
    /** Null where the driver runs elsewhere. */
    private final Admission admission;
    /** Closed before all else. */
    private final AutoCloseable lookups;
    /** Closed when nobody looks at it any more. */
    private final AutoCloseable clock;

    private AeronHost(
        final MediaDriver driver,
        final Aeron aeron,
        final ExecutorIdle executorIdle,
        final ErrorFunnel errors,
        final Admission admission,
        final AutoCloseable lookups,
        final AutoCloseable clock) {
        this.admission = admission;
        this.executorIdle = executorIdle;
        this.lookups = lookups;
        this.clock = clock;
        this.driver = driver;
        this.driverInvoker = driver == null ? null : driver.sharedAgentInvoker();
        this.aeron = aeron;
        this.clientInvoker = aeron.conductorAgentInvoker();
        this.errors = errors;
    }

    /**
     * With a driver of its own, whose directory does not exist yet, and whose sockets are added to the sleep. The
     * look-ups become the host's.
     */
    static AeronHost embedded(
        final AeronTransportOptions options,
        final SocketBuffers buffers,
        final Path directory,
        final HostClock clock,
        final NameLookups lookups,
        final DriverSleep sleep,
        final TransportCounters counters,
        final ErrorFunnel errors) {
        final Admission admission = new Admission(
            options, buffers.receiveWindowLength(), counters, errors, directory.toFile()::getUsableSpace, clock);
        final DroppedDatagrams dropped = new DroppedDatagrams(counters, errors);
        final ExecutorIdle executorIdle = new ExecutorIdle();
        final DatagramChecksum checksum = options.checksum() ? new DatagramChecksum() : null;
        MediaDriver driver = null;
        try {
            driver = MediaDriver.launch(
                DriverContexts.create(options, buffers, directory, ThreadingMode.INVOKER, errors)
                    .nanoClock(clock)
                    .epochClock(clock)
                    .nameResolver(lookups)
                    .asyncExecutorIdleStrategy(executorIdle)
                    .sendChannelEndpointSupplier((channel, status, context) ->
                        new SparingSendEndpoint(
                            channel, status, context, sleep, admission, checksum, dropped))
                    .receiveChannelEndpointSupplier((channel, dispatcher, status, context) ->
                        new WakingReceiveEndpoint(
                            channel, dispatcher, status, context, sleep, admission, counters, dropped)));
            DriverContexts.reserveFiles(directory);
            final Aeron aeron =
                connect(options, directory.toString(), driver.sharedAgentInvoker(), clock, clock, errors);
            return new AeronHost(driver, aeron, executorIdle, errors, admission, lookups, null);
        } catch (final Throwable ex) {
            CloseHelper.quietCloseAll(lookups, driver);
            throw ex;
        }
    }

    /** On a driver that runs elsewhere, by its clock, which becomes the host's. */
    static AeronHost external(
        final AeronTransportOptions options, final DriverClock clock, final ErrorFunnel errors) {
        final Aeron aeron =
            connect(options, options.directory(), null, clock, SystemNanoClock.INSTANCE, errors);
        return new AeronHost(null, aeron, null, errors, null, null, clock);
    }

    private static Aeron connect(
        final AeronTransportOptions options,
        final String directory,
        final AgentInvoker driverInvoker,
        final EpochClock epochClock,
        final NanoClock nanoClock,
        final ErrorFunnel errors) {
        final long keepAliveNs = Math.min(KEEP_ALIVE_MAX_NS,
            Math.min(options.timeouts().clientLivenessTimeoutNs(), options.timeouts().driverTimeoutNs())
            / KEEP_ALIVES_PER_TIMEOUT);
        return Aeron.connect(new Aeron.Context()
            .aeronDirectoryName(directory)
            .clientName("plumtree")
            .useConductorAgentInvoker(true)
            .driverAgentInvoker(driverInvoker)
            .clientLock(NoOpLock.INSTANCE)
            .epochClock(epochClock)
            .nanoClock(nanoClock)
            .errorHandler(errors)
            .subscriberErrorHandler(errors)
            .keepAliveIntervalNs(keepAliveNs)
            .resourceLingerDurationNs(RESOURCE_LINGER_NS)
            .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(options.timeouts().driverTimeoutNs())));
    }

    /**
     * Does the work of many cycles. The driver takes one datagram from a socket each time it runs; run once after a
     * long pause, it would leave the rest, heartbeats and status messages among them, to be lost.
     */
    int catchUp() {
        int workCount = 0;
        for (int i = 0; i < CATCH_UP_LIMIT; i++) {
            // The client each time too: a log that the driver has made and removed can't be mapped any more.
            final int count = doWork();
            if (count == 0) {
                break;
            }
            workCount += count;
        }
        return workCount;
    }

    int doWork() {
        int workCount = 0;
        if (driverInvoker != null) {
            workCount += driverInvoker.invoke() + admission.giveUpOverdue();
        }
        // The client's invoker does not drive the driver.
        return workCount + clientInvoker.invoke();
    }

    /** A name may have to be looked up soon. */
    void expectLookUps() {
        if (executorIdle != null) {
            executorIdle.wakeUp();
        }
    }

    /** Has an embedded driver send what is there; another one does so by itself. */
    void sendNow() {
        if (driverInvoker != null) {
            driverInvoker.invoke();
        }
    }

    /** Whether both can still be used. */
    boolean isAlive() {
        return clientInvoker.isRunning() && !aeron.isClosed() && (driverInvoker == null || driverInvoker.isRunning());
    }

    boolean isEmbedded() {
        return driver != null;
    }

    /** Who may send here; null where the driver runs elsewhere, and lets in whom it likes. */
    Admission admission() {
        return admission;
    }

    Aeron aeron() {
        return aeron;
    }

    @Override
    public void close() {
        CloseHelper.close(errors, lookups);
        CloseHelper.close(errors, aeron);
        CloseHelper.close(errors, driver);
        CloseHelper.close(errors, clock);
    }
}
