package io.plumtree.engine.peers;

import io.plumtree.engine.codec.OverlayFrameListener;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.util.List;

/** Takes in the frames of membership. */
final class OverlayReceiver implements OverlayFrameListener {
    private final FrameOrigin origin;
    private final PeerTable peers;
    private final Incarnations incarnations;
    private final Overlay overlay;
    private final EngineCounters counters;

    /**
     * A receiver.
     *
     * @param origin       of each frame.
     * @param peers        the peers.
     * @param incarnations asked whether a node is to be turned away.
     * @param overlay      told of frames.
     * @param counters     where to count.
     */
    OverlayReceiver(
        final FrameOrigin origin,
        final PeerTable peers,
        final Incarnations incarnations,
        final Overlay overlay,
        final EngineCounters counters) {
        this.origin = origin;
        this.peers = peers;
        this.incarnations = incarnations;
        this.overlay = overlay;
        this.counters = counters;
    }

    @Override
    public boolean accepts(final long cluster, final long sender) {
        return origin.acceptsCluster(cluster, sender);
    }

    @Override
    public void onJoin(final NodeDescriptor from, final long nonce) {
        if (isWelcome(from, nonce)) {
            overlay.hyParView().onJoin(from, nonce, origin.nowNs());
        }
    }

    @Override
    public void onForwardJoin(final NodeDescriptor from, final NodeDescriptor joined, final int timeToLive) {
        overlay.hyParView().onForwardJoin(from, joined, timeToLive, origin.nowNs());
    }

    @Override
    public void onNeighbor(final NodeDescriptor from, final long nonce, final boolean isHighPriority) {
        if (isWelcome(from, nonce)) {
            overlay.hyParView().onNeighbor(from, nonce, isHighPriority, origin.nowNs());
        }
    }

    private boolean isWelcome(final NodeDescriptor from, final long nonce) {
        return overlay.isOther(from, nonce) && !incarnations.refuses(from, nonce, origin.nowNs());
    }

    @Override
    public void onNeighborReply(final NodeDescriptor from, final long nonce, final boolean isAccepted) {
        overlay.hyParView().onNeighborReply(from, nonce, isAccepted, origin.nowNs());
    }

    @Override
    public void onDisconnect(final NodeDescriptor from, final boolean isLeaving) {
        final Peer peer = peers.byValue(from.id().value());
        if (peer != null && peer.isUp() && !peer.sessions().has(origin.session())) {
            counters.increment(EngineCounter.FRAMES_OTHER_SESSION);
            return;
        }
        overlay.hyParView().onDisconnect(from, isLeaving, origin.nowNs());
    }

    @Override
    public void onShuffle(
        final NodeDescriptor from,
        final NodeDescriptor shuffler,
        final int timeToLive,
        final List<NodeDescriptor> sample) {
        overlay.hyParView().onShuffle(from, shuffler, timeToLive, sample, origin.nowNs());
    }

    @Override
    public void onShuffleReply(final NodeDescriptor from, final List<NodeDescriptor> sample) {
        overlay.hyParView().onShuffleReply(from, sample, origin.nowNs());
    }
}
