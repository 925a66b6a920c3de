package io.plumtree.engine.membership;

import io.plumtree.engine.options.HyParViewOptions;
import java.util.List;
import java.util.random.RandomGenerator;

/** The membership protocol of one node. One thread. */
public final class HyParView {
    public HyParView(
        final NodeDescriptor self,
        final HyParViewOptions options,
        final RandomGenerator random,
        final HyParViewEffects effects,
        final long nowNs) {
        throw new UnsupportedOperationException();
    }

    /** Sets the contacts, at the start and whenever they change. */
    public void contacts(final List<String> endpoints, final long nowNs) {
    }

    /** Does what is due; to be called at {@link #deadlineNs()} or later. */
    public int onTimers(final long nowNs) {
        return 0;
    }

    /** When there is something to do next. */
    public long deadlineNs() {
        return 0;
    }

    public void onJoin(final NodeDescriptor from, final long nonce, final long nowNs) {
    }

    public void onForwardJoin(
        final NodeDescriptor from, final NodeDescriptor joined, final int timeToLive, final long nowNs) {
    }

    public void onNeighbor(
        final NodeDescriptor from, final long nonce, final boolean isHighPriority, final long nowNs) {
    }

    public void onNeighborReply(
        final NodeDescriptor from, final long nonce, final boolean isAccepted, final long nowNs) {
    }

    public void onDisconnect(final NodeDescriptor from, final boolean isLeaving, final long nowNs) {
    }

    public void onShuffle(
        final NodeDescriptor from,
        final NodeDescriptor origin,
        final int timeToLive,
        final List<NodeDescriptor> sample,
        final long nowNs) {
    }

    public void onShuffleReply(final NodeDescriptor from, final List<NodeDescriptor> sample, final long nowNs) {
    }

    /** The link to an active neighbour has come up. */
    public void onLinkUp(final NodeDescriptor neighbour, final long nowNs) {
    }

    /** The link to an active neighbour is lost: it is dead, unreachable or was restarted. */
    public void onLinkDown(final NodeDescriptor neighbour, final long nowNs) {
    }

    /** An active neighbour takes things in too slowly for too long: it is replaced if there is somebody else. */
    public void onSlow(final NodeDescriptor neighbour, final long nowNs) {
    }

    /**
     * A node greets as if it were an active neighbour. One that was asked to be one has thereby accepted; another one
     * that is none is told so.
     */
    public void onGreeted(final NodeDescriptor from, final long nowNs) {
    }

    /** A node has been heard of that has this node's own name: a contact is this node itself. */
    public void onSelf(final String contact, final long nonce) {
    }

    /** Tells all neighbours that this node leaves the cluster; nothing happens here any more after that. */
    public void leave(final long nowNs) {
    }

    /** The active view. */
    public List<NodeDescriptor> active() {
        return List.of();
    }

    /** The passive view. */
    public List<NodeDescriptor> passive() {
        return List.of();
    }

    public long get(final HyParViewCounter counter) {
        return 0;
    }
}
