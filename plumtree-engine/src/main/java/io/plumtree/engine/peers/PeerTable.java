package io.plumtree.engine.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The peers of a node: by number (the protocol's peer index), and by the value of their ids. Changes with the
 * membership, between duty cycles' other work; who is iterating keeps the peers that there were.
 */
public final class PeerTable {
    private final Peer[] byIndex;
    private final Long2ObjectHashMap<Peer> byValue = new Long2ObjectHashMap<>();
    private Peer[] all = new Peer[0];

    public PeerTable(final int maxPeers) {
        byIndex = new Peer[maxPeers];
    }

    void addAll(final List<Peer> peers) {
        final int count = all.length;
        final Peer[] more = Arrays.copyOf(all, count + peers.size());
        for (int i = 0; i < peers.size(); i++) {
            final Peer peer = peers.get(i);
            more[count + i] = peer;
            byIndex[peer.index] = peer;
            byValue.put(peer.value, peer);
        }
        all = more;
    }

    void removeAll(final Set<Peer> peers) {
        for (final Peer peer : peers) {
            byIndex[peer.index] = null;
            byValue.remove(peer.value);
        }
        all = Arrays.stream(all).filter(peer -> !peers.contains(peer)).toArray(Peer[]::new);
    }

    public Peer[] all() {
        return all;
    }

    public Peer at(final int index) {
        return byIndex[index];
    }

    /** Whether there is such a peer, and its link is up. */
    public boolean isUp(final int index) {
        return byIndex[index] != null && byIndex[index].isUp();
    }

    /** The peer with this value; null if there is none. */
    public Peer byValue(final long value) {
        return byValue.get(value);
    }
}
