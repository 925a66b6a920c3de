package io.plumtree.node.demo;

import io.plumtree.protocol.options.HyParViewOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a demonstration does.
 *
 * @param nodes       how many nodes there are.
 * @param seconds     how long messages are published.
 * @param kill        how many nodes are killed at once: after a third of the time, and others after two thirds of it
 *                    with {@code contactOnly}.
 * @param rate        messages a second, of all roots together.
 * @param roots       how many nodes publish.
 * @param payload     bytes a message.
 * @param options     further options of the nodes.
 * @param flood       whether they publish as fast as their nodes take it, whatever the rate.
 * @param stop        how many nodes are stopped (SIGSTOP), after a third of the time.
 * @param stopSeconds for how long they are.
 * @param contactOnly whether a node is told of one other alone, instead of all.
 * @param rolling     whether all nodes are restarted gracefully, one after the other, instead of some killed.
 */
record DemoOptions(
    int nodes,
    int seconds,
    int kill,
    int rate,
    int roots,
    int payload,
    Map<String, String> options,
    boolean flood,
    int stop,
    int stopSeconds,
    boolean contactOnly,
    boolean rolling) {
    /** Whether the run is one under load: its report is an {@link OverloadReport}. */
    boolean isOverload() {
        return flood || stop > 0;
    }

    /** How often nodes are killed. */
    int rounds() {
        return kill == 0 ? 0 : contactOnly ? 2 : 1;
    }

    /** How many links a node may have. */
    int maxView() {
        return contactOnly
            ? Integer.parseInt(options.getOrDefault(HyParViewOptions.ACTIVE_VIEW_SIZE_PROPERTY,
                Integer.toString(HyParViewOptions.ACTIVE_VIEW_SIZE_DEFAULT)))
            : nodes - 1;
    }

    /** Who publishes: the first nodes; but the contact, if there is one, is left free to be killed. */
    List<String> rootNames() {
        final int first = contactOnly ? 1 : 0;
        return IntStream.range(first, first + roots).mapToObj(DemoOptions::name).toList();
    }

    /** The names of all nodes. */
    List<String> names() {
        return IntStream.range(0, nodes).mapToObj(DemoOptions::name).toList();
    }

    /** Whether all nodes that are to be there, but for those that are missing, have found each other. */
    boolean isLinked(final Map<String, WorkerStatus> statuses, final Set<String> missing) {
        final Set<String> expected = new HashSet<>(names());
        expected.removeAll(missing);
        if (!statuses.keySet().equals(expected)) {
            return false;
        }
        final ConnectedNodes overlay = new ConnectedNodes(statuses);
        return contactOnly
            ? overlay.isConnected() && (!missing.isEmpty() || overlay.isSymmetric(maxView()))
            : statuses.entrySet().stream().allMatch(entry -> expected.stream()
                .allMatch(name -> name.equals(entry.getKey()) || entry.getValue().connected().contains(name)));
    }

    /** Name of a node, the first being 0. */
    static String name(final int index) {
        return "n" + (index + 1);
    }
}
