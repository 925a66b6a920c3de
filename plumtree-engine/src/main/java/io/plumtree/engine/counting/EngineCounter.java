package io.plumtree.engine.counting;

/** What the engine counts. */
public enum EngineCounter {
    /** Errors, reported or not. */
    ERRORS("engine.errors"),
    /** Errors not reported because others of their kind had just been. */
    ERRORS_SUPPRESSED("engine.errors.suppressed"),
    /** Plug-ins that could not be loaded. */
    PLUGIN_FAILURES("engine.plugins.failures"),
    /** Messages of this node's own, taken from the command ring. */
    MESSAGES_BROADCAST("engine.messages.broadcast"),
    /** Messages of others, given to their handlers for the first time. */
    MESSAGES_DELIVERED("engine.messages.delivered"),
    /** Frames in which messages of this node's own travelled together. */
    BUNDLES_BROADCAST("engine.bundles.broadcast"),
    /** Broadcasts not taken because the command ring of their channel was full. */
    BROADCASTS_BACK_PRESSURED("engine.broadcasts.back.pressured"),
    /** Broadcasts not taken because the id or the message was longer than allowed. */
    BROADCASTS_TOO_LONG("engine.broadcasts.too.long"),
    /** Broadcasts of which the handler made no message. */
    BROADCASTS_REJECTED("engine.broadcasts.rejected"),
    /** Times that a broadcast of this node's own had to wait for a peer. */
    BROADCASTS_DELAYED("engine.broadcasts.delayed"),
    /** Broadcasts taken but not pushed because the handler failed to take note of them. */
    BROADCASTS_FAILED("engine.broadcasts.failed"),
    /** Bytes of the command rings that were not pushed when the node closed. */
    BYTES_LEFT_AT_CLOSE("engine.broadcasts.bytes.left.at.close"),
    /** Claims given up because the thread that had them open is gone. */
    CLAIMS_ABANDONED("engine.claims.abandoned"),
    /** Claims found open for longer than they should be. */
    CLAIMS_OVERDUE("engine.claims.overdue"),
    /** Queries refused because too many waited. */
    QUERIES_REJECTED("engine.queries.rejected"),
    /** Frames that were handed over by the transport and consumed. */
    FRAMES("engine.frames"),
    /** Times that a frame was left for later, so that its sender slows down. */
    FRAMES_ABORTED("engine.frames.aborted"),
    /** Frames dropped: from another cluster. */
    FRAMES_FOREIGN("engine.frames.dropped.foreign"),
    /** Frames dropped: from a node that is no member. */
    FRAMES_STRANGERS("engine.frames.dropped.strangers"),
    /** Frames dropped: the sender goes by this node's own name. */
    FRAMES_IMPOSTORS("engine.frames.dropped.impostors"),
    /** Frames dropped: the sender has not introduced itself, or has said goodbye. */
    FRAMES_UNGREETED("engine.frames.dropped.ungreeted"),
    /** Frames dropped: they did not come on the stream on which their sender has greeted. */
    FRAMES_OTHER_SESSION("engine.frames.dropped.session"),
    /** Frames dropped: too short. */
    FRAMES_TOO_SHORT("engine.frames.dropped.short"),
    /** Frames dropped: of another schema. */
    FRAMES_OTHER_SCHEMA("engine.frames.dropped.schema"),
    /** Frames dropped: of an unknown kind. */
    FRAMES_UNKNOWN_TEMPLATE("engine.frames.dropped.template"),
    /** Frames dropped: malformed. */
    FRAMES_MALFORMED("engine.frames.dropped.malformed"),
    /** Messages or entries dropped: no such handler here. */
    FRAMES_UNKNOWN_HANDLER("engine.frames.dropped.handler"),
    /** Messages or entries dropped: id or message longer than this node allows. */
    FRAMES_TOO_LONG("engine.frames.dropped.long"),
    /** Frames dropped: they led to an exception of the engine itself. */
    FRAMES_FAILED("engine.frames.dropped.failed"),
    /** Frames that a link would not take because it was back-pressured. */
    SENDS_BACK_PRESSURED("engine.sends.back.pressured"),
    /** Frames that a link would not take for another reason. */
    SENDS_FAILED("engine.sends.failed"),
    /** Times that a peer stayed back-pressured beyond its budget, and was served lazily from then on. */
    BUDGETS_SPENT("engine.peers.budgets.spent"),
    /** Links that came up. */
    LINKS_UP("engine.links.up"),
    /** Links that went down, for whatever reason. */
    LINKS_DOWN("engine.links.down"),
    /** Links that went down because the peer said goodbye. */
    LINKS_GOODBYES("engine.links.down.goodbye"),
    /** Links that went down because the peer was silent. */
    LINKS_SILENT("engine.links.down.silent"),
    /** Links that went down because the transport lost the connection. */
    LINKS_DISCONNECTED("engine.links.down.disconnected"),
    /** Links that went down because the peer had restarted. */
    LINKS_RESTARTED("engine.links.down.restarted"),
    /** Links that went down because the peer had lost sight of this node in between. */
    LINKS_RESET("engine.links.down.reset"),
    /** Links that went down because the peer is no member any more. */
    LINKS_REMOVED("engine.links.down.removed"),
    /** Links that went down because the peer listens elsewhere. */
    LINKS_MOVED("engine.links.down.moved"),
    /** Times that a channel to a peer, whose link was up, lost its connection. */
    CHANNELS_LOST("engine.channels.lost"),
    /** Times that a peer was up, but not on a channel of a handler's, for longer than it may be silent. */
    CHANNELS_MISSING("engine.channels.missing"),
    /** Updates of the members that changed something. */
    MEMBERSHIP_CHANGES("engine.membership.changes"),
    /** Updates of the members that were refused, those with too many members included. */
    MEMBERSHIP_REFUSED("engine.membership.refused"),
    /** Frames of membership that found no way to their receiver in time, or no room to wait for one. */
    OVERLAY_DROPPED("engine.overlay.dropped"),
    /** Neighbours that no link could be made to. */
    OVERLAY_LINKS_FAILED("engine.overlay.links.failed"),
    /** Greetings, joins, heartbeats and goodbyes ignored because they are of an earlier run of the node. */
    STALE_INCARNATIONS("engine.links.stale.incarnations"),
    /** Greetings that did not show that they are the peer's: it was asked, where it listens. */
    GREETINGS_UNPROVEN("engine.links.greetings.unproven"),
    /** Nodes told that a later incarnation of them is known here. */
    INCARNATIONS_TOLD("engine.incarnation.told"),
    /** Times that this node went above an incarnation of its name that others knew. */
    INCARNATIONS_RAISED("engine.incarnation.raised"),
    /** Times that it did not: another node has its name, it was more than can be believed, or a stranger said so. */
    INCARNATIONS_NOT_RAISED("engine.incarnation.not.raised"),
    /** Greetings turned away: the peer of that name is up, at another endpoint. */
    NAMESAKES_REFUSED("engine.namesakes.refused"),
    /** Other nodes found that have this node's name. */
    NAMESAKES("engine.namesakes"),
    /** Peers with another handler under a name's hash. */
    HANDLER_MISMATCHES("engine.links.handler.mismatches"),
    /** Settings in which a peer does not go with this node, counted once for each run of a peer. */
    SETTINGS_MISMATCHES("engine.links.settings.mismatches"),
    /** Exceptions of the peer listener. */
    LISTENER_FAILURES("engine.listener.failures"),
    /** Times that the engine did not run for so long that it could not tell who was silent. */
    STALLS("engine.stalls"),
    /** Times that no file could be made for the counters, which are in memory alone then. */
    COUNTERS_FILE_FAILURES("engine.counters.file.failures"),
    /** Counters of the transport that found no room. */
    COUNTERS_REFUSED("engine.counters.refused"),
    /** Longest time between two duty cycles that was not slept, in nanoseconds. */
    MAX_CYCLE_NS("engine.cycle.max.ns");

    private final String label;

    EngineCounter(final String label) {
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
