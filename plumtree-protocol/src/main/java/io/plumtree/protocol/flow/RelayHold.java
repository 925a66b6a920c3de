package io.plumtree.protocol.flow;

import io.plumtree.protocol.ProtocolCounter;

/**
 * How long relays of one channel wait, for peers that are back-pressured or behind with their acknowledgements.
 *
 * <p>A relay that waits keeps all that its sender has to say behind it from being heard, so that the sender slows down
 * in its turn. Where messages of several roots cross, nodes may come to wait for each other in a circle; so the wait is
 * short. Then what its sender says passes, for as long as it would have to wait: where it can't be pushed it is
 * announced, and its root is told to slow down.
 */
final class RelayHold {
    private final long maxWaitNs;
    private final FlowCounter counter;
    private final boolean[] isWaiting;
    private final long[] sinceNs;

    RelayHold(final long maxWaitNs, final FlowCounter counter, final int maxPeers) {
        this.maxWaitNs = maxWaitNs;
        this.counter = counter;
        isWaiting = new boolean[maxPeers];
        sinceNs = new long[maxPeers];
    }

    /** A relay of what a peer has sent has to wait. */
    void onHeldBack(final int from, final long nowNs) {
        if (!isWaiting[from]) {
            isWaiting[from] = true;
            sinceNs[from] = nowNs;
        }
    }

    /** Whether what a peer has sent has waited enough, and passes all the same. */
    boolean mayPass(final int from, final long nowNs) {
        return maxWaitNs == 0 || isWaiting[from] && nowNs - sinceNs[from] >= maxWaitNs;
    }

    /** Something passes that has waited in vain. */
    void onPassed() {
        counter.increment(ProtocolCounter.RELAYS_PASSED);
    }

    /** What a peer has sent need not wait. */
    void onFree(final int from) {
        isWaiting[from] = false;
    }

    /** Whether something that a peer has sent waits: what is missing may be behind it. */
    boolean isHolding(final int from, final long nowNs) {
        return isWaiting[from] && nowNs - sinceNs[from] < maxWaitNs;
    }
}
