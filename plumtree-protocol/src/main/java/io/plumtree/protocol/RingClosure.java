package io.plumtree.protocol;

import io.plumtree.protocol.options.PlumtreeOptions;

/**
 * A link to the next member that can be reached, in the cyclic order of ids, is in every tree: so the links of the
 * survivors hold together whoever fails. Looked at when a peer is lost, and some time after peers have come.
 */
final class RingClosure {
    private final MemberIndexes peers;
    private final Trees trees;
    private final ProtocolCounters counters;
    private final boolean isOn;
    /** A successor that has not come so long after others have is taken for one that is not there. */
    private final long delayNs;
    private long checkNs;
    private boolean isCheckDue = true;

    RingClosure(
        final PlumtreeOptions options,
        final MemberIndexes peers,
        final Trees trees,
        final ProtocolCounters counters,
        final long nowNs) {
        isOn = options.closeRing();
        delayNs = options.closeRingDelayNs();
        this.peers = peers;
        this.trees = trees;
        this.counters = counters;
        checkNs = nowNs + delayNs;
    }

    /** A peer has come, and others may come with it. */
    void onLinkUp(final long nowNs) {
        if (!isCheckDue) {
            isCheckDue = true;
            checkNs = nowNs + delayNs;
        }
    }

    /** How long until there is something to look at; {@link Long#MAX_VALUE} if nothing is waited for. */
    long waitNs(final long nowNs) {
        return isCheckDue ? Math.max(0, checkNs - nowNs) : Long.MAX_VALUE;
    }

    /** Whether those that have come are all that come; true once. */
    boolean onTick(final long nowNs) {
        if (!isCheckDue || nowNs - checkNs < 0) {
            return false;
        }
        isCheckDue = false;
        return true;
    }

    /** Makes sure of the link; the peer if it was not there in some tree, {@link Peers#NO_PEER} otherwise. */
    int close() {
        final int successor = isOn ? peers.successor() : Peers.NO_PEER;
        if (successor == Peers.NO_PEER || trees.linkEverywhere(successor) == 0) {
            return Peers.NO_PEER;
        }
        counters.increment(ProtocolCounter.LINKS_PATCHED);
        return successor;
    }
}
