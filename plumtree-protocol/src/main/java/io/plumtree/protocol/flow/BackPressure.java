package io.plumtree.protocol.flow;

import io.plumtree.protocol.PlumtreeEffects;
import io.plumtree.protocol.options.PlumtreeOptions;

/**
 * Ours. A broadcast waits for all peers of its tree: for room in the links of the eager ones, and until none is far
 * behind. A relay waits for them too, but not for long. A root is told to slow down whose messages have waited in vain.
 */
final class BackPressure implements FlowControl {
    private final int channel;
    private final PlumtreeEffects effects;
    private final PeerLookup peers;
    private final Congestion congestion;
    private final RelayHold hold;
    private final BroadcastLimit limit;
    private final SourceQuench quench;

    BackPressure(
        final long self,
        final int channel,
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final FlowCounter counter,
        final PeerLookup peers,
        final Backlog backlog,
        final long nowNs) {
        this.channel = channel;
        this.effects = effects;
        this.peers = peers;
        congestion = new Congestion(channel, options, effects, counter, peers, backlog);
        hold = new RelayHold(options.flowControl().relayHoldNs(), counter, options.maxPeers());
        limit = new BroadcastLimit(options.flowControl());
        quench = new SourceQuench(self, options, effects, counter, peers, limit, nowNs);
    }

    // ---- answers

    @Override
    public boolean mayBroadcast() {
        return limit.isOpen();
    }

    @Override
    public boolean mayPush(final TreeLinks tree, final long nowNs) {
        for (int word = 0; word < tree.words(); word++) {
            final long eagers = tree.eagerWord(word);
            for (long bits = eagers | tree.lazyWord(word); bits != 0; bits &= bits - 1) {
                final int peer = peer(word, bits);
                if (isIn(eagers, peer) && !effects.isAdmissible(peer, channel) || congestion.isBehind(peer, nowNs)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public boolean mayRelay(final TreeLinks tree, final int from, final long root, final long nowNs) {
        final int rootPeer = peers.indexOf(root);
        for (int word = 0; word < tree.words(); word++) {
            final long eagers = tree.eagerWord(word);
            for (long bits = eagers | tree.lazyWord(word); bits != 0; bits &= bits - 1) {
                final int peer = peer(word, bits);
                if (peer != from && peer != rootPeer && (isIn(eagers, peer) && !effects.isWritable(peer, channel)
                    || congestion.isBehind(peer, nowNs))) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public boolean mayPass(final int from, final long nowNs) {
        return hold.mayPass(from, nowNs);
    }

    @Override
    public boolean isWaiting(final int from, final long nowNs) {
        return hold.isHolding(from, nowNs);
    }

    @Override
    public boolean isHolding(final int peer) {
        return congestion.isHolding(peer);
    }

    @Override
    public boolean isLagging(final int peer, final long nowNs) {
        return congestion.isLagging(peer, nowNs);
    }

    // ---- time

    @Override
    public void update(final long nowNs) {
        limit.update(nowNs);
    }

    // ---- broadcasts and relays

    /** Who is not behind is not tracked, and there is nothing to change: so it is mostly. */
    @Override
    public void onPushFree(final TreeLinks tree, final long nowNs) {
        if (congestion.isTracking()) {
            updatePeers(tree, nowNs);
        }
    }

    @Override
    public void onPushHeldBack(final TreeLinks tree, final long nowNs) {
        updatePeers(tree, nowNs);
    }

    /** Looks at the peers of this node's own tree, up to the first that is waited for. */
    private void updatePeers(final TreeLinks tree, final long nowNs) {
        for (int word = 0; word < tree.words(); word++) {
            final long eagers = tree.eagerWord(word);
            for (long bits = eagers | tree.lazyWord(word); bits != 0; bits &= bits - 1) {
                final int peer = peer(word, bits);
                if (isIn(eagers, peer) && !effects.isAdmissible(peer, channel)) {
                    effects.onHeldBack(peer, channel, false);
                    return;
                }
                if (congestion.update(peer, nowNs)) {
                    return;
                }
            }
        }
    }

    @Override
    public void onBroadcast(final int messageCount, final long nowNs) {
        limit.onBroadcast(messageCount, nowNs);
    }

    @Override
    public void onRelayFree(final TreeLinks tree, final int from, final long root, final long nowNs) {
        if (congestion.isTracking()) {
            updateOthers(tree, from, root, nowNs);
        }
        hold.onFree(from);
    }

    @Override
    public void onRelayHeldBack(final TreeLinks tree, final int from, final long root, final long nowNs) {
        updateOthers(tree, from, root, nowNs);
        hold.onHeldBack(from, nowNs);
    }

    /** Looks at the others of a root's tree, up to the first whose link is waited for. */
    private void updateOthers(final TreeLinks tree, final int from, final long root, final long nowNs) {
        final int rootPeer = peers.indexOf(root);
        for (int word = 0; word < tree.words(); word++) {
            final long eagers = tree.eagerWord(word);
            for (long bits = eagers | tree.lazyWord(word); bits != 0; bits &= bits - 1) {
                final int peer = peer(word, bits);
                if (peer != from && peer != rootPeer) {
                    if (isIn(eagers, peer) && !effects.isWritable(peer, channel)) {
                        effects.onHeldBack(peer, channel, true);
                        return;
                    }
                    congestion.update(peer, nowNs);
                }
            }
        }
    }

    @Override
    public void onPassed(
        final TreeLinks tree, final int from, final long root, final int handler, final long nowNs) {
        hold.onPassed();
        quench.send(tree, from, root, handler, nowNs);
    }

    @Override
    public void onQuench(
        final TreeLinks tree, final int from, final long root, final int handler, final long nowNs) {
        quench.onReceived(tree, from, root, handler, nowNs);
    }

    private static int peer(final int word, final long bits) {
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    private static boolean isIn(final long bits, final int peer) {
        return (bits & 1L << peer) != 0;
    }

    // ---- peers

    @Override
    public void onExchangeNeeded(final int peer) {
        congestion.onExchangeNeeded(peer);
    }

    @Override
    public void onExchanged(final int peer, final boolean isDone, final long nowNs) {
        congestion.onExchanged(peer, isDone, nowNs);
    }

    @Override
    public void onLinkUp(final int peer) {
        congestion.onLinkUp(peer);
    }

    @Override
    public void onLinkDown(final int peer) {
        hold.onFree(peer);
    }

    @Override
    public void onPeerRemoved(final int peer) {
        congestion.onPeerRemoved(peer);
    }
}
