package io.plumtree.engine.peers;

import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.settings.Incarnation;
import io.plumtree.engine.view.MemberView;

/**
 * What this node has heard of members from themselves, for its handlers: those that are peers have greeted, and what
 * the others say is in the full view, if there is one. For the engine's thread.
 */
public final class KnownMembers {
    private final PeerTable peers;
    private final long self;
    private final Incarnation own;
    private final MemberView view;

    public KnownMembers(final EngineSettings settings, final PeerTable peers) {
        this.peers = peers;
        this.self = settings.self().id().value();
        this.own = settings.incarnation();
        this.view = settings.view();
    }

    /** The run that a node itself has told; 0 if none is known. */
    public long confirmedIncarnation(final long node) {
        if (node == self) {
            return own.get();
        }
        final Peer peer = peers.byValue(node);
        if (peer != null && peer.isIntroduced()) {
            return peer.incarnation();
        }
        return view.incarnation(node);
    }

    public boolean isMember(final long node) {
        return node == self || peers.byValue(node) != null || view.isMember(node);
    }
}
