package io.plumtree.protocol.membership;

import io.plumtree.protocol.membership.PendingRequests.Request;
import io.plumtree.protocol.options.HyParViewOptions;

/** What comes back of this node's own requests: answers, and greetings of those that have thereby accepted. */
final class Replies {
    private final Views views;
    private final ActiveView active;
    private final PassiveView passive;
    private final PendingRequests pending;
    private final NeighborChanges neighbors;
    private final Reunions reunions;
    private final HyParViewEffects effects;
    private final HyParViewCounters counters;
    private final RecentRefusals refusals;

    Replies(
        final HyParViewOptions options,
        final Views views,
        final PendingRequests pending,
        final NeighborChanges neighbors,
        final Reunions reunions,
        final HyParViewEffects effects,
        final HyParViewCounters counters) {
        this.views = views;
        active = views.active;
        passive = views.passive;
        this.pending = pending;
        this.neighbors = neighbors;
        this.reunions = reunions;
        this.effects = effects;
        this.counters = counters;
        refusals = new RecentRefusals(options.requestTimeoutNs() / 2);
    }

    /** A node has answered a request; null for one that has ended meanwhile. */
    void onReply(final NodeDescriptor from, final Request request, final boolean isAccepted, final long nowNs) {
        if (request == null) {
            onLateReply(from, isAccepted);
            return;
        }
        if (request.node() != null && !request.node().id().equals(from.id())) {
            // Another node has taken over the endpoint of the one that was asked.
            views.forgetPassive(request.node());
        }
        if (isAccepted) {
            onAccepted(from, request, true, nowNs);
        } else if (request.contact() == null) {
            views.remember(from);
            passive.tried(from);
            if (request.kind() == RequestKind.REUNION && from.equals(request.node())) {
                // It runs on, and has no place: so it was in another part of the cluster, which may be whole.
                pending.ask(RequestKind.INSISTENCE, from, true, nowNs);
            }
        }
    }

    /** Whoever has accepted what is not asked any more would keep half a link. */
    private void onLateReply(final NodeDescriptor from, final boolean isAccepted) {
        if (!active.contains(from)) {
            counters.increment(HyParViewCounter.STALE);
            if (isAccepted) {
                effects.sendDisconnect(from, false);
            }
        }
    }

    private void onAccepted(
        final NodeDescriptor from, final Request request, final boolean hasAnswered, final long nowNs) {
        final RequestKind kind = request.kind();
        // One that was restarted has found its way by itself: there is no need to make room for it.
        final boolean isRestarted = kind == RequestKind.REUNION && from.isLaterThan(request.node());
        if (kind == RequestKind.REUNION || kind == RequestKind.INSISTENCE) {
            counters.increment(HyParViewCounter.REUNIONS);
            reunions.onReunited();
        }
        if (active.contains(from)) {
            return;
        }
        if (kind == RequestKind.MIX) {
            counters.increment(HyParViewCounter.MIXES);
        }
        if ((kind == RequestKind.PROMOTION || isRestarted) && active.isFull()) {
            // The gap has been filled meanwhile.
            effects.sendDisconnect(from, false);
            views.remember(from);
        } else {
            neighbors.befriend(from, hasAnswered, nowNs);
        }
    }

    /** A node that is no neighbour greets as if it were one. */
    void onGreeted(final NodeDescriptor from, final long nowNs) {
        Request request = pending.to(from);
        if (request == null) {
            request = pending.toContact(from.endpoint());
        }
        if (request == null || request.node() != null && !request.node().endpoint().equals(from.endpoint())) {
            if (refusals.isDue(from, nowNs)) {
                effects.sendDisconnect(from, false);
            }
        } else if (request.node() != null || request.contact().equals(from.endpoint())) {
            pending.take(request.nonce());
            onAccepted(from, request, false, nowNs);
        }
        // Else it may be the contact, under another name than it was asked by: its answer tells.
    }
}
