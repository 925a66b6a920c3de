/**
 * What the author of a broadcast handler implements: a {@link io.plumtree.handlers.spi.BroadcastHandler} and a
 * {@link io.plumtree.handlers.spi.BroadcastHandlerProvider} that makes it.
 */
module io.plumtree.handlers.spi {
    requires transitive io.plumtree.api;

    exports io.plumtree.handlers.spi;
}
