package io.plumtree.protocol.membership;

/** What the membership protocol counts; the values are kept by {@link HyParView#get}. */
public enum HyParViewCounter {
    /** Joins sent to contacts. */
    JOINS("hyparview.joins"),
    /** Joins received. */
    JOINS_RECEIVED("hyparview.joins.received"),
    /** Requests sent to become neighbours. */
    REQUESTS("hyparview.requests"),
    /** Requests refused here, as the active view is full. */
    REFUSALS("hyparview.refusals"),
    /** Requests and joins that were not answered in time. */
    TIMEOUTS("hyparview.timeouts"),
    /** Neighbours gained. */
    NEIGHBORS_UP("hyparview.neighbors.up"),
    /** Neighbours lost because their links failed or never came up. */
    NEIGHBORS_FAILED("hyparview.neighbors.failed"),
    /** Joins, and urgent requests, dropped as there were too many in a second. */
    JOINS_LIMITED("hyparview.joins.limited"),
    /** Newcomers given up before their links were up, to make room for others. */
    NEWCOMERS_DROPPED("hyparview.newcomers.dropped"),
    /** Neighbours given up for another whose link came up, as the active view was full. */
    NEIGHBORS_EVICTED("hyparview.neighbors.evicted"),
    /** Neighbours given up because they took things in too slowly. */
    NEIGHBORS_SLOW("hyparview.neighbors.slow"),
    /** Neighbours that gave this node up, or left the cluster. */
    NEIGHBORS_PARTED("hyparview.neighbors.parted"),
    /** Disconnects dropped of neighbours whose links are not up, as there were too many in a second. */
    DISCONNECTS_LIMITED("hyparview.disconnects.limited"),
    /** Messages dropped that claim to be of a later run of a neighbour whose link is up; it is asked. */
    CLAIMS("hyparview.claims"),
    /** Of these, questions that the neighbour has answered as the run that was known, or not at all. */
    CLAIMS_REFUTED("hyparview.claims.refuted"),
    /** Nodes dropped from the passive view, as it was full. */
    PASSIVE_EVICTED("hyparview.passive.evicted"),
    /** Lost nodes dropped, as there were too many. */
    LOST_EVICTED("hyparview.lost.evicted"),
    /** Ends of random walks at which nothing was asked, as too many requests were pending. */
    WALKS_DROPPED("hyparview.walks.dropped"),
    /** Walks of joins and shuffles dropped, as they came from others than neighbours. */
    WALKS_OF_STRANGERS("hyparview.walks.strangers"),
    /** Lost nodes found again by asking them. */
    REUNIONS("hyparview.reunions"),
    /** Samples of a shuffle that were cut, as they were too long. */
    SAMPLES_CUT("hyparview.samples.cut"),
    /** Times that this node found itself without neighbours. */
    ISOLATIONS("hyparview.isolations"),
    /** Neighbours exchanged for nodes far away, in a node's first shuffles. */
    MIXES("hyparview.mixes"),
    /** Shuffles started. */
    SHUFFLES("hyparview.shuffles"),
    /** Messages dropped as late, unasked for or of a run that is over. */
    STALE("hyparview.stale");

    private final String label;

    HyParViewCounter(final String label) {
        this.label = label;
    }

    /**
     * The counter's name.
     *
     * @return the name.
     */
    public String label() {
        return label;
    }
}
