package io.plumtree.transport.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * A media driver for several transports, on a thread of its own; they find it by {@link #directory()}, in this process
 * or in others of the same user:
 * <pre>{@code
 * final SharedDriver driver = SharedDriver.launch(new AeronTransportOptions(), errorHandler);
 * final Map<String, String> options = new AeronTransportOptions().directory(driver.directory()).toMap();
 * }</pre>
 * It costs about 12 MB of memory once, and not for each node, and a hop takes a few microseconds more. To be closed
 * after the transports.
 */
public final class SharedDriver implements AutoCloseable {
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 50_000;
    private static final long MAX_SPINS = 100;
    private static final long MAX_YIELDS = 50;

    private final WorkDirectory workDirectory;
    private final MediaDriver driver;
    private final NameLookups lookups;

    private SharedDriver(
        final WorkDirectory workDirectory, final MediaDriver driver, final NameLookups lookups) {
        this.workDirectory = workDirectory;
        this.driver = driver;
        this.lookups = lookups;
    }

    /**
     * Starts a driver.
     *
     * @param options      how; {@link AeronTransportOptions#directory()} must be empty.
     * @param errorHandler told of the driver's errors, on the driver's thread; must not throw.
     * @return the driver, running.
     * @throws PlumtreeException if an option is wrong or there is no room for the driver's files.
     */
    public static SharedDriver launch(final AeronTransportOptions options, final ErrorHandler errorHandler) {
        return launch(options, errorHandler, new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS));
    }

    /**
     * Starts a driver that has its own way to wait for work.
     *
     * @param options      how; {@link AeronTransportOptions#directory()} must be empty.
     * @param errorHandler told of the driver's errors, on the driver's thread; must not throw.
     * @param idleStrategy what its thread does without work: yields for latency, at the price of a core; parks
     *                     otherwise, for {@value #MAX_PARK_NS} ns at most where none is given.
     * @return the driver, running.
     * @throws PlumtreeException if an option is wrong or there is no room for the driver's files.
     */
    public static SharedDriver launch(
        final AeronTransportOptions options, final ErrorHandler errorHandler, final IdleStrategy idleStrategy) {
        options.conclude();
        if (!options.directory().isEmpty()) {
            throw new PlumtreeException(Category.CONFIGURATION, AeronTransportOptions.DIRECTORY_PROPERTY + "="
                + options.directory() + " is where a driver runs already");
        }
        final TransportCounters counters = new TransportCounters();
        final ErrorFunnel errors = ErrorFunnel.ofDriver(errorHandler, counters);
        final Storage storage = Storage.of(options);
        while (true) {
            final WorkDirectory workDirectory = storage.next(counters);
            final NameLookups lookups = new NameLookups();
            MediaDriver driver = null;
            try {
                final Path directory = workDirectory.newDriverPath();
                // What stands still is the driver's thread, but not its clients: they compare its signs of life.
                driver = MediaDriver.launch(DriverContexts.create(
                    options, SocketBuffers.of(options), directory, ThreadingMode.SHARED, errors)
                    .nanoClock(HostClock.of(options))
                    .epochClock(SteadyClock.ofSystem())
                    .nameResolver(lookups)
                    .sharedIdleStrategy(idleStrategy));
                DriverContexts.reserveFiles(directory);
                return new SharedDriver(workDirectory, driver, lookups);
            } catch (final Throwable ex) {
                // Any: where no thread can be started, that is an error.
                CloseHelper.quietCloseAll(lookups, driver);
                workDirectory.close();
                if (!StorageFaults.isStorageFault(ex) || !storage.hasNext()) {
                    throw StartFailures.of("can't start a media driver", ex);
                }
            }
        }
    }

    /**
     * Where the driver runs: the value of {@link AeronTransportOptions#directory(String)}.
     *
     * @return the directory.
     */
    public String directory() {
        return driver.aeronDirectoryName();
    }

    /** Stops the driver and deletes its directory. */
    @Override
    public void close() {
        CloseHelper.quietCloseAll(lookups, driver);
        workDirectory.close();
    }
}
