/**
 * The engine: launch a node, give it members and handlers, broadcast.
 *
 * <p>Start at {@link io.plumtree.engine.PlumtreeNode}. Transports and handlers are found through
 * {@link java.util.ServiceLoader} or set in code; the engine depends on none of them.
 */
module io.plumtree.engine {
    requires transitive io.plumtree.api;
    requires transitive io.plumtree.handlers.spi;
    requires transitive io.plumtree.protocol;
    requires jdk.jfr;

    exports io.plumtree.engine;
    exports io.plumtree.engine.counters;
    exports io.plumtree.engine.options;

    uses io.plumtree.api.transport.TransportProvider;
    uses io.plumtree.handlers.spi.BroadcastHandlerProvider;
}
