package io.plumtree.node.inspect;

/** The node whose answer was asked for gave none; the message names it. */
final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswerException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
