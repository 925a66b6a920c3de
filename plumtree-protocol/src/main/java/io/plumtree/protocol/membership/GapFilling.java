package io.plumtree.protocol.membership;

import io.plumtree.protocol.options.HyParViewOptions;
import java.util.random.RandomGenerator;

/**
 * Fills the places of the active view that are free: candidates of the passive view are asked, each once a round, and
 * contacts while this node is alone. When all have been asked in vain, another round comes after a pause.
 */
final class GapFilling {
    /**
     * How many places must be free for a node to insist, when all candidates have refused. Few nodes with neighbours
     * among themselves alone would never be let in otherwise by others whose views are full; one free place is usual,
     * as not every number of nodes comes out even.
     */
    private static final int INSISTENT_GAP = 2;

    private final int places;
    private final ActiveView active;
    private final PassiveView passive;
    private final Contacts contacts;
    private final PendingRequests pending;
    private final Backoff retry;
    private final Alarm retryAt = new Alarm();
    /** Whether the next candidate is asked as one must be who is alone. */
    private boolean isInsisting;

    GapFilling(
        final HyParViewOptions options,
        final RandomGenerator random,
        final Views views,
        final Contacts contacts,
        final PendingRequests pending) {
        places = options.activeViewSize();
        active = views.active;
        passive = views.passive;
        this.contacts = contacts;
        this.pending = pending;
        retry = new Backoff(options.retryMinNs(), options.retryMaxNs(), random);
    }

    /** Pauses begin anew, with the shortest. */
    void resetPauses() {
        retry.reset();
        retryAt.clear();
    }

    /** Everybody may be asked again at once. */
    void restart() {
        resetPauses();
        newRound();
    }

    private void newRound() {
        passive.newRound();
        contacts.newRound();
    }

    /** Begins the next round, if it is time; returns how much there was to do. */
    int onTimers(final long nowNs) {
        if (!retryAt.isDue(nowNs)) {
            return 0;
        }
        retryAt.clear();
        newRound();
        return 1;
    }

    long earlierNs(final long thanNs) {
        return retryAt.earlierNs(thanNs);
    }

    /** Asks as many as there are places for, as far as there is somebody to ask; otherwise plans another round. */
    void fill(final long nowNs) {
        while (hasGap() && passive.hasUntried()) {
            final NodeDescriptor candidate = passive.next();
            if (pending.to(candidate) == null) {
                pending.ask(RequestKind.PROMOTION, candidate, active.isEmpty() || isInsisting, nowNs);
                isInsisting = false;
            }
        }
        // Whoever has only asked to be let in may not be there.
        final boolean isAlone = !active.hasCompany();
        if (active.isFull() && !isAlone) {
            resetPauses();
        } else if (hasGap() || isAlone) {
            if (isAlone && !pending.has(RequestKind.JOIN) && contacts.hasUntried()) {
                pending.join(RequestKind.JOIN, contacts.next(), nowNs);
            } else if (pending.places() == 0 && !retryAt.isSet()
                && (!passive.isEmpty() || isAlone && !contacts.isEmpty())) {
                retryAt.set(nowNs + retry.nextNs());
                isInsisting = active.size() <= places - INSISTENT_GAP;
            }
        }
    }

    private boolean hasGap() {
        return active.size() + pending.places() < places;
    }
}
