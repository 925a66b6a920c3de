package io.plumtree.handlers.spi;

/** What a handler found when it was asked for a message. */
public enum GraftResult {
    /** The payload is here. */
    PAYLOAD,
    /** A newer message subsumes it; whoever asks need not have it. */
    STALE,
    /** It is not here (never was, or is kept no longer). */
    UNKNOWN
}
