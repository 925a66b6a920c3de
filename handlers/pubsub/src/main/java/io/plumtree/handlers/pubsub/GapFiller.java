package io.plumtree.handlers.pubsub;

/** Knows whether it is worth waiting for messages that are missing. */
@FunctionalInterface
interface GapFiller {
    /**
     * Whether one of these may come yet, other than by broadcast.
     *
     * @param bornNs  when the message behind them was published, as far as that is known: they are no younger.
     * @param sinceNs since when the trees have had their time.
     */
    boolean mayFill(
        long origin, long incarnation, long fromSequence, long toSequence, long bornNs, long sinceNs);
}
