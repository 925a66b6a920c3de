package io.plumtree.handlers.spi;

/** A handler was given bytes that are not a message, or not an id, of its own. */
public class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception without a stack trace: it can be caused from the network, and must be cheap.
     *
     * @param message names the thing and the value.
     */
    public MalformedMessageException(final String message) {
        super(message, null, false, false);
    }
}
