package io.plumtree.node.pipe;

import io.plumtree.api.NodeId;
import io.plumtree.engine.PeerListener;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** Knows which peers can be reached. Written by the engine's thread, read by any. */
final class PeerTracker implements PeerListener {
    private final Set<NodeId> up = new ConcurrentSkipListSet<>();
    private final Consumer<NodeId> onDown;

    /** Tells someone of peers that go down, on the engine's thread. */
    PeerTracker(final Consumer<NodeId> onDown) {
        this.onDown = onDown;
    }

    @Override
    public void onPeerUp(final NodeId peer, final long incarnation) {
        up.add(peer);
    }

    @Override
    public void onPeerDown(final NodeId peer, final boolean graceful) {
        up.remove(peer);
        onDown.accept(peer);
    }

    /** Whether a peer can be reached. */
    boolean isUp(final NodeId peer) {
        return up.contains(peer);
    }

    /** How many of some peers can be reached. */
    int count(final Collection<NodeId> peers) {
        int count = 0;
        for (final NodeId peer : peers) {
            count += up.contains(peer) ? 1 : 0;
        }
        return count;
    }
}
