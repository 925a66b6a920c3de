/**
 * Periodic broadcasts that keep trees warm, and tell when each node was last heard of; off unless an option says
 * otherwise. Start at {@link io.plumtree.handlers.heartbeat.Heartbeats}.
 *
 * @provides io.plumtree.handlers.spi.BroadcastHandlerProvider the handler {@code heartbeat}.
 */
module io.plumtree.handlers.heartbeat {
    requires transitive io.plumtree.handlers.spi;

    exports io.plumtree.handlers.heartbeat;

    provides io.plumtree.handlers.spi.BroadcastHandlerProvider with io.plumtree.handlers.heartbeat.HeartbeatProvider;
}
