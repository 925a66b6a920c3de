package io.plumtree.node.demo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a run came to; its components, and those of their groups, are the fields of the JSON file.
 *
 * @param passed       whether no survivor missed anything and every node that was killed is back.
 * @param messages     how many messages there were.
 * @param redundancies how much was sent in vain.
 * @param losses       which nodes were away, and what came of it.
 * @param shape        what links and trees the nodes made.
 * @param latencyMs    time from the intended sending to the delivery at survivors, and at nodes that were restarted
 *                     before that, by percentile.
 * @param nodes        each node.
 * @param notes        problems, and what was asked of what.
 */
record DemoReport(
    boolean passed,
    @JsonUnwrapped Messages messages,
    @JsonUnwrapped Redundancies redundancies,
    @JsonUnwrapped Losses losses,
    @JsonUnwrapped Shape shape,
    Map<String, Double> latencyMs,
    List<NodeReport> nodes,
    @JsonUnwrapped ReportNotes notes) {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    /**
     * How many messages there were.
     *
     * @param published         messages published.
     * @param delivered         messages delivered, summed over the nodes, first lives of killed ones included.
     * @param missedOnSurvivors messages that a node did not receive which was not killed; if it was restarted, of those
     *                          published before its end, and once it had found its peers again.
     * @param duplicates        payloads that reached a node which had them already.
     */
    record Messages(long published, long delivered, long missedOnSurvivors, long duplicates) {
    }

    /**
     * How much was sent in vain.
     *
     * @param redundancy           {@code duplicates} a delivery (RMR) over the whole run.
     * @param redundancySettled    the same over the two quiet times together.
     * @param redundancyBeforeKill the same over the quiet time before the kill; null if there was no kill.
     * @param redundancyAtEnd      the same over the quiet time at the end.
     */
    record Redundancies(
        double redundancy,
        double redundancySettled,
        Double redundancyBeforeKill,
        double redundancyAtEnd) {
    }

    /**
     * Which nodes were away, and what came of it.
     *
     * @param longestGapMs          the longest time that a survivor went without a message of some root, from the kill
     *                              on; a restart of that root is part of it.
     * @param restartedNodeRejoined whether every node that was killed or restarted received all that was published once
     *                              it had found its peers again, and is pushed payloads of every root; null if none
     *                              was.
     * @param killed                the nodes that were killed.
     * @param restarted             the nodes that were ended gracefully and started again, in this order.
     */
    record Losses(double longestGapMs, Boolean restartedNodeRejoined, List<String> killed, List<String> restarted) {
    }

    /**
     * What links and trees the nodes made.
     *
     * @param secondsToConnected from the start of the last process until all nodes had found each other.
     * @param viewsSymmetric     whether at the end every node was linked with those alone that were linked with it, and
     *                           with no more than it may be.
     * @param treesSpanning      whether at the end the tree of every root reached every node.
     */
    record Shape(double secondsToConnected, boolean viewsSymmetric, boolean treesSpanning) {
    }

    /**
     * Works a report out.
     *
     * @param run      what was seen.
     * @param versions of what ran.
     * @return the report.
     */
    static DemoReport of(final DemoRecording run, final Map<String, String> versions) {
        final List<NodeReport> nodes = run.last().keySet().stream().map(name -> node(run, name)).toList();
        final long missed = nodes.stream().filter(node -> !node.wasKilled()).mapToLong(NodeReport::missed).sum();
        final List<NodeReport> back = nodes.stream().filter(node -> run.wasDown(node.name())).toList();
        final long duplicates = nodes.stream().mapToLong(NodeReport::duplicates).sum();
        final long deliveries = sum(run.last()) + sum(run.lastBeforeEnd());
        final List<String> problems = problems(run, nodes);
        final boolean isRejoined = back.stream().allMatch(DemoReport::isRejoined)
            && back.size() == run.killed().size() + run.restarted().size();
        final Window before = run.beforeKill();
        return new DemoReport(
            problems.isEmpty(),
            new Messages(
                run.published().values().stream().mapToLong(Long::longValue).sum(),
                received(run.last()) + received(run.lastBeforeEnd()),
                missed,
                duplicates),
            new Redundancies(
                ratio(duplicates, deliveries),
                before == null ? ratio(run.atEnd()) : ratio(
                    before.duplicates() + run.atEnd().duplicates(), before.deliveries() + run.atEnd().deliveries()),
                before == null ? null : ratio(before),
                ratio(run.atEnd())),
            new Losses(
                nodes.stream().filter(node -> !node.wasKilled()).mapToDouble(NodeReport::longestGapMs).max().orElse(0),
                run.killed().isEmpty() && run.restarted().isEmpty() ? null : isRejoined,
                run.killed(),
                run.restarted()),
            new Shape(run.secondsToConnected(), run.viewsSymmetric(), run.treesSpanning()),
            latencies(run),
            nodes,
            new ReportNotes(problems, run.options(), versions));
    }

    private static NodeReport node(final DemoRecording run, final String name) {
        final WorkerStatus status = run.last().get(name);
        final boolean wasKilled = run.killed().contains(name);
        final Map<String, Long> delivered = new LinkedHashMap<>();
        run.published().keySet().stream().filter(root -> !root.equals(name))
            .forEach(root -> delivered.put(root, status.root(root).received()));
        final long missed = run.missedBeforeEnd().getOrDefault(name, 0L) + DemoRun.missed(
            name, status, run.publishedAtRejoin().getOrDefault(name, Map.of()), run.published());
        final WorkerStatus firstLife = run.lastBeforeEnd().get(name);
        return new NodeReport(
            name,
            wasKilled,
            run.published().getOrDefault(name, 0L),
            status.received(),
            missed,
            status.roots().values().stream().mapToLong(RootStatus::repeated).sum(),
            status.duplicates() + (firstLife == null ? 0 : firstLife.duplicates()),
            milliseconds(status.roots().values().stream().mapToLong(RootStatus::longestGapNs).max().orElse(0)),
            delivered,
            run.inTree().getOrDefault(name, Map.of()),
            new TreeMap<>(status.counters()));
    }

    private static boolean isRejoined(final NodeReport node) {
        return node.missed() == 0 && !node.inTreeByRoot().isEmpty() && !node.inTreeByRoot().containsValue(false);
    }

    private static List<String> problems(final DemoRecording run, final List<NodeReport> nodes) {
        final List<String> problems = new ArrayList<>(run.problems());
        for (final NodeReport node : nodes) {
            if (node.missed() > 0) {
                problems.add(node.name() + " missed " + node.missed() + " messages"
                    + (node.wasKilled() ? " published after it was back" : ""));
            }
            if (node.repeated() > 0) {
                problems.add(node.name() + " was given " + node.repeated() + " messages more than once");
            }
            node.inTreeByRoot().forEach((root, isIn) -> {
                if (!isIn) {
                    problems.add(node.name() + " is not back in the tree of " + root);
                }
            });
        }
        Stream.concat(run.killed().stream(), run.restarted().stream()).filter(name -> !run.last().containsKey(name))
            .forEach(name -> problems.add(name + " is not up again"));
        if (!run.viewsSymmetric()) {
            problems.add("not every node is linked with those alone that are linked with it, "
                + run.options().maxView() + " at most");
        }
        if (!run.treesSpanning()) {
            problems.add("not every tree reaches every node");
        }
        return problems;
    }

    private static Map<String, Double> latencies(final DemoRecording run) {
        final SortedMap<Integer, Long> buckets = new TreeMap<>();
        run.last().forEach((name, status) -> {
            // What a node catches up on after its restart is as old as the node's absence was long.
            if (!run.killed().contains(name)) {
                final WorkerStatus measured = run.wasDown(name) ? run.lastBeforeEnd().get(name) : status;
                measured.latencies().forEach((bucket, count) -> buckets.merge(bucket, count, Long::sum));
            }
        });
        final Map<String, Double> latencies = new LinkedHashMap<>();
        for (final double percent : PERCENTILES) {
            final String label = percent == Math.rint(percent) ? Long.toString((long) percent)
                : Double.toString(percent);
            latencies.put("p" + label, milliseconds(LatencyHistogram.percentileNs(buckets, percent)));
        }
        return latencies;
    }

    private static long sum(final Map<String, WorkerStatus> statuses) {
        return statuses.values().stream().mapToLong(WorkerStatus::deliveries).sum();
    }

    private static long received(final Map<String, WorkerStatus> statuses) {
        return statuses.values().stream().mapToLong(WorkerStatus::received).sum();
    }

    private static double ratio(final Window window) {
        return ratio(window.duplicates(), window.deliveries());
    }

    private static double ratio(final long duplicates, final long deliveries) {
        return deliveries == 0 ? 0 : (double) duplicates / deliveries;
    }

    private static double milliseconds(final long timeNs) {
        return (double) TimeUnit.NANOSECONDS.toMicros(timeNs) / 1_000;
    }
}
