package io.plumtree.protocol.membership;

import io.plumtree.protocol.membership.PendingRequests.Request;
import io.plumtree.protocol.options.HyParViewOptions;

/**
 * A neighbour that is up may be another run by now, as somebody claims: it is asked, where it listens, which one is
 * there. What was asked for in its name waits until it has answered.
 */
final class Doubts {
    /** How often a neighbour is asked who it is until it answers, in a request's time. */
    private static final int QUESTIONS = 8;

    private final Views views;
    private final ActiveView active;
    private final PendingRequests pending;
    private final NeighborChanges neighbors;
    private final HyParViewCounters counters;
    private final long timeoutNs;
    private final Alarm questionAt = new Alarm();

    Doubts(
        final HyParViewOptions options,
        final Views views,
        final PendingRequests pending,
        final NeighborChanges neighbors,
        final HyParViewCounters counters) {
        this.views = views;
        active = views.active;
        this.pending = pending;
        this.neighbors = neighbors;
        this.counters = counters;
        timeoutNs = options.requestTimeoutNs();
    }

    /**
     * Asks a neighbour that is up whether it is the run that is claimed to be there, if that is a later one.
     *
     * @param claim what the claimed run asks for; null if nothing.
     */
    void raise(final int index, final NodeDescriptor claimed, final Claim claim, final long nowNs) {
        final NodeDescriptor neighbour = active.get(index);
        if (!active.isUp(index) || !claimed.isLaterThan(neighbour) ||
            !claimed.endpoint().equals(neighbour.endpoint())) {
            return;
        }
        counters.increment(HyParViewCounter.CLAIMS);
        if (active.isQuestionDue(index, nowNs, timeoutNs) && pending.to(neighbour) == null) {
            pending.ask(RequestKind.DOUBT, neighbour, false, nowNs);
            questionAt.setEarlier(nowNs + timeoutNs / QUESTIONS);
        }
        if (claim != null && pending.to(neighbour) != null) {
            active.claim(index, claim);
        }
    }

    /** Repeats questions, if it is time: a node that has just started may not have got them. */
    int onTimers(final long nowNs) {
        if (!questionAt.isDue(nowNs)) {
            return 0;
        }
        questionAt.clear();
        if (pending.repeat(RequestKind.DOUBT)) {
            questionAt.set(nowNs + timeoutNs / QUESTIONS);
        }
        return 1;
    }

    long earlierNs(final long thanNs) {
        return questionAt.earlierNs(thanNs);
    }

    /** A neighbour has not answered: the run is there that was, and what was claimed is not true. */
    void onTimeout(final NodeDescriptor node) {
        counters.increment(HyParViewCounter.CLAIMS_REFUTED);
        final int index = active.indexOf(node);
        if (index != NodeList.NONE) {
            active.claim(index, null);
        }
    }

    /**
     * A node has answered where it was asked: if it was known as another run, that one is over.
     *
     * @return what this run has asked for, and may have now; null if nothing.
     */
    Claim onShown(final NodeDescriptor from, final Request request) {
        final int index = active.indexOf(from);
        if (index == NodeList.NONE || !active.get(index).endpoint().equals(request.node().endpoint())) {
            return null;
        }
        final Claim claim = active.claim(index);
        active.claim(index, null);
        if (active.get(index).incarnation() != from.incarnation()) {
            neighbors.part(index);
            views.remember(from);
            return claim != null && claim.from().equals(from) ? claim : null;
        }
        if (request.kind() == RequestKind.DOUBT && request.node().equals(from)) {
            counters.increment(HyParViewCounter.CLAIMS_REFUTED);
        }
        return null;
    }
}
