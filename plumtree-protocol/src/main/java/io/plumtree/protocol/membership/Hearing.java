package io.plumtree.protocol.membership;

/**
 * Which frames are heeded. What a frame says is a claim: anybody can send one in any name. A neighbour whose link is up
 * is not given up for a later run of it before it has been asked where it listens.
 */
final class Hearing {
    private final Views views;
    private final ActiveView active;
    private final NeighborChanges neighbors;
    private final Doubts doubts;
    private final NextDeadline deadline;
    private final HyParViewEffects effects;
    private final HyParViewCounters counters;

    Hearing(
        final Views views,
        final NeighborChanges neighbors,
        final Doubts doubts,
        final NextDeadline deadline,
        final HyParViewEffects effects,
        final HyParViewCounters counters) {
        this.views = views;
        active = views.active;
        this.neighbors = neighbors;
        this.doubts = doubts;
        this.deadline = deadline;
        this.effects = effects;
        this.counters = counters;
    }

    /**
     * Whether what a node has sent is to be heeded; what is asked for waits if a neighbour has to be asked first
     * whether it is another run now.
     *
     * @param claim what the node asks for; null if nothing.
     * @param nonce names what the node has sent, where it is to be answered; 0 if it is not.
     */
    boolean isHeard(final NodeDescriptor from, final Claim claim, final long nonce, final long nowNs) {
        if (views.isSelf(from)) {
            counters.increment(HyParViewCounter.STALE);
            return false;
        }
        final int index = active.indexOf(from);
        if (index != NodeList.NONE && !from.equals(active.get(index))) {
            if (active.isUp(index)) {
                return isOfRunThatIsUp(index, from, claim, nonce, nowNs);
            }
            if (claim == null && !from.endpoint().equals(active.get(index).endpoint())) {
                counters.increment(HyParViewCounter.STALE);
                return false;
            }
            neighbors.correct(index, from);
        }
        final NodeDescriptor later = views.laterThatWasUp(from);
        if (later != null) {
            // It may not know that it is taken for an earlier run where that one was known.
            effects.sendKnown(from, later, false, nonce);
        }
        views.heardFrom(from);
        return true;
    }

    /** Whether something comes from the run whose link is up; another one has to be shown by the neighbour itself. */
    private boolean isOfRunThatIsUp(
        final int index, final NodeDescriptor from, final Claim claim, final long nonce, final long nowNs) {
        final NodeDescriptor neighbour = active.get(index);
        if (from.incarnation() == neighbour.incarnation()) {
            return true;
        }
        final boolean isNamesakes = !from.endpoint().equals(neighbour.endpoint());
        if (isNamesakes || neighbour.isLaterThan(from)) {
            // One that has restarted elsewhere is heard once the link to its last run is down.
            counters.increment(HyParViewCounter.STALE);
            effects.sendKnown(from, neighbour, isNamesakes, nonce);
        } else {
            doubts.raise(index, from, claim, nowNs);
            deadline.plan();
        }
        return false;
    }
}
