package io.plumtree.handlers.pubsub;

/**
 * Told when an ordered subscription goes on without some messages. They may have had any topic, since sequences run
 * over all topics of an origin. Those that come later, by exchange for example, are not delivered to ordered
 * subscriptions, and not told of again. Runs on the engine's thread, before the message that follows the gap.
 */
@FunctionalInterface
public interface GapListener {
    /**
     * Messages were given up.
     *
     * @param origin       {@link io.plumtree.api.NodeId#value()} of the node that published them.
     * @param incarnation  which run of that node.
     * @param fromSequence the first that is missing.
     * @param toSequence   the last that is missing.
     */
    void onGap(long origin, long incarnation, long fromSequence, long toSequence);
}
