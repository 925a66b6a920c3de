/**
 * The command line: runs a node that pipes lines in and out of the cluster, asks a running cluster about itself, runs a
 * demonstration cluster, and simulates large ones.
 *
 * <p>Exports nothing; started by the launcher {@code ./plumtree}. The transport is found at run time.
 */
module io.plumtree.node {
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires io.plumtree.engine;
    requires io.plumtree.handlers.pubsub;
    requires io.plumtree.harness;
    requires io.plumtree.simulator;
    requires java.logging;
    requires jdk.unsupported;

    opens io.plumtree.node to info.picocli;
    opens io.plumtree.node.demo to com.fasterxml.jackson.databind, info.picocli;
    opens io.plumtree.node.inspect to info.picocli;
    opens io.plumtree.node.options to info.picocli;
    opens io.plumtree.node.simulate to info.picocli;
    opens io.plumtree.node.stat to info.picocli;
}
