package io.plumtree.node.demo;

import io.plumtree.engine.options.LinkOptions;
import io.plumtree.protocol.options.GraftOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.List;
import java.util.Map;

/**
 * What nodes are given where there are many, so that they do on one machine. None is taken for gone since it was not
 * given a core for a second, and what is late for the same reason is not asked for soon, nor taken for a reason to
 * change the tree.
 */
final class ManyNodes {
    private static final Map<String, String> OPTIONS = Map.of(
        LinkOptions.LIVENESS_TIMEOUT_PROPERTY, "3s",
        LinkOptions.HEARTBEAT_PERIOD_PROPERTY, "300ms",
        GraftOptions.MIN_GRAFT_TIMEOUT_PROPERTY, "200ms",
        GraftOptions.GRAFT_TIMEOUT_PROPERTY, "800ms",
        PlumtreeOptions.OPTIMISATION_THRESHOLD_PROPERTY, "200ms",
        "aeron.termLength", "262144");

    private static final int MANY = 9;
    private static final int VERY_MANY = 17;
    private static final int RATE = 100;
    private static final int RATE_OF_VERY_MANY = 50;
    private static final List<String> JVM = List.of("-Xmx96m", "-XX:ReservedCodeCacheSize=32m");

    private ManyNodes() {
    }

    /** Whether so many nodes are many. */
    static boolean isMany(final int nodes) {
        return nodes >= MANY;
    }

    /** Options of the nodes; what the user gives comes first. */
    static Map<String, String> options(final int nodes) {
        return isMany(nodes) ? OPTIONS : Map.of();
    }

    /** Messages a second: each is as much work as there are nodes. */
    static int rate(final int nodes) {
        return nodes >= VERY_MANY ? RATE_OF_VERY_MANY : RATE;
    }

    /** Options of the nodes' JVMs. */
    static List<String> jvmOptions(final DemoOptions options) {
        return isMany(options.topology().nodes()) && !options.isOverload() ? JVM : List.of();
    }
}
