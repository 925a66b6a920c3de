package io.plumtree.handlers.pubsub;

/** In which order a subscriber gets the messages of one origin. Between origins there is none. */
public enum DeliveryOrder {
    /** As they arrive. */
    NONE,
    /**
     * As their origin published them. A message that is ahead is held back until those before it are here, or until
     * they are given up: see {@link GapListener}.
     */
    ORIGIN
}
