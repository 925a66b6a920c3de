package io.plumtree.engine.counting;

/** Levels of the node, brought up to date at each lazy tick. */
public enum EngineGauge {
    /** Bytes in the command rings: broadcasts taken and not handed to the peers yet. */
    RING_BYTES("engine.broadcasts.ring.bytes"),
    /** Bytes that the command rings have room for. */
    RING_CAPACITY("engine.broadcasts.ring.capacity"),
    /** Members beside this node. */
    PEERS("engine.peers"),
    /** Of those, they whose link is up. */
    PEERS_UP("engine.peers.up"),
    /** Peers that are back-pressured, on one channel at least. */
    PEERS_BLOCKED("engine.peers.blocked"),
    /** Nodes in the passive view. */
    PASSIVE_VIEW("hyparview.passive"),
    /** Nodes that were lost without a word, and are asked now and then. */
    LOST_VIEW("hyparview.lost"),
    /** Frames of membership that wait for a link. */
    OVERLAY_WAITING("engine.overlay.waiting"),
    /** Exchanges that run, of this node's own. */
    EXCHANGES_RUNNING("engine.exchanges.running"),
    /** Exchanges that run, of peers'. */
    EXCHANGES_INBOUND("engine.exchanges.running.inbound"),
    /** Queries to others that wait for an answer. */
    QUERIES_PENDING("engine.queries.pending"),
    /** Others' queries whose answers wait to be sent. */
    QUERIES_WAITING("engine.queries.waiting"),
    /** Roots with a tree of their own. */
    TREES("protocol.trees"),
    /** Announcements not acknowledged yet. */
    OUTSTANDING("protocol.outstanding"),
    /** The most of them to one peer. */
    OUTSTANDING_OF_PEER("protocol.outstanding.peer.max"),
    /** Announced messages that are waited for. */
    MISSING("protocol.missing"),
    /** Acknowledgements that wait for others to share a frame with. */
    ACKNOWLEDGEMENTS_PENDING("protocol.acknowledgements.pending");

    private final String label;

    EngineGauge(final String label) {
        this.label = label;
    }

    /**
     * The label under which the value is shown.
     *
     * @return the label.
     */
    public String label() {
        return label;
    }
}
