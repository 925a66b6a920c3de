package io.plumtree.engine.runtime;

import org.agrona.collections.Long2ObjectHashMap;

/** The peers of a node: by number (the protocol's peer index), and by the value of their ids. */
final class PeerTable {
    private final Peer[] byIndex;
    private final Peer[] all;
    private final Long2ObjectHashMap<Peer> byValue = new Long2ObjectHashMap<>();

    PeerTable(final Peer[] peers, final int maxPeers) {
        all = peers;
        byIndex = new Peer[maxPeers];
        for (final Peer peer : peers) {
            byIndex[peer.index] = peer;
            byValue.put(peer.value, peer);
        }
    }

    Peer[] all() {
        return all;
    }

    Peer at(final int index) {
        return byIndex[index];
    }

    /** The peer with this value; null if there is none. */
    Peer byValue(final long value) {
        return byValue.get(value);
    }
}
