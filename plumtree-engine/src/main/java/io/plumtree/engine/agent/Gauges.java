package io.plumtree.engine.agent;

import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.EngineGauge;
import io.plumtree.engine.exchange.Exchanges;
import io.plumtree.engine.peers.Peer;
import io.plumtree.engine.peers.PeerTable;
import io.plumtree.engine.ring.CommandRings;
import io.plumtree.protocol.Plumtree;

/** Reads the levels of a node. */
final class Gauges {
    private final EngineCounters counters;
    private final CommandRings rings;
    private final PeerTable peers;
    private final Plumtree plumtree;
    private final Exchanges exchanges;
    private final Inspection inspection;

    Gauges(
        final EngineCounters counters,
        final CommandRings rings,
        final PeerTable peers,
        final Plumtree plumtree,
        final Exchanges exchanges,
        final Inspection inspection) {
        this.counters = counters;
        this.rings = rings;
        this.peers = peers;
        this.plumtree = plumtree;
        this.exchanges = exchanges;
        this.inspection = inspection;
        counters.set(EngineGauge.RING_CAPACITY, rings.capacity());
    }

    void update() {
        counters.set(EngineGauge.RING_BYTES, rings.size());
        counters.set(EngineGauge.EXCHANGES_RUNNING, exchanges.initiatedCount());
        counters.set(EngineGauge.EXCHANGES_INBOUND, exchanges.inboundCount());
        counters.set(EngineGauge.QUERIES_PENDING, inspection.asker().size());
        counters.set(EngineGauge.QUERIES_WAITING, inspection.responder().size());
        counters.set(EngineGauge.TREES, plumtree.treeCount());
        counters.set(EngineGauge.OUTSTANDING, plumtree.outstandingCount());
        counters.set(EngineGauge.MISSING, plumtree.missingCount());
        counters.set(EngineGauge.ACKNOWLEDGEMENTS_PENDING, plumtree.pendingAcknowledgementCount());
        updatePeers();
    }

    private void updatePeers() {
        final Peer[] all = peers.all();
        int upCount = 0;
        int blockedCount = 0;
        int mostOutstanding = 0;
        for (final Peer peer : all) {
            upCount += peer.isUp() ? 1 : 0;
            blockedCount += peer.isBlocked() ? 1 : 0;
            mostOutstanding = Math.max(mostOutstanding, plumtree.outstandingCount(peer.index));
        }
        counters.set(EngineGauge.PEERS, all.length);
        counters.set(EngineGauge.PEERS_UP, upCount);
        counters.set(EngineGauge.PEERS_BLOCKED, blockedCount);
        counters.set(EngineGauge.OUTSTANDING_OF_PEER, mostOutstanding);
    }
}
