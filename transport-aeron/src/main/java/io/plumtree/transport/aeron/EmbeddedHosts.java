package io.plumtree.transport.aeron;

/**
 * Hosts with a driver of their own, in a work directory of ours; in the next place if there is no room in the first.
 */
final class EmbeddedHosts implements HostSupplier {
    private final AeronTransportOptions options;
    private final SocketBuffers buffers;
    private final ErrorFunnel errors;
    private final TransportCounters counters;
    private final Storage storage;
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
        this.options = options;
        this.buffers = buffers;
        this.errors = errors;
        this.counters = counters;
        this.storage = storage;
        this.sleep = sleep;
    }

    @Override
    public AeronHost next() {
        if (directory == null || isMoving) {
            isMoving = false;
            final WorkDirectory newDirectory = storage.next(counters);
            close();
            directory = newDirectory;
        }
        return AeronHost.embedded(options, buffers, directory.newDriverPath(), sleep, errors);
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
