package io.plumtree.protocol.membership;

import io.plumtree.api.TokenBucket;
import io.plumtree.protocol.options.HyParViewOptions;

/** Who becomes a neighbour, and who is none any more, with all that is told of it. */
final class NeighborChanges {
    /** How many Disconnects are believed in a second of nodes whose links are not up. */
    private static final int PARTINGS_A_SECOND = 20;

    private final Views views;
    private final ActiveView active;
    private final PassiveView passive;
    private final PendingRequests pending;
    private final GapFilling gaps;
    private final Reunions reunions;
    private final HyParViewEffects effects;
    private final HyParViewCounters counters;
    private final long linkTimeoutNs;
    /** Of those whose links are not up: nothing but a name shows who says so. */
    private final TokenBucket partings;

    NeighborChanges(
        final HyParViewOptions options,
        final Views views,
        final PendingRequests pending,
        final GapFilling gaps,
        final Reunions reunions,
        final HyParViewEffects effects,
        final HyParViewCounters counters,
        final long nowNs) {
        this.views = views;
        active = views.active;
        passive = views.passive;
        this.pending = pending;
        this.gaps = gaps;
        this.reunions = reunions;
        this.effects = effects;
        this.counters = counters;
        linkTimeoutNs = options.linkTimeoutNs();
        partings = new TokenBucket(PARTINGS_A_SECOND, PARTINGS_A_SECOND, nowNs);
    }

    /** Makes a node a neighbour that is none; where there is no room for it, another goes whose link is not up. */
    void befriend(final NodeDescriptor node, final boolean hasAgreed, final long nowNs) {
        if (active.isCrowded()) {
            final int index = active.oldestNewcomer();
            counters.increment(HyParViewCounter.NEWCOMERS_DROPPED);
            effects.sendDisconnect(active.get(index), false);
            effects.onNeighborDown(active.remove(index));
        }
        views.forgetPassive(node);
        views.lost.remove(node);
        pending.removeTo(node);
        active.add(node, hasAgreed, nowNs + linkTimeoutNs);
        counters.increment(HyParViewCounter.NEIGHBORS_UP);
        effects.onNeighborUp(node);
    }

    /** A neighbour whose link is not up says itself that it is another run, or elsewhere: it was not known better. */
    void correct(final int index, final NodeDescriptor node) {
        effects.onNeighborDown(active.get(index));
        active.replace(index, node);
        effects.onNeighborUp(node);
    }

    /** The link to a neighbour has come up; another one goes if there are more than there may be. */
    void onLinkUp(final int index, final NodeDescriptor neighbour) {
        // That run has greeted over its link: whatever was said of it before, this is the one that is there.
        views.raise(index, neighbour.incarnation());
        active.linkUp(index);
        if (active.isOverfull()) {
            evict(neighbour);
        }
    }

    /** Another neighbour than the one that has come up goes, as there are more than there may be. */
    private void evict(final NodeDescriptor newest) {
        final NodeDescriptor evicted = active.anyBut(newest, newest);
        counters.increment(HyParViewCounter.NEIGHBORS_EVICTED);
        effects.sendDisconnect(evicted, false);
        pending.removeTo(evicted);
        active.remove(active.indexOf(evicted));
        effects.onNeighborDown(evicted);
        keepAsCandidate(evicted);
    }

    private void keepAsCandidate(final NodeDescriptor node) {
        views.remember(node);
        passive.tried(node);
    }

    /** A neighbour is none any more: others are asked at once, and those anew that were asked in vain. */
    void part(final int index) {
        if (active.isUp(index)) {
            // Otherwise nothing was gained since they were asked, and to ask at once might go on for ever.
            gaps.restart();
        }
        pending.removeTo(active.get(index));
        effects.onNeighborDown(active.remove(index));
    }

    /** A neighbour is dead or unreachable, or its link has not come up in time. */
    void onFailed(final NodeDescriptor neighbour, final long nowNs) {
        counters.increment(HyParViewCounter.NEIGHBORS_FAILED);
        final int index = active.indexOf(neighbour);
        final boolean wasUp = active.isUp(index);
        part(index);
        reunions.lose(neighbour, wasUp, nowNs);
    }

    /** Gives up neighbours whose links should be up by now and are not; returns how many. */
    int onTimers(final long nowNs) {
        int count = 0;
        for (NodeDescriptor node = active.overdue(nowNs); node != null; node = active.overdue(nowNs)) {
            onFailed(node, nowNs);
            count++;
        }
        return count;
    }

    /** A neighbour takes things in too slowly, and there is somebody else. */
    void onSlow(final int index, final NodeDescriptor neighbour) {
        counters.increment(HyParViewCounter.NEIGHBORS_SLOW);
        effects.sendDisconnect(neighbour, false);
        part(index);
        keepAsCandidate(neighbour);
    }

    /** A node says that it is no neighbour. */
    void onDisconnect(final NodeDescriptor from, final boolean isLeaving, final long nowNs) {
        final int index = active.indexOf(from);
        final boolean isUp = index != NodeList.NONE && active.isUp(index);
        if (!isUp && (index != NodeList.NONE || isLeaving) && !partings.take(nowNs)) {
            counters.increment(HyParViewCounter.DISCONNECTS_LIMITED);
            return;
        }
        if (index == NodeList.NONE) {
            // A request to it may have crossed this, and stands.
            counters.increment(HyParViewCounter.STALE);
        } else {
            counters.increment(HyParViewCounter.NEIGHBORS_PARTED);
            part(index);
        }
        if (isLeaving) {
            views.forgetPassive(from);
            pending.removeTo(from);
        } else if (index != NodeList.NONE) {
            keepAsCandidate(from);
        }
    }
}
