/**
 * The engine: launch a node, give it members and handlers, broadcast.
 *
 * <p>Start at {@link io.plumtree.engine.PlumtreeNode}. Transports and handlers are found through
 * {@link java.util.ServiceLoader} or set in code; the engine depends on none of them.
 */
@SuppressWarnings("module")
module io.plumtree.engine {
    requires transitive io.plumtree.api;
    requires transitive io.plumtree.handlers.spi;
    requires jdk.jfr;

    exports io.plumtree.engine;
    exports io.plumtree.engine.counters;
    exports io.plumtree.engine.options;
    // It is built after this module, so the compiler does not find it.
    exports io.plumtree.engine.membership to io.plumtree.simulator;
    exports io.plumtree.engine.protocol to io.plumtree.simulator;

    uses io.plumtree.api.transport.TransportProvider;
    uses io.plumtree.handlers.spi.BroadcastHandlerProvider;
}
