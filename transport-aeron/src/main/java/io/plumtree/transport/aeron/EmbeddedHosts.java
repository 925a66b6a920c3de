package io.plumtree.transport.aeron;

import java.util.function.Supplier;

/**
 * Hosts with a driver of their own, in a work directory of ours; in the next place if there is no room in the first.
 */
final class EmbeddedHosts implements HostSupplier {
    static final String CAN_NOT_START = "can't start a media driver in ";
    private final AeronTransportOptions options;
    private final SocketBuffers buffers;
    private final ErrorFunnel errors;
    private final TransportCounters counters;
    private final Storage storage;
    private final Supplier<HostClock> clocks;
    private final Supplier<NameLookups> lookups;
    private final DriverSleep sleep;
    private WorkDirectory directory;
    private boolean isMoving;

    EmbeddedHosts(
        final AeronTransportOptions options,
        final SocketBuffers buffers,
        final ErrorFunnel errors,
        final TransportCounters counters,
        final Storage storage,
        final DriverSleep sleep) {
        this(options, buffers, errors, counters, storage, sleep, () -> HostClock.of(options), NameLookups::new);
    }

    /** With clocks and look-ups of a test's. */
    EmbeddedHosts(
        final AeronTransportOptions options,
        final SocketBuffers buffers,
        final ErrorFunnel errors,
        final TransportCounters counters,
        final Storage storage,
        final DriverSleep sleep,
        final Supplier<HostClock> clocks,
        final Supplier<NameLookups> lookups) {
        this.clocks = clocks;
        this.lookups = lookups;
        this.sleep = sleep;
        this.options = options;
        this.buffers = buffers;
        this.errors = errors;
        this.counters = counters;
        this.storage = storage;
    }

    @Override
    public AeronHost next() {
        while (true) {
            if (directory == null || isMoving) {
                isMoving = false;
                final WorkDirectory newDirectory = storage.next(counters);
                close();
                directory = newDirectory;
            }
            try {
                return AeronHost.embedded(options, buffers, directory.newDriverPath(), clocks.get(), lookups.get(),
                    sleep, counters, errors);
            } catch (final Exception | InternalError ex) {
                // Any: Aeron throws checked ones unannounced.
                // Others have taken the room since it was looked at.
                if (!StorageFaults.isStorageFault(ex) || !moveElsewhere()) {
                    throw StartFailures.of(CAN_NOT_START + directory.path().getParent(), ex);
                }
                storage.refuse(directory.path().getParent(), "no space left");
            }
        }
    }

    /** Where the next host is to live unless it moves. */
    @Override
    public String place() {
        return directory == null ? "no place" : directory.path().getParent().toString();
    }

    @Override
    public boolean moveElsewhere() {
        isMoving = storage.hasNext();
        return isMoving;
    }

    @Override
    public void close() {
        if (directory != null) {
            directory.close();
            directory = null;
        }
    }
}
