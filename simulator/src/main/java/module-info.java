/**
 * A cluster on virtual time: the protocol cores of many nodes, one thread, one seed, and every fault of a network.
 *
 * <p>Start at {@link io.plumtree.simulator.Scenario} for figures.
 */
module io.plumtree.simulator {
    requires transitive io.plumtree.protocol;

    exports io.plumtree.simulator;
    exports io.plumtree.simulator.chaos;
}
