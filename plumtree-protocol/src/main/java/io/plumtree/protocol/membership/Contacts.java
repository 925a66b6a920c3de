package io.plumtree.protocol.membership;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Endpoints through which to get into the cluster, asked in random order, each once a round. */
final class Contacts {
    private final String self;
    private final RandomGenerator random;
    private final Set<String> configured = new LinkedHashSet<>();
    private final List<String> endpoints = new ArrayList<>();
    private final List<String> untried = new ArrayList<>();

    Contacts(final String self, final RandomGenerator random) {
        this.self = self;
        this.random = random;
    }

    /** Takes these in place of those before; false if they are the same. */
    boolean set(final List<String> contacts) {
        final Set<String> distinct = new LinkedHashSet<>(contacts);
        if (configured.equals(distinct)) {
            return false;
        }
        configured.clear();
        configured.addAll(distinct);
        endpoints.clear();
        endpoints.addAll(distinct);
        endpoints.remove(self);
        newRound();
        return true;
    }

    boolean isEmpty() {
        return endpoints.isEmpty();
    }

    /** A contact is this node itself: it is left out until there are others. */
    void removeOwn(final String contact) {
        endpoints.remove(contact);
        untried.remove(contact);
    }

    void newRound() {
        untried.clear();
        untried.addAll(endpoints);
    }

    boolean hasUntried() {
        return !untried.isEmpty();
    }

    /** Any that has not been asked in this round, and has been with that; there must be one. */
    String next() {
        return untried.remove(random.nextInt(untried.size()));
    }

    /** Any for which this does not hold; null if there is none. */
    String anyBut(final Predicate<String> isExcluded) {
        String found = null;
        int count = 0;
        for (final String endpoint : endpoints) {
            if (!isExcluded.test(endpoint) && random.nextInt(++count) == 0) {
                found = endpoint;
            }
        }
        return found;
    }
}
