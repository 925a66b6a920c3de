package io.plumtree.protocol;

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
    private static final int UNIT_BITS = 10;
    private static final byte NONE = 0;
    private static final byte BEHIND = 1;
    private static final byte SPENT = 2;

    private final int channel;
    private final PlumtreeEffects effects;
    private final Outstanding outstanding;
    private final ProtocolCounters counters;
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
    private int position;
    private int messagePosition;

    Congestion(
        final int channel,
        final PlumtreeEffects effects,
        final Outstanding outstanding,
        final ProtocolCounters counters,
        final int maxPeers,
        final int maxOutstandingPerPeer,
        final long budgetNs) {
        this.channel = channel;
        this.effects = effects;
        this.outstanding = outstanding;
        this.counters = counters;
        this.budgetNs = budgetNs;
        high = maxOutstandingPerPeer - maxOutstandingPerPeer / 4;
        low = Math.max(1, maxOutstandingPerPeer / 2);
        states = new byte[maxPeers];
        sinceNs = new long[maxPeers];
        starts = new int[maxPeers];
        startCounts = new int[maxPeers];
        lastOldest = new int[maxPeers];
        lastQueuePositions = new long[maxPeers];
        isNeeded = new boolean[maxPeers];
        neededSince = new int[maxPeers];
    }

    /** The stream goes on by messages that travel as one. */
    void advance(final int messageCount, final int length) {
        messagePosition = position;
        position += messageCount + (length >> UNIT_BITS);
    }

    /** Where the stream has come to: only differences say something. */
    int streamPosition() {
        return position;
    }

    /** Where the last message begins. */
    int position() {
        return messagePosition;
    }

    void onLinkUp(final int peer) {
        states[peer] = NONE;
        starts[peer] = position;
        startCounts[peer] = outstanding.count(peer);
    }

    void onPeerRemoved(final int peer) {
        states[peer] = NONE;
        startCounts[peer] = 0;
        isNeeded[peer] = false;
    }

    /** What the peer lacks is not recorded any more. */
    void onExchangeNeeded(final int peer) {
        if (!isNeeded[peer]) {
            isNeeded[peer] = true;
            neededSince[peer] = position;
        }
    }

    /** An exchange with a peer has ended; the one that was needed, or one that brought it nearer. */
    void onExchanged(final int peer, final boolean isDone, final long nowNs) {
        isNeeded[peer] &= !isDone;
        sinceNs[peer] = nowNs;
    }

    /** Whether a connected peer holds new payloads back at present. */
    boolean isHolding(final int peer) {
        return states[peer] == BEHIND;
    }

    /** Whether a connected peer is so far behind that new payloads have to wait, or would if they had not in vain. */
    boolean isLagging(final int peer, final long nowNs) {
        return isBehind(peer, nowNs) || states[peer] == SPENT;
    }

    /** Whether a connected peer is so far behind that new payloads have to wait. */
    boolean isBehind(final int peer, final long nowNs) {
        final int owed = outstanding.count(peer) == 0 && !isNeeded[peer] ? 0 : owed(peer);
        if (owed < low || budgetNs == 0) {
            states[peer] = NONE;
            return false;
        }
        if (states[peer] == NONE && owed >= high) {
            states[peer] = BEHIND;
            sinceNs[peer] = nowNs;
            lastOldest[peer] = oldest(peer);
            lastQueuePositions[peer] = effects.queuePosition(peer, channel);
        }
        if (states[peer] == BEHIND) {
            final int oldest = oldest(peer);
            final long queuePosition = effects.queuePosition(peer, channel);
            if (oldest != lastOldest[peer] || queuePosition != lastQueuePositions[peer]) {
                lastOldest[peer] = oldest;
                lastQueuePositions[peer] = queuePosition;
                sinceNs[peer] = nowNs;
            } else if (nowNs - sinceNs[peer] >= budgetNs) {
                states[peer] = SPENT;
                isNeeded[peer] = false;
                counters.increment(ProtocolCounter.CONGESTION_BUDGETS_SPENT);
            }
        }
        return states[peer] == BEHIND;
    }

    /** Where that stands which has not been acknowledged for the longest; there must be something. */
    private int oldest(final int peer) {
        if (outstanding.count(peer) == 0) {
            return neededSince[peer];
        }
        final int recorded = outstanding.position(outstanding.oldest(peer));
        return isNeeded[peer] && neededSince[peer] - recorded < 0 ? neededSince[peer] : recorded;
    }

    private int owed(final int peer) {
        return Math.max(
            outstanding.count(peer) - startCounts[peer],
            Math.min(position - starts[peer], position - oldest(peer)));
    }
}
