package io.plumtree.engine.codec;

/** Why one side of an exchange says that it has ended; the numbers on the wire are the schema's. */
public enum ExchangeCloseCode {
    /** The sender has all it wants, and has sent all it has. */
    COMPLETED,
    /** The sender's handler failed. */
    FAILED,
    /** The sender's handler wants no exchange, or there is no such handler. */
    REFUSED,
    /** The sender takes on no more exchanges now. */
    BUSY,
    /** It took longer than the sender allows. */
    TIMED_OUT,
    /** It was cancelled at the sender. */
    CANCELLED,
    /** The sender closes. */
    CLOSED,
    /** The sender knows of no such exchange. */
    UNKNOWN;

    private static final ExchangeCloseCode[] ALL = values();

    /** The code with this number; null if there is none. */
    static ExchangeCloseCode of(final int number) {
        return number < ALL.length ? ALL[number] : null;
    }
}
