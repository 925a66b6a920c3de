package io.plumtree.transport.aeron;

import io.aeron.driver.DefaultNameResolver;
import io.aeron.driver.NameResolverAgent;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Looks names up for a driver. The system's look-up may hang for long and can't be interrupted, so each has a thread of
 * its own, which is left to itself when the driver closes. The driver has one thread for all names: one that takes long
 * counts as unknown, so that it does not hold up the others. Its look-up goes on, and whoever asks next has its answer.
 */
final class NameLookups implements NameResolverAgent, AutoCloseable {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(3);
    /** How long an answer that came late is kept for who asks next: longer than until a link tries again. */
    private static final long KEPT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int MAX_LOOKUPS = 32;

    private final NameResolverAgent resolver;
    private final long limitNs;
    private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    NameLookups() {
        this(DefaultNameResolver.INSTANCE, LIMIT_NS);
    }

    /** With a resolver and a limit of a test's. */
    NameLookups(final NameResolverAgent resolver, final long limitNs) {
        this.resolver = resolver;
        this.limitNs = limitNs;
    }

    @Override
    public InetAddress resolve(final String name, final String uriParamName, final boolean isReResolution) {
        if (isAddress(name)) {
            return resolver.resolve(name, uriParamName, isReResolution);
        }
        final Lookup lookup = begin(name, uriParamName, isReResolution);
        if (lookup == null) {
            return null;
        }
        try {
            final InetAddress address =
                lookup.answer.get(limitNs - (System.nanoTime() - lookup.beginNs), TimeUnit.NANOSECONDS);
            lookups.remove(name, lookup);
            return address;
        } catch (final TimeoutException ex) {
            return null;
        } catch (final ExecutionException ex) {
            lookups.remove(name, lookup);
            throw ex.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(ex.getCause());
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Joins the look-up of a name that goes on, or begins one; null if there are too many that hang. */
    private synchronized Lookup begin(final String name, final String uriParamName, final boolean isReResolution) {
        final long nowNs = System.nanoTime();
        lookups.values().removeIf(lookup -> lookup.answer.isDone() && nowNs - lookup.endNs > KEPT_NS);
        final Lookup before = lookups.get(name);
        if (before != null || isClosed || lookups.size() >= MAX_LOOKUPS) {
            return before;
        }
        final Lookup lookup = new Lookup(nowNs);
        final Thread thread = new Thread(
            () -> lookup.run(() -> resolver.resolve(name, uriParamName, isReResolution)), "plumtree-lookup");
        thread.setDaemon(true);
        thread.start();
        lookups.put(name, lookup);
        return lookup;
    }

    /** Nothing has to be looked up for it. */
    private static boolean isAddress(final String name) {
        return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    /** Ends the waiting for names that are being looked up: to whom it may concern, they are unknown. */
    @Override
    public synchronized void close() {
        isClosed = true;
        lookups.values().forEach(lookup -> lookup.answer.complete(null));
    }

    private static final class Lookup {
        private final CompletableFuture<InetAddress> answer = new CompletableFuture<>();
        private final long beginNs;
        private volatile long endNs;

        Lookup(final long beginNs) {
            this.beginNs = beginNs;
            endNs = beginNs;
        }

        void run(final Supplier<InetAddress> resolver) {
            try {
                final InetAddress address = resolver.get();
                endNs = System.nanoTime();
                answer.complete(address);
            } catch (final RuntimeException ex) {
                endNs = System.nanoTime();
                answer.completeExceptionally(ex);
            } finally {
                answer.complete(null);
            }
        }
    }
}
