package io.plumtree.engine.settings;

import io.plumtree.api.DownReason;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import java.util.Set;

/** Told when peers come and go; the form that the public peer listener has in here. May throw. */
public interface PeerObserver {
    /**
     * A peer has come up.
     *
     * @param peer        the peer.
     * @param incarnation its run.
     */
    void onPeerUp(NodeId peer, long incarnation);

    /**
     * A peer has gone down.
     *
     * @param peer   the peer.
     * @param reason why.
     */
    void onPeerDown(NodeId peer, DownReason reason);

    /**
     * The members are others now.
     *
     * @param joined members as they were not before.
     * @param left   members as they are no longer.
     */
    void onMembersChanged(Set<Member> joined, Set<Member> left);
}
