package io.plumtree.engine.agent;

import io.plumtree.api.NodeId;
import io.plumtree.engine.events.GraftSentEvent;
import io.plumtree.engine.events.GraftServedEvent;
import io.plumtree.engine.events.PruneReceivedEvent;
import io.plumtree.engine.events.PruneSentEvent;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.peers.Peer;
import io.plumtree.engine.peers.PeerTable;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.Roots;

/** Tells the flight recorder, with names for the numbers; makes nothing where nothing is recorded. */
final class EngineEvents {
    private static final String COMMON_TREE = "common";

    private final NodeId self;
    private final HandlerRegistry registry;
    private final PeerTable peers;

    EngineEvents(final NodeId self, final HandlerRegistry registry, final PeerTable peers) {
        this.self = self;
        this.registry = registry;
        this.peers = peers;
    }

    void graftSent(final Peer peer, final MessageKey key) {
        if (GraftSentEvent.isRecorded()) {
            GraftSentEvent.emit(self.name(), peer.id.name(), nameOf(key.root()), key.round(), nameOf(key));
        }
    }

    void graftServed(final Peer peer, final MessageKey key, final int payloadLength) {
        if (GraftServedEvent.isRecorded()) {
            GraftServedEvent.emit(
                self.name(), peer.id.name(), nameOf(key.root()), key.round(), nameOf(key), payloadLength);
        }
    }

    void pruneSent(final Peer peer, final MessageKey key) {
        if (PruneSentEvent.isRecorded()) {
            PruneSentEvent.emit(self.name(), peer.id.name(), nameOf(key.root()), key.round(), nameOf(key));
        }
    }

    void pruneReceived(final Peer peer, final MessageKey key) {
        if (PruneReceivedEvent.isRecorded()) {
            PruneReceivedEvent.emit(self.name(), peer.id.name(), nameOf(key.root()), key.round(), nameOf(key));
        }
    }

    private String nameOf(final MessageKey key) {
        return registry.slot(key.handler()).name;
    }

    private String nameOf(final long root) {
        if (root == Roots.COMMON_TREE) {
            return COMMON_TREE;
        }
        if (root == self.value()) {
            return self.name();
        }
        final Peer peer = peers.byValue(root);
        return peer == null ? Long.toHexString(root) : peer.id.name();
    }
}
