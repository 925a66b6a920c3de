package io.plumtree.node.demo;

import java.util.Map;

/**
 * What a demonstration does.
 *
 * @param nodes       how many nodes there are.
 * @param seconds     how long messages are published.
 * @param kill        how many nodes are killed, after a third of the time.
 * @param rate        messages a second, of all roots together.
 * @param roots       how many nodes publish.
 * @param payload     bytes a message.
 * @param options     further options of the nodes.
 * @param flood       whether they publish as fast as their nodes take it, whatever the rate.
 * @param stop        how many nodes are stopped (SIGSTOP), after a third of the time.
 * @param stopSeconds for how long they are.
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
    int stopSeconds) {
    /** Whether the run is one under load: its report is an {@link OverloadReport}. */
    boolean isOverload() {
        return flood || stop > 0;
    }

    /** Name of a node, the first being 0. */
    static String name(final int index) {
        return "n" + (index + 1);
    }
}
