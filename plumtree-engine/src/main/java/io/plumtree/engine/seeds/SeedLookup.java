package io.plumtree.engine.seeds;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks contacts up, one pass at a time; what was found before counts until it is looked up anew. For one thread, which
 * may be blocked.
 */
final class SeedLookup {
    private final List<SeedAddress> given = new ArrayList<>();
    private final List<SeedFile> files = new ArrayList<>();
    /** Hosts and their addresses, as they were resolved last. */
    private final Map<String, List<String>> resolved = new HashMap<>();
    /** Hosts whose failure is reported. */
    private final Set<String> failed = new HashSet<>();
    private final Resolver resolver;
    private final Consumer<Throwable> errors;
    private final Consumer<List<String>> publisher;
    private List<SeedAddress> current = List.of();
    private Set<String> published = Set.of();
    private boolean isCut;

    /**
     * Checks the contacts; looks nothing up yet.
     *
     * @param publisher told of the contacts when they are others than before.
     */
    SeedLookup(
        final List<String> contacts,
        final Resolver resolver,
        final Consumer<Throwable> errors,
        final Consumer<List<String>> publisher) {
        this.resolver = resolver;
        this.errors = errors;
        this.publisher = publisher;
        if (contacts.size() > Seeds.MAX_CONTACTS) {
            throw new IllegalArgumentException(
                "there can be at most " + Seeds.MAX_CONTACTS + " contacts: " + contacts.size());
        }
        for (final String contact : contacts) {
            if (contact.startsWith(Seeds.FILE_PREFIX)) {
                files.add(new SeedFile(path(contact), errors));
            } else {
                given.add(SeedAddress.parse(contact));
            }
        }
    }

    private static Path path(final String contact) {
        final String path = contact.substring(Seeds.FILE_PREFIX.length());
        if (path.isBlank()) {
            throw new IllegalArgumentException("contact names no file: '" + contact + "'");
        }
        return Path.of(path);
    }

    /** Whether what a first pass finds is all there will ever be. */
    boolean isFixed() {
        return files.isEmpty() && given.stream().allMatch(SeedAddress::isLiteral);
    }

    /** A pass. Publishes between its steps, since a name may take long, and the others need not wait for it. */
    void run() {
        current = new ArrayList<>(given);
        for (final SeedFile file : files) {
            current.addAll(file.addresses());
        }
        final Set<String> hosts = new LinkedHashSet<>();
        current.stream().filter(address -> !address.isLiteral()).forEach(address -> hosts.add(address.host()));
        resolved.keySet().retainAll(hosts);
        failed.retainAll(hosts);
        publish();
        for (final String host : hosts) {
            resolve(host);
            publish();
        }
    }

    private void resolve(final String host) {
        try {
            resolved.put(host, resolver.resolve(host).stream().map(InetAddress::getHostAddress).toList());
            failed.remove(host);
        } catch (final UnknownHostException | RuntimeException ex) {
            if (failed.add(host)) {
                // Without a cause: a stack trace of the look-up would say no more.
                errors.accept(new PlumtreeException(Category.ENVIRONMENT, "contact '" + host +
                    "' does not resolve; it is looked up again from time to time" + reason(host, ex)));
            }
        }
    }

    /** What the look-up says, unless it is the name and no more. */
    private static String reason(final String host, final Exception error) {
        final String message = error instanceof UnknownHostException ? error.getMessage() : error.toString();
        return message == null || message.equals(host) ? "" : ": " + message;
    }

    private void publish() {
        final Set<String> endpoints = new LinkedHashSet<>();
        for (final SeedAddress address : current) {
            if (address.isLiteral()) {
                endpoints.add(address.endpoint(address.host()));
            } else {
                resolved.getOrDefault(address.host(), List.of())
                    .forEach(resolvedTo -> endpoints.add(address.endpoint(resolvedTo)));
            }
        }
        final boolean isTooMany = endpoints.size() > Seeds.MAX_CONTACTS;
        if (isTooMany && !isCut) {
            errors.accept(new PlumtreeException(Category.ENVIRONMENT, "contacts resolve to " + endpoints.size()
                + " addresses; the first " + Seeds.MAX_CONTACTS + " are used"));
        }
        isCut = isTooMany;
        final List<String> list = endpoints.stream().limit(Seeds.MAX_CONTACTS).toList();
        // In whatever order: name servers change that all the time.
        final Set<String> set = Set.copyOf(list);
        if (!set.equals(published)) {
            published = set;
            publisher.accept(list);
        }
    }
}
