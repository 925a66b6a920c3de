package io.plumtree.transport.aeron;

/** Makes one {@link AeronHost} after the other. */
interface HostSupplier extends AutoCloseable {
    /** A new host; the one before it must be closed. Throws if there can't be one now. */
    AeronHost next();

    /** Asks for the next host to live on another file system; false if there is none. */
    boolean moveElsewhere();

    /** Where hosts live, for messages. */
    String place();

    @Override
    void close();
}
