package io.plumtree.engine.peers;

import io.plumtree.engine.codec.OverlayFrameListener;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.util.List;

/** Refuses the frames of membership, where the members are given; the sender may have been set up otherwise. */
final class UninvitedReceiver implements OverlayFrameListener {
    private final FrameOrigin origin;
    private final Agreement agreement;
    private final EngineCounters counters;

    UninvitedReceiver(final FrameOrigin origin, final Agreement agreement, final EngineCounters counters) {
        this.origin = origin;
        this.agreement = agreement;
        this.counters = counters;
    }

    @Override
    public boolean accepts(final long cluster, final long sender) {
        if (origin.acceptsCluster(cluster, sender)) {
            counters.increment(EngineCounter.FRAMES_STRANGERS);
            agreement.onOverlayFrame(origin.name(sender));
        }
        return false;
    }

    // ---- never called, as nothing is accepted

    @Override
    public void onJoin(final NodeDescriptor from, final long nonce) {
    }

    @Override
    public void onForwardJoin(final NodeDescriptor from, final NodeDescriptor joined, final int timeToLive) {
    }

    @Override
    public void onNeighbor(final NodeDescriptor from, final long nonce, final boolean isHighPriority) {
    }

    @Override
    public void onNeighborReply(final NodeDescriptor from, final long nonce, final boolean isAccepted) {
    }

    @Override
    public void onDisconnect(final NodeDescriptor from, final boolean isLeaving) {
    }

    @Override
    public void onShuffle(
        final NodeDescriptor from,
        final NodeDescriptor origin,
        final int timeToLive,
        final List<NodeDescriptor> sample) {
    }

    @Override
    public void onShuffleReply(final NodeDescriptor from, final List<NodeDescriptor> sample) {
    }
}
