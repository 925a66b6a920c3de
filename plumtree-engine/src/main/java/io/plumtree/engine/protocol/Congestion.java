package io.plumtree.engine.protocol;

/**
 * Which peers fall behind with their acknowledgements. Such a peer holds new payloads back, so that what it is owed
 * stays within the bounds; but only for its budget, after which the others go on and it is left to the bounds.
 *
 * <p>A peer that comes back with a long list, from the time in which it was away, holds nobody back.
 */
final class Congestion {
    private static final byte NONE = 0;
    private static final byte BEHIND = 1;
    private static final byte SPENT = 2;

    private final Outstanding outstanding;
    private final ProtocolCounters counters;
    private final long budgetNs;
    private final int high;
    private final int low;
    private final byte[] states;
    private final long[] sinceNs;

    Congestion(
        final Outstanding outstanding,
        final ProtocolCounters counters,
        final int maxPeers,
        final int maxOutstandingPerPeer,
        final long budgetNs) {
        this.outstanding = outstanding;
        this.counters = counters;
        this.budgetNs = budgetNs;
        high = maxOutstandingPerPeer - maxOutstandingPerPeer / 4;
        low = Math.max(1, maxOutstandingPerPeer / 2);
        states = new byte[maxPeers];
        sinceNs = new long[maxPeers];
    }

    void onLinkUp(final int peer) {
        states[peer] = outstanding.count(peer) < low ? NONE : SPENT;
    }

    /** Whether a connected peer is so far behind that new payloads have to wait. */
    boolean isBehind(final int peer, final long nowNs) {
        final int count = outstanding.count(peer);
        if (count < low || budgetNs == 0) {
            states[peer] = NONE;
            return false;
        }
        if (states[peer] == NONE && count >= high) {
            states[peer] = BEHIND;
            sinceNs[peer] = nowNs;
        }
        if (states[peer] == BEHIND && nowNs - sinceNs[peer] >= budgetNs) {
            states[peer] = SPENT;
            counters.increment(ProtocolCounter.CONGESTION_BUDGETS_SPENT);
        }
        return states[peer] == BEHIND;
    }
}
