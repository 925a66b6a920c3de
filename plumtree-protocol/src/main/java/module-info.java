/**
 * Plumtree and HyParView as state machines without I/O, for anyone to embed: events and the time go in, effects come
 * out.
 *
 * <p>Start at {@link io.plumtree.protocol.Plumtree}. The engine runs these classes in a node, the simulator runs them
 * on virtual time. May change until 1.0.
 */
module io.plumtree.protocol {
    requires transitive io.plumtree.api;

    exports io.plumtree.protocol;
    exports io.plumtree.protocol.membership;
    exports io.plumtree.protocol.options;
}
