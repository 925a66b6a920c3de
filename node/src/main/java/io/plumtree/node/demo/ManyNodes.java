package io.plumtree.node.demo;

import io.plumtree.engine.NodeContext;
import java.util.List;
import java.util.Map;

/**
 * What nodes are given where there are many, so that they do on one machine. Idle nodes park for longer, since waking
 * often is most of what they cost; and none is taken for gone since it was not given a core for a second.
 */
final class ManyNodes {
    /** Options of the nodes; what the user gives comes first. */
    static final Map<String, String> OPTIONS = Map.of(
        NodeContext.IDLE_STRATEGY_PROPERTY, "1ms",
        NodeContext.LIVENESS_TIMEOUT_PROPERTY, "3s",
        NodeContext.HEARTBEAT_PERIOD_PROPERTY, "300ms",
        "aeron.termLength", "262144");

    private static final int MANY = 9;
    private static final List<String> JVM = List.of("-Xms24m", "-Xmx96m", "-XX:ReservedCodeCacheSize=32m");

    private ManyNodes() {
    }

    /** Whether so many nodes are many. */
    static boolean isMany(final int nodes) {
        return nodes >= MANY;
    }

    /** Options of the nodes' JVMs. */
    static List<String> jvmOptions(final DemoOptions options) {
        return isMany(options.nodes()) && !options.isOverload() ? JVM : List.of();
    }
}
