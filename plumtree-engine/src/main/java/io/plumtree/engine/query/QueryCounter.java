package io.plumtree.engine.query;

/** What queries count. */
public enum QueryCounter {
    /** Queries sent. */
    ASKED("engine.queries.asked"),
    /** Queries not taken because too many waited for answers. */
    NOT_ASKED("engine.queries.asked.rejected"),
    /** Queries whose answer did not come in time. */
    TIMED_OUT("engine.queries.timed.out"),
    /** Answers dropped: nothing of the kind was asked, or of another node, or a part of it is missing. */
    UNKNOWN_ANSWERS("engine.queries.answers.unknown"),
    /** Queries of others that were answered. */
    ANSWERED("engine.queries.answered"),
    /** Queries of others that were refused. */
    REFUSED("engine.queries.refused"),
    /** Answers, and refusals, that could not be sent in time or found no room to wait. */
    DROPPED_ANSWERS("engine.queries.answers.dropped"),
    /** Links made for queries or answers alone. */
    LINKS("engine.queries.links"),
    /** Links for queries or answers that the transport would not make. */
    LINKS_FAILED("engine.queries.links.failed");

    private final String label;

    QueryCounter(final String label) {
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
