/**
 * Moves opaque frames between nodes over Aeron UDP.
 *
 * <p>A node finds it by {@link java.util.ServiceLoader}; who wants to set its options in code exports them with
 * {@link io.plumtree.transport.aeron.AeronTransportOptions#toMap()}.
 */
module io.plumtree.transport.aeron {
    requires transitive io.plumtree.api;
    requires io.aeron.client;
    requires io.aeron.driver;

    exports io.plumtree.transport.aeron;

    provides io.plumtree.api.transport.TransportProvider with io.plumtree.transport.aeron.AeronTransportProvider;
}
