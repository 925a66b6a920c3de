package io.plumtree.handlers.spi;

/** How an exchange ended. */
public enum ExchangeEnd {
    /** One of both sides has completed it, and all that it had sent before has arrived. */
    COMPLETED,
    /** A handler failed, or threw, on one of both sides. */
    FAILED,
    /** The peer had nothing to say, has no such handler, or takes on no more exchanges now. */
    REFUSED,
    /** It took longer than the node allows. */
    TIMED_OUT,
    /** The link to the peer was lost, or the peer is no member any more. */
    LINK_LOST,
    /** It was cancelled, on one of both sides. */
    CANCELLED,
    /** A node closed. */
    CLOSED
}
