package io.plumtree.engine.exchange;

/** What exchanges count. */
public enum ExchangeCounter {
    /** Exchanges that this node has initiated. */
    STARTED("engine.exchanges.started"),
    /** Exchanges of peers that a handler here takes part in. */
    ACCEPTED("engine.exchanges.accepted"),
    /** Exchanges that were completed, by one side or the other. */
    COMPLETED("engine.exchanges.completed"),
    /** Exchanges that failed, at one side or the other. */
    FAILED("engine.exchanges.failed"),
    /** Exchanges that were refused, by one side or the other, those for too many included. */
    REFUSED("engine.exchanges.refused"),
    /** Exchanges refused here because too many of peers were running. */
    BUSY_SENT("engine.exchanges.busy.sent"),
    /** Exchanges refused by peers because too many were running there. */
    BUSY_RECEIVED("engine.exchanges.busy.received"),
    /** Times that exchanges had to wait because this node ran as many of its own as it may. */
    LIMITED("engine.exchanges.limited"),
    /** Exchanges that took too long. */
    TIMED_OUT("engine.exchanges.timed.out"),
    /** Exchanges that ended with the link, or because the peer did not know of them any more. */
    LINK_LOST("engine.exchanges.link.lost"),
    /** Exchanges that were cancelled, at one side or the other. */
    CANCELLED("engine.exchanges.cancelled"),
    /** Exchanges that ended because a node closed. */
    CLOSED("engine.exchanges.closed"),
    /** Exchanges that failed because a message was missing, too long, or beyond what was allowed. */
    VIOLATIONS("engine.exchanges.violations"),
    /** Messages received. */
    MESSAGES_IN("engine.exchanges.messages.in"),
    /** Messages sent. */
    MESSAGES_OUT("engine.exchanges.messages.out"),
    /** Bytes of messages received. */
    BYTES_IN("engine.exchanges.bytes.in"),
    /** Bytes of messages sent. */
    BYTES_OUT("engine.exchanges.bytes.out"),
    /** Frames of exchanges that are not known here; a few are normal where one has just ended. */
    UNKNOWN("engine.exchanges.unknown"),
    /** Ends that could not be told to the peer. */
    CLOSES_LOST("engine.exchanges.closes.lost"),
    /** Times that a peer was marked because it lacks what only an exchange will bring. */
    MARKED("engine.exchanges.marked"),
    /** Exchanges started because a handler that lacks something has asked for them. */
    REQUESTED("engine.exchanges.requested"),
    /** Tasks of exchanges still running when the node closed. */
    TASKS_LEFT("engine.exchanges.tasks.left");

    private final String label;

    ExchangeCounter(final String label) {
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
