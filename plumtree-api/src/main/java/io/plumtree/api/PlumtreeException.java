package io.plumtree.api;

/** Something that stops a node from starting, or that a background task reports; says what kind of thing it is. */
public class PlumtreeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Category category;

    /** What kind of thing went wrong. */
    public enum Category {
        /** An option, or a relation between options, is not allowed. */
        CONFIGURATION,
        /** The JVM, the machine or a port is not as it must be. */
        ENVIRONMENT,
        /** The transport failed. */
        TRANSPORT,
        /** A handler or plug-in failed. */
        HANDLER
    }

    /**
     * An exception with a message.
     *
     * @param category what kind of thing went wrong.
     * @param message  names the thing and the value.
     */
    public PlumtreeException(final Category category, final String message) {
        this(category, message, null);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param category what kind of thing went wrong.
     * @param message  names the thing and the value.
     * @param cause    what led to it, or null.
     */
    public PlumtreeException(final Category category, final String message, final Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    /**
     * What kind of thing went wrong.
     *
     * @return the category.
     */
    public Category category() {
        return category;
    }
}
