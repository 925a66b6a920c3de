package io.plumtree.engine;

import io.plumtree.api.DownReason;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import java.util.Set;

/**
 * Told when peers come and go. All methods run on the engine's thread and must not block; what they throw is counted
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
     * @param peer   the peer.
     * @param reason why not.
     */
    default void onPeerDown(final NodeId peer, final DownReason reason) {
    }

    /**
     * The members are others than before: an update ({@link PlumtreeNode#update}) is in effect, or the full view of a
     * node that finds its members by itself has changed (without one, its neighbours). Peers that an update has removed
     * have gone down before, if they were up; those that joined come up later, if they can be reached and become peers.
     * An update that changes nothing is not told. A member whose endpoint has changed is in both sets: in one as it
     * was, in the other as it is.
     *
     * @param joined members as they were not before; immutable, this node is never there.
     * @param left   members as they are no longer; immutable, this node is never there.
     */
    default void onMembersChanged(final Set<Member> joined, final Set<Member> left) {
    }
}
