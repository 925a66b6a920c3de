package io.plumtree.handlers.spi;

/** A handler's answer to {@link BroadcastHandler#exchange} and {@link BroadcastHandler#acceptExchange}. */
public enum ExchangeResult {
    /** There is nothing to do with this peer, or this handler has no exchanges (the reference's {@code ignore}). */
    IGNORED,
    /** All is done already (the reference's {@code ok}). */
    DONE,
    /** It can't be done now (the reference's {@code {error, Reason}}); the handler has reported why. */
    FAILED,
    /**
     * Not now, since other exchanges run. Where it is due with just this peer, it is tried again soon; a peer that asks
     * is told to come again.
     */
    BUSY,
    /** It goes on with what was given to {@link ExchangeSession#start} (the reference's {@code {ok, pid()}}). */
    RUNNING
}
