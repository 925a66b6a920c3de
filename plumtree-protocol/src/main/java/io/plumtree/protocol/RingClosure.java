package io.plumtree.protocol;

import java.util.concurrent.TimeUnit;

/**
 * A link to the next member that can be reached, in the cyclic order of ids, is in every tree: so the links of the
 * survivors hold together whoever fails. Looked at when a peer is lost, and some time after peers have come.
 */
final class RingClosure {
    /** A successor that has not come so long after others have is taken for one that is not there. */
    private static final long DELAY_NS = TimeUnit.SECONDS.toNanos(2);

    private final MemberIndexes peers;
    private final Trees trees;
    private final ProtocolCounters counters;
    private final boolean isOn;
    private long checkNs;
    private boolean isCheckDue = true;

    RingClosure(
        final boolean isOn,
        final MemberIndexes peers,
        final Trees trees,
        final ProtocolCounters counters,
        final long nowNs) {
        this.isOn = isOn;
        this.peers = peers;
        this.trees = trees;
        this.counters = counters;
        checkNs = nowNs + DELAY_NS;
    }

    /** A peer has come, and others may come with it. */
    void onLinkUp(final long nowNs) {
        if (!isCheckDue) {
            isCheckDue = true;
            checkNs = nowNs + DELAY_NS;
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
