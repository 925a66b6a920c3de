package io.plumtree.handlers.pubsub;

/** Knows whether it is worth waiting for messages that are missing. */
@FunctionalInterface
interface GapFiller {
    /** Whether one of these may come yet, other than by broadcast. */
    boolean mayFill(long origin, long incarnation, long fromSequence, long toSequence);
}
