package io.plumtree.transport.aeron;

import io.aeron.CommonContext;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.io.File;
import java.util.concurrent.TimeUnit;

/** Hosts on a driver that runs elsewhere. */
final class ExternalHosts implements HostSupplier {
    private final AeronTransportOptions options;
    private final ErrorFunnel errors;

    ExternalHosts(final AeronTransportOptions options, final ErrorFunnel errors) {
        this.options = options;
        this.errors = errors;
    }

    @Override
    public AeronHost next() {
        // Aeron would wait for the driver, and the caller with it.
        final long timeoutMs = TimeUnit.NANOSECONDS.toMillis(options.driverTimeoutNs());
        if (!CommonContext.isDriverActive(new File(options.directory()), timeoutMs, ExternalHosts::ignore)) {
            throw new PlumtreeException(Category.ENVIRONMENT, "no media driver is running in "
                + AeronTransportOptions.DIRECTORY_PROPERTY + "=" + options.directory()
                + "; start one there, or leave the option out for an embedded one");
        }
        return AeronHost.external(options, errors);
    }

    private static void ignore(final String message) {
    }

    @Override
    public boolean moveElsewhere() {
        return false;
    }

    @Override
    public void close() {
    }
}
