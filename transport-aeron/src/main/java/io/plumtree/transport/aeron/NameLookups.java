package io.plumtree.transport.aeron;

import io.aeron.driver.DefaultNameResolver;
import io.aeron.driver.NameResolverAgent;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks names up for a driver. The system's look-up may hang for long and can't be interrupted, so each has a thread of
 * its own, which is left to itself when the driver closes.
 */
final class NameLookups implements NameResolverAgent, AutoCloseable {
    private final NameResolverAgent resolver;
    private final Set<CompletableFuture<InetAddress>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    NameLookups() {
        this(DefaultNameResolver.INSTANCE);
    }

    NameLookups(final NameResolverAgent resolver) {
        this.resolver = resolver;
    }

    @Override
    public InetAddress resolve(final String name, final String uriParamName, final boolean isReResolution) {
        if (isAddress(name)) {
            return resolver.resolve(name, uriParamName, isReResolution);
        }
        final CompletableFuture<InetAddress> lookup = new CompletableFuture<>();
        waiting.add(lookup);
        try {
            final Thread thread = new Thread(
                () -> look(lookup, name, uriParamName, isReResolution), "plumtree-lookup");
            thread.setDaemon(true);
            thread.start();
            // After it was added: whoever closes sees it, or it sees that all is closed.
            return isClosed ? null : lookup.join();
        } finally {
            waiting.remove(lookup);
        }
    }

    private void look(
        final CompletableFuture<InetAddress> lookup,
        final String name,
        final String uriParamName,
        final boolean isReResolution) {
        try {
            lookup.complete(resolver.resolve(name, uriParamName, isReResolution));
        } catch (final RuntimeException ex) {
            lookup.completeExceptionally(ex);
        } finally {
            lookup.complete(null);
        }
    }

    /** Nothing has to be looked up for it. */
    private static boolean isAddress(final String name) {
        return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    /** Ends the waiting for names that are being looked up: to whom it may concern, they are unknown. */
    @Override
    public void close() {
        isClosed = true;
        waiting.forEach(lookup -> lookup.complete(null));
    }
}
