package io.plumtree.engine.exchange;

import io.plumtree.engine.options.ExchangeSelection;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Chooses the peer for an exchange among those whose links are up (the reference's {@code random_peer}). Where many
 * links have come up since the last choice, as when a partition heals, it is one of those: who was here all along has
 * little to tell. A single peer that comes back is left alone by the many, and asks by itself.
 */
final class PeerChoice {
    static final int NONE = -1;
    /** What part of the links must have come up, of all that are up, to be chosen from: one in so many. */
    private static final int FRESH_PART = 4;

    private final ExchangePort port;
    private final ExchangeSelection selection;
    private final RandomGenerator random;
    private final BitSet fresh = new BitSet();

    PeerChoice(final ExchangePort port, final ExchangeSelection selection, final RandomGenerator random) {
        this.port = port;
        this.selection = selection;
        this.random = random;
    }

    void onLinkUp(final int peer) {
        fresh.set(peer);
    }

    void onPeerRemoved(final int peer) {
        fresh.clear(peer);
    }

    /** Number of a peer whose link is up, or {@link #NONE}. */
    int next() {
        final int upCount = count(peer -> true);
        if (upCount == 0) {
            return NONE;
        }
        final int freshCount = count(fresh::get);
        int peer = NONE;
        if (freshCount < upCount && freshCount * FRESH_PART >= upCount) {
            peer = pick(fresh::get);
        } else if (selection == ExchangeSelection.OPTIMIZED) {
            final int root = pick(any -> true);
            peer = pick(other -> !port.isLinked(root, other));
        }
        fresh.clear();
        return peer == NONE ? pick(any -> true) : peer;
    }

    private int count(final IntPredicate isMeant) {
        int count = 0;
        for (int peer = 0; peer < port.peerLimit(); peer++) {
            if (port.isUp(peer) && isMeant.test(peer)) {
                count++;
            }
        }
        return count;
    }

    private int pick(final IntPredicate isMeant) {
        final int count = count(isMeant);
        if (count == 0) {
            return NONE;
        }
        int left = random.nextInt(count);
        for (int peer = 0; peer < port.peerLimit(); peer++) {
            if (port.isUp(peer) && isMeant.test(peer) && left-- == 0) {
                return peer;
            }
        }
        return NONE;
    }
}
