package io.plumtree.protocol.flow;

import io.plumtree.protocol.PlumtreeEffects;
import io.plumtree.protocol.ProtocolCounter;
import io.plumtree.protocol.options.PlumtreeOptions;

/**
 * Which peers fall behind the stream of messages. Such a peer holds new payloads back, so that whatever it lacks stays
 * within what this node's tables, and its handlers, can still give it.
 *
 * <p>A peer is as far behind as the oldest message that it has not acknowledged, or the oldest one for which it was
 * marked for an exchange that has not been had. The stream is counted in messages, and in KiB of what they carry. One
 * that gets on, however slowly, holds others back for as long as it takes; one that does not, only for its budget: then
 * the others go on, and it is left to the bounds. It gets on as long as its oldest message becomes another one, or the
 * queue moves behind which announcements, and all that it could acknowledge, are on their way to it.
 *
 * <p>A peer that comes back with a long list, from the time in which it was away, is measured from then on.
 */
final class Congestion {
    private static final byte NONE = 0;
    private static final byte BEHIND = 1;
    private static final byte SPENT = 2;

    private final int channel;
    private final PlumtreeEffects effects;
    private final FlowCounter counter;
    private final PeerLookup peers;
    private final Backlog backlog;
    private final long budgetNs;
    private final int high;
    private final int low;
    private final byte[] states;
    private final long[] sinceNs;
    /** Up to where the stream had come when the peer's link came up. */
    private final int[] starts;
    /** How many entries the peer had then. */
    private final int[] startCounts;
    /** Where the oldest entry was when the peer was looked at last. */
    private final int[] lastOldest;
    /** How far its queue had moved then. */
    private final long[] lastQueuePositions;
    private final boolean[] isNeeded;
    private final int[] neededSince;
    /** How many peers are behind, or were in vain. */
    private int tracked;

    Congestion(
        final int channel,
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final FlowCounter counter,
        final PeerLookup peers,
        final Backlog backlog) {
        this.channel = channel;
        this.effects = effects;
        this.counter = counter;
        this.peers = peers;
        this.backlog = backlog;
        budgetNs = options.flowControl().congestionBudgetNs();
        final int bound = options.flowControl().maxOutstandingPerPeer();
        high = bound - bound / 4;
        low = Math.max(1, bound / 2);
        states = new byte[options.maxPeers()];
        sinceNs = new long[states.length];
        starts = new int[states.length];
        startCounts = new int[states.length];
        lastOldest = new int[states.length];
        lastQueuePositions = new long[states.length];
        isNeeded = new boolean[states.length];
        neededSince = new int[states.length];
    }

    void onLinkUp(final int peer) {
        become(peer, NONE);
        starts[peer] = backlog.streamPosition();
        startCounts[peer] = backlog.count(peer);
    }

    void onPeerRemoved(final int peer) {
        become(peer, NONE);
        startCounts[peer] = 0;
        isNeeded[peer] = false;
    }

    /** What the peer lacks is not recorded any more. */
    void onExchangeNeeded(final int peer) {
        if (!isNeeded[peer]) {
            isNeeded[peer] = true;
            neededSince[peer] = backlog.streamPosition();
        }
    }

    /** An exchange with a peer has ended; the one that was needed, or one that brought it nearer. */
    void onExchanged(final int peer, final boolean isDone, final long nowNs) {
        isNeeded[peer] &= !isDone;
        sinceNs[peer] = nowNs;
    }

    /** Whether any peer is behind, or was in vain: an update of the others changes nothing unless they fall behind. */
    boolean isTracking() {
        return tracked > 0;
    }

    /** Whether a connected peer held new payloads back when it was looked at last. */
    boolean isHolding(final int peer) {
        return states[peer] == BEHIND;
    }

    /** Whether a connected peer is so far behind that new payloads have to wait, or would if they had not in vain. */
    boolean isLagging(final int peer, final long nowNs) {
        return peers.isConnected(peer) && next(peer, nowNs) != NONE;
    }

    /** Whether a connected peer is so far behind that new payloads have to wait. */
    boolean isBehind(final int peer, final long nowNs) {
        return peers.isConnected(peer) && next(peer, nowNs) == BEHIND;
    }

    /** Something is to go to a peer: what it is becomes what it is found to be; true if that has to wait. */
    boolean update(final int peer, final long nowNs) {
        if (!peers.isConnected(peer)) {
            return false;
        }
        final byte next = next(peer, nowNs);
        if (next == BEHIND && (states[peer] == NONE || getsOn(peer))) {
            sinceNs[peer] = nowNs;
            lastOldest[peer] = oldest(peer);
            final long queuePosition = effects.queuePosition(peer, channel);
            if (queuePosition != PlumtreeEffects.NO_QUEUE) {
                lastQueuePositions[peer] = queuePosition;
            }
        } else if (next == SPENT && states[peer] == BEHIND) {
            isNeeded[peer] = false;
            counter.increment(ProtocolCounter.CONGESTION_BUDGETS_SPENT);
        }
        become(peer, next);
        return next == BEHIND;
    }

    private void become(final int peer, final byte state) {
        tracked += (state == NONE ? 0 : 1) - (states[peer] == NONE ? 0 : 1);
        states[peer] = state;
    }

    private byte next(final int peer, final long nowNs) {
        final int owed = backlog.count(peer) == 0 && !isNeeded[peer] ? 0 : owed(peer);
        if (owed < low || budgetNs == 0) {
            return NONE;
        }
        if (states[peer] == NONE) {
            return owed >= high ? BEHIND : NONE;
        }
        return states[peer] == BEHIND && nowNs - sinceNs[peer] >= budgetNs && !getsOn(peer) ? SPENT : states[peer];
    }

    private boolean getsOn(final int peer) {
        if (oldest(peer) != lastOldest[peer]) {
            return true;
        }
        final long queuePosition = effects.queuePosition(peer, channel);
        return queuePosition != PlumtreeEffects.NO_QUEUE && queuePosition != lastQueuePositions[peer];
    }

    /** Where that stands which has not been acknowledged for the longest; there must be something. */
    private int oldest(final int peer) {
        if (backlog.count(peer) == 0) {
            return neededSince[peer];
        }
        final int recorded = backlog.oldestPosition(peer);
        return isNeeded[peer] && neededSince[peer] - recorded < 0 ? neededSince[peer] : recorded;
    }

    private int owed(final int peer) {
        return Math.max(
            backlog.count(peer) - startCounts[peer],
            Math.min(backlog.streamPosition() - starts[peer], backlog.streamPosition() - oldest(peer)));
    }
}
