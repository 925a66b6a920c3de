package io.plumtree.engine;

import io.plumtree.api.NodeId;

/**
 * Told when peers come and go. Both methods run on the engine's thread and must not block; what they throw is counted
 * and reported, the engine goes on.
 */
public interface PeerListener {
    /**
     * A peer can be reached: its greeting has been heard and the link to it is connected. A peer that restarts goes
     * down before it comes up again.
     *
     * @param peer        the peer.
     * @param incarnation the run of the peer, as in {@link PlumtreeNode#incarnation()}.
     */
    default void onPeerUp(final NodeId peer, final long incarnation) {
    }

    /**
     * A peer that was up can't be reached any more.
     *
     * @param peer     the peer.
     * @param graceful true if it said goodbye; false if it fell silent, was cut off, or restarted.
     */
    default void onPeerDown(final NodeId peer, final boolean graceful) {
    }
}
