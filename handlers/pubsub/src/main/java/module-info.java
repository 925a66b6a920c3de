/**
 * Topics over broadcast trees: applications publish bytes to named topics, and whoever subscribed to a topic, on
 * whichever node of the cluster, gets them. Start at {@link io.plumtree.handlers.pubsub.PubSub}.
 *
 * @provides io.plumtree.handlers.spi.BroadcastHandlerProvider the handler {@code pubsub}.
 */
module io.plumtree.handlers.pubsub {
    requires transitive io.plumtree.handlers.spi;

    exports io.plumtree.handlers.pubsub;

    provides io.plumtree.handlers.spi.BroadcastHandlerProvider with io.plumtree.handlers.pubsub.PubSubProvider;
}
