/** A Plumtree handler that keeps the last value of each key on every node. */
module com.example.lastvalue {
    requires io.plumtree.handlers.spi;

    exports com.example.lastvalue;

    provides io.plumtree.handlers.spi.BroadcastHandlerProvider with com.example.lastvalue.LastValueProvider;
}
