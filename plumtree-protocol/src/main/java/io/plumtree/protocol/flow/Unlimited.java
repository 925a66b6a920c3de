package io.plumtree.protocol.flow;

import io.plumtree.protocol.ProtocolCounter;

/**
 * No flow control, as in the reference: Partisan pushes always. What a link does not take is announced, and what
 * overflows is left to exchanges.
 */
final class Unlimited implements FlowControl {
    private final FlowCounter counter;

    Unlimited(final FlowCounter counter) {
        this.counter = counter;
    }

    @Override
    public boolean mayBroadcast() {
        return true;
    }

    @Override
    public boolean mayPush(final TreeLinks tree, final long nowNs) {
        return true;
    }

    @Override
    public boolean mayRelay(final TreeLinks tree, final int from, final long root, final long nowNs) {
        return true;
    }

    @Override
    public boolean mayPass(final int from, final long nowNs) {
        return true;
    }

    @Override
    public boolean isWaiting(final int from, final long nowNs) {
        return false;
    }

    @Override
    public boolean isHolding(final int peer) {
        return false;
    }

    @Override
    public boolean isLagging(final int peer, final long nowNs) {
        return false;
    }

    @Override
    public void update(final long nowNs) {
    }

    @Override
    public void onPushFree(final TreeLinks tree, final long nowNs) {
    }

    @Override
    public void onPushHeldBack(final TreeLinks tree, final long nowNs) {
    }

    @Override
    public void onBroadcast(final int messageCount, final long nowNs) {
    }

    @Override
    public void onRelayFree(final TreeLinks tree, final int from, final long root, final long nowNs) {
    }

    @Override
    public void onRelayHeldBack(final TreeLinks tree, final int from, final long root, final long nowNs) {
    }

    @Override
    public void onPassed(
        final TreeLinks tree, final int from, final long root, final int handler, final long nowNs) {
    }

    /** Another node asks for what is not done here. */
    @Override
    public void onQuench(
        final TreeLinks tree, final int from, final long root, final int handler, final long nowNs) {
        counter.increment(ProtocolCounter.QUENCHES_RECEIVED);
    }

    @Override
    public void onExchangeNeeded(final int peer) {
    }

    @Override
    public void onExchanged(final int peer, final boolean isDone, final long nowNs) {
    }

    @Override
    public void onLinkUp(final int peer) {
    }

    @Override
    public void onLinkDown(final int peer) {
    }

    @Override
    public void onPeerRemoved(final int peer) {
    }
}
