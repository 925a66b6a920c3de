package io.plumtree.protocol;

/** What the protocol core counts; the values are kept by {@link Plumtree#counter}. */
public enum ProtocolCounter {
    /** Broadcasts of this node's own. */
    BROADCASTS("protocol.broadcasts"),
    /** Messages from others that were new here. */
    DELIVERIES("protocol.deliveries"),
    /** Payloads received that were here already. */
    DUPLICATES("protocol.duplicates"),
    /** Payloads that the handler failed to take in. */
    MERGE_FAILURES("protocol.merge.failures"),
    /** Payloads pushed. */
    PUSHES("protocol.pushes"),
    /** Payloads that an eager peer would not accept, and which are announced to it instead. */
    PUSHES_DEFERRED("protocol.pushes.deferred"),
    /** Announcements sent. */
    ANNOUNCEMENTS("protocol.announcements"),
    /** Announcements received. */
    ANNOUNCEMENTS_RECEIVED("protocol.announcements.received"),
    /** Acknowledgements sent. */
    ACKNOWLEDGEMENTS("protocol.acknowledgements"),
    /** Grafts sent. */
    GRAFTS("protocol.grafts"),
    /** Grafts that had to wait, as too many were under way. */
    GRAFTS_QUEUED("protocol.grafts.queued"),
    /** Grafts answered with a payload. */
    GRAFTS_SERVED("protocol.grafts.served"),
    /** Grafts that could not be answered with the payload. */
    GRAFTS_UNSERVED("protocol.grafts.unserved"),
    /** Times that an announcer became the parent in a tree, as it was faster. */
    OPTIMISATIONS("protocol.optimisations"),
    /** Prunes sent. */
    PRUNES("protocol.prunes"),
    /** Prunes received. */
    PRUNES_RECEIVED("protocol.prunes.received"),
    /** Announcements not recorded because a table of outstanding ones was full. */
    OUTSTANDING_OVERFLOWS("protocol.outstanding.overflows"),
    /** Times that a peer stayed behind with its acknowledgements for longer than others wait for it. */
    CONGESTION_BUDGETS_SPENT("protocol.congestion.budgets.spent"),
    /** Relays that waited for a peer in vain, and passed it, so that what came behind them was heard. */
    RELAYS_PASSED("protocol.relays.passed"),
    /** Times that a root was told to slow down. */
    QUENCHES("protocol.quenches"),
    /** Times that this node was told to slow down, or to tell a root. */
    QUENCHES_RECEIVED("protocol.quenches.received"),
    /** Missing messages not recorded because their table was full. */
    MISSING_OVERFLOWS("protocol.missing.overflows"),
    /** Announcers not recorded because a missing message had as many as it may have. */
    ANNOUNCER_OVERFLOWS("protocol.announcers.overflows"),
    /** Missing messages given up because no announcer could serve them. */
    MISSING_ABANDONED("protocol.missing.abandoned"),
    /** Trees of single roots given up, least recently used first, because their table was full. */
    TREE_EVICTIONS("protocol.trees.evictions"),
    /** Messages dropped because their id was longer than allowed. */
    IDS_TOO_LONG("protocol.ids.tooLong"),
    /** Announcements and grafts whose handler failed to answer. */
    HANDLER_FAILURES("protocol.handler.failures"),
    /** Times that a peer was marked for an exchange. */
    EXCHANGES_NEEDED("protocol.exchanges.needed"),
    /** Lazy links made to close the ring of members around one that is gone. */
    LINKS_PATCHED("protocol.links.patched");

    private final String label;

    ProtocolCounter(final String label) {
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
