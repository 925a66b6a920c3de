package io.plumtree.node.pipe;

import io.plumtree.api.NodeId;
import io.plumtree.engine.PeerListener;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Knows which peers can be reached. Written by the engine's thread, read by any. */
public final class PeerTracker implements PeerListener {
    private final Set<NodeId> up = new ConcurrentSkipListSet<>();

    @Override
    public void onPeerUp(final NodeId peer, final long incarnation) {
        up.add(peer);
    }

    @Override
    public void onPeerDown(final NodeId peer, final boolean graceful) {
        up.remove(peer);
    }

    /**
     * Whether a peer can be reached.
     *
     * @param peer the peer.
     * @return true if so.
     */
    public boolean isUp(final NodeId peer) {
        return up.contains(peer);
    }

    /**
     * How many of some peers can be reached.
     *
     * @param peers the peers.
     * @return their number.
     */
    public int count(final Collection<NodeId> peers) {
        int count = 0;
        for (final NodeId peer : peers) {
            count += up.contains(peer) ? 1 : 0;
        }
        return count;
    }
}
