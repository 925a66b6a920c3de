package io.plumtree.node.demo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a demonstration does.
 *
 * @param topology how many nodes there are, and whom each is told of.
 * @param seconds  how long messages are published.
 * @param load     what is published.
 * @param faults   what happens to nodes meanwhile.
 * @param options  further options of the nodes.
 */
record DemoOptions(
    @JsonUnwrapped Topology topology,
    int seconds,
    @JsonUnwrapped Load load,
    @JsonUnwrapped Faults faults,
    Map<String, String> options) {
    /**
     * How many nodes there are, and whom each is told of.
     *
     * @param nodes       how many.
     * @param contactOnly whether a node is told of one other alone, instead of all.
     */
    record Topology(int nodes, boolean contactOnly) {
    }

    /**
     * What is published.
     *
     * @param roots   how many nodes publish.
     * @param rate    messages a second, of all roots together.
     * @param payload bytes a message.
     * @param flood   whether they publish as fast as their nodes take it, whatever the rate.
     */
    record Load(int roots, int rate, int payload, boolean flood) {
    }

    /**
     * What happens to nodes while others publish.
     *
     * @param kill        how many are killed at once: after a third of the time, and others after two thirds of it with
     *                    {@code contactOnly}.
     * @param stop        how many are stopped (SIGSTOP), after a third of the time.
     * @param stopSeconds for how long they are.
     * @param rolling     whether all nodes are restarted gracefully, one after the other, instead of some killed.
     */
    record Faults(int kill, int stop, int stopSeconds, boolean rolling) {
        /** Nothing happens. */
        static final Faults NONE = new Faults(0, 0, 0, false);

        /** Some are killed. */
        static Faults kill(final int count) {
            return new Faults(count, 0, 0, false);
        }
    }

    /** Whether the run is one under load: its report is an {@link OverloadReport}. */
    boolean isOverload() {
        return load.flood() || faults.stop() > 0;
    }

    /** How often nodes are killed. */
    int rounds() {
        return faults.kill() == 0 ? 0 : topology.contactOnly() ? 2 : 1;
    }

    /** How many links a node may have. */
    int maxView() {
        return topology.contactOnly()
            ? Integer.parseInt(options.getOrDefault(HyParViewOptions.ACTIVE_VIEW_SIZE_PROPERTY,
                Integer.toString(HyParViewOptions.ACTIVE_VIEW_SIZE_DEFAULT)))
            : topology.nodes() - 1;
    }

    /** Who publishes: the first nodes; but the contact, if there is one, is left free to be killed. */
    List<String> rootNames() {
        final int first = topology.contactOnly() ? 1 : 0;
        return IntStream.range(first, first + load.roots()).mapToObj(DemoOptions::name).toList();
    }

    /** The names of all nodes. */
    List<String> names() {
        return IntStream.range(0, topology.nodes()).mapToObj(DemoOptions::name).toList();
    }

    /** Whether all nodes that are to be there, but for those that are missing, have found each other. */
    boolean isLinked(final Map<String, WorkerStatus> statuses, final Set<String> missing) {
        final Set<String> expected = new HashSet<>(names());
        expected.removeAll(missing);
        if (!statuses.keySet().equals(expected)) {
            return false;
        }
        final ConnectedNodes overlay = new ConnectedNodes(statuses);
        return topology.contactOnly()
            ? overlay.isConnected() && (!missing.isEmpty() || overlay.isSymmetric(maxView()))
            : statuses.entrySet().stream().allMatch(entry -> expected.stream()
                .allMatch(name -> name.equals(entry.getKey()) || entry.getValue().connected().contains(name)));
    }

    /** Name of a node, the first being 0. */
    static String name(final int index) {
        return "n" + (index + 1);
    }
}
