package io.plumtree.transport.aeron;

import io.aeron.Aeron;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Hosts on a driver that runs elsewhere. Whether it runs is seen from its signs of life, one of which must come after
 * another: how old one is can't be told, as the driver's clock need not be ours.
 */
final class ExternalHosts implements HostSupplier {
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Twice as long as a driver takes from one sign of life to the next by default. */
    private static final int MAX_LOOKS = 2_000;

    private final AeronTransportOptions options;
    private final ErrorFunnel errors;
    private long vainMs = Aeron.NULL_VALUE;

    ExternalHosts(final AeronTransportOptions options, final ErrorFunnel errors) {
        this.options = options;
        this.errors = errors;
    }

    @Override
    public AeronHost next() {
        // Aeron would wait for the driver, and the caller with it.
        final DriverClock clock = DriverClock.of(options.directory(), SystemNanoClock.INSTANCE);
        try {
            if (clock != null && awaitSign(clock)) {
                return AeronHost.external(options, clock, errors);
            }
        } catch (final Throwable ex) {
            clock.close();
            throw ex;
        }
        if (clock != null) {
            clock.close();
        }
        throw new PlumtreeException(Category.ENVIRONMENT, "no media driver is running in "
            + AeronTransportOptions.DIRECTORY_PROPERTY + "=" + options.directory()
            + "; start one there, or leave the option out for an embedded one");
    }

    /** Waits for another sign of life; not for one that has been waited for in vain. A stall is one look. */
    private boolean awaitSign(final DriverClock clock) {
        final long firstMs = clock.lastSignMs();
        if (firstMs <= 0 || firstMs == vainMs) {
            return false;
        }
        for (int i = 0; i < MAX_LOOKS; i++) {
            final long signMs = clock.lastSignMs();
            if (signMs > 0 && signMs != firstMs) {
                return true;
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
        }
        vainMs = firstMs;
        return false;
    }

    @Override
    public boolean moveElsewhere() {
        return false;
    }

    @Override
    public String place() {
        return options.directory();
    }

    @Override
    public void close() {
    }
}
