package io.plumtree.protocol.membership;

import io.plumtree.protocol.options.HyParViewOptions;

/** Requests of others: to be let into the cluster, to become a neighbour, and the walks of those that have joined. */
final class IncomingRequests {
    private final HyParViewOptions options;
    private final Views views;
    private final ActiveView active;
    private final PendingRequests pending;
    private final NeighborChanges neighbors;
    private final Doubts doubts;
    private final HyParViewEffects effects;
    private final HyParViewCounters counters;
    private final JoinLimits joinLimits;

    IncomingRequests(
        final HyParViewOptions options,
        final Views views,
        final PendingRequests pending,
        final NeighborChanges neighbors,
        final Doubts doubts,
        final HyParViewEffects effects,
        final HyParViewCounters counters,
        final long nowNs) {
        this.options = options;
        this.views = views;
        active = views.active;
        this.pending = pending;
        this.neighbors = neighbors;
        this.doubts = doubts;
        this.effects = effects;
        this.counters = counters;
        joinLimits = new JoinLimits(options, nowNs);
    }

    void onJoin(final NodeDescriptor from, final long nonce, final long nowNs) {
        counters.increment(HyParViewCounter.JOINS_RECEIVED);
        final boolean isNew = !active.contains(from);
        if (isNew && !joinLimits.admits(from.endpoint(), nowNs)) {
            counters.increment(HyParViewCounter.JOINS_LIMITED);
            return;
        }
        if (isNew) {
            neighbors.befriend(from, false, nowNs);
        }
        effects.sendNeighborReply(from, nonce, true);
        if (isNew) {
            final int sent = sendWalks(from, true, options.activeViewSize());
            sendWalks(from, false, options.activeViewSize() - sent);
        }
    }

    /** Tells neighbours of one that has joined, of those that are up or of those that are not; returns how many. */
    private int sendWalks(final NodeDescriptor joined, final boolean areUp, final int max) {
        int count = 0;
        for (int i = 0; i < active.size() && count < max; i++) {
            if (active.isUp(i) == areUp && !active.get(i).id().equals(joined.id())) {
                effects.sendForwardJoin(active.get(i), joined, options.activeRandomWalkLength());
                count++;
            }
        }
        return count;
    }

    void onForwardJoin(
        final NodeDescriptor from, final NodeDescriptor joined, final int timeToLive, final long nowNs) {
        if (views.isOutdated(joined)) {
            counters.increment(HyParViewCounter.STALE);
        } else {
            walk(from, joined, Math.min(timeToLive, options.activeRandomWalkLength()), nowNs);
        }
    }

    private void walk(
        final NodeDescriptor from, final NodeDescriptor joined, final int timeToLive, final long nowNs) {
        final NodeDescriptor next = timeToLive > 0 && active.size() > 1 ? active.anyBut(from, joined) : null;
        if (next != null) {
            if (timeToLive == options.passiveRandomWalkLength()) {
                views.remember(joined);
            }
            effects.sendForwardJoin(next, joined, timeToLive - 1);
        } else if (active.contains(joined)) {
            doubts.raise(active.indexOf(joined), joined, null, nowNs);
        } else if (!views.isSelf(joined) && pending.to(joined) == null) {
            if (pending.isFullOfWalkEnds()) {
                counters.increment(HyParViewCounter.WALKS_DROPPED);
                views.remember(joined);
            } else {
                pending.ask(RequestKind.WALK_END, joined, active.isEmpty(), nowNs);
            }
        }
    }

    void onNeighbor(
        final NodeDescriptor from, final long nonce, final boolean isHighPriority, final long nowNs) {
        if (isHighPriority && !active.contains(from) && !joinLimits.admits(from.endpoint(), nowNs)) {
            counters.increment(HyParViewCounter.JOINS_LIMITED);
            return;
        }
        // A neighbour that asks has lost this node, or has not got the answer. Who is asked by this node is welcome.
        final boolean isAccepted = active.contains(from) || isHighPriority || !active.isFull()
            || pending.to(from) != null;
        if (!isAccepted) {
            counters.increment(HyParViewCounter.REFUSALS);
            views.remember(from);
        } else if (!active.contains(from)) {
            neighbors.befriend(from, false, nowNs);
        }
        effects.sendNeighborReply(from, nonce, isAccepted);
    }
}
