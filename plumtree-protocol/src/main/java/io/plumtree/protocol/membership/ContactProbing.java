package io.plumtree.protocol.membership;

import io.plumtree.protocol.options.HyParViewOptions;
import java.util.random.RandomGenerator;

/**
 * Asks a contact now and then by way of trial that nobody here seems to know: another part of the cluster may be behind
 * it.
 */
final class ContactProbing {
    /** The longest pause between two contacts, in terms of the longest retry. */
    private static final int MAX_PAUSE = 32;

    private final Views views;
    private final Contacts contacts;
    private final PendingRequests pending;
    private final long retryMaxNs;
    private final Backoff probe;
    private final Alarm probeAt = new Alarm();

    ContactProbing(
        final HyParViewOptions options,
        final RandomGenerator random,
        final Views views,
        final Contacts contacts,
        final PendingRequests pending) {
        this.views = views;
        this.contacts = contacts;
        this.pending = pending;
        retryMaxNs = options.retryMaxNs();
        probe = new Backoff(retryMaxNs, MAX_PAUSE * retryMaxNs, random);
    }

    /** There are contacts, or others than before. */
    void restart(final long nowNs) {
        probe.reset();
        probeAt.set(nowNs + probe.nextNs());
    }

    /** Asks a contact, if it is time; returns how much there was to do. */
    int onTimers(final long nowNs) {
        if (!probeAt.isDue(nowNs)) {
            return 0;
        }
        final String contact = views.active.isEmpty() || views.active.isFull() || pending.has(RequestKind.PROBE)
            ? null : contacts.anyBut(views::hasEndpoint);
        if (contact == null) {
            probeAt.set(nowNs + retryMaxNs);
        } else {
            pending.join(RequestKind.PROBE, contact, nowNs);
            probeAt.set(nowNs + probe.nextNs());
        }
        return 1;
    }

    long earlierNs(final long thanNs) {
        return probeAt.earlierNs(thanNs);
    }
}
