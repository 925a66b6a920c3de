package io.plumtree.engine.peers;

import io.plumtree.engine.settings.Incarnation;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.view.FullView;

/**
 * What this node has heard of members from themselves, for its handlers: those that are peers have greeted, and what
 * the others say is in the full view, if there is one. For the engine's thread.
 */
public final class KnownMembers {
    private final PeerTable peers;
    private final long self;
    private final Incarnation own;
    /** Null where this node knows its neighbours alone. */
    private final FullView fullView;

    public KnownMembers(final EngineSettings settings, final PeerTable peers) {
        this.peers = peers;
        this.self = settings.self().id().value();
        this.own = settings.incarnation();
        this.fullView = settings.overlay() == null ? null : settings.overlay().fullView();
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
        return fullView == null ? 0 : fullView.incarnation(node);
    }

    public boolean isMember(final long node) {
        return node == self || peers.byValue(node) != null || fullView != null && fullView.isMember(node);
    }
}
