package io.plumtree.node.demo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run under load came to; its components, and those of their groups, are the fields of the JSON file. "Others"
 * are the nodes that were not stopped.
 *
 * @param passed     whether nobody missed or was given again what was demanded, and no heap grew.
 * @param messages   how many messages there were.
 * @param throughput how many were delivered a second.
 * @param stop       which nodes were stopped, and how they came back.
 * @param losses     what was missed, or given again.
 * @param heap       the memory that nodes used.
 * @param nodes      each node's counters.
 * @param notes      problems, and what was asked of what.
 */
record OverloadReport(
    boolean passed,
    @JsonUnwrapped Messages messages,
    @JsonUnwrapped Throughput throughput,
    @JsonUnwrapped Stop stop,
    @JsonUnwrapped Losses losses,
    @JsonUnwrapped Heap heap,
    SortedMap<String, SortedMap<String, Long>> nodes,
    @JsonUnwrapped ReportNotes notes) {
    private static final long HEAP_SLACK = 2 * 1024 * 1024;

    /**
     * How many messages there were.
     *
     * @param published     messages that the nodes took.
     * @param delivered     messages delivered, summed over the nodes.
     * @param backPressured times that a node took none for the time being.
     */
    record Messages(long published, long delivered, long backPressured) {
    }

    /**
     * Messages delivered a second, summed over the others, of which none counts its own.
     *
     * @param throughputBeforeStop   throughput before the stop; over the run if nobody was stopped.
     * @param throughputWhileStopped throughput during the stop, after its first second; null if nobody was stopped.
     * @param throughputKept         the one over the other; null if nobody was stopped.
     */
    record Throughput(double throughputBeforeStop, Double throughputWhileStopped, Double throughputKept) {
    }

    /**
     * Which nodes were stopped, and how they came back.
     *
     * @param stopped             the nodes that were stopped.
     * @param backMs              how long after they went on all links were up again; null if nobody was stopped.
     * @param stoppedNodeCaughtUp whether each of them has everything that was published since its links were up again,
     *                            and everything older that another node still kept at the end; null if none.
     */
    record Stop(List<String> stopped, Long backMs, Boolean stoppedNodeCaughtUp) {
    }

    /**
     * What was missed, or given again.
     *
     * @param missedOnOthers          messages that an other did not receive.
     * @param missedOnStopped         messages that a stopped node did not receive, of those published since it was
     *                                back.
     * @param retainedMissedOnStopped messages that a stopped node did not receive, though another one keeps them.
     * @param lostToAbsence           messages that a stopped node did not receive, and that nobody keeps any more.
     * @param repeated                messages that an application was given again.
     */
    record Losses(
        long missedOnOthers,
        long missedOnStopped,
        long retainedMissedOnStopped,
        long lostToAbsence,
        long repeated) {
    }

    /**
     * The memory that nodes used.
     *
     * @param heapBytes bytes of heap in use after a collection, by node: early, in the middle, at the end.
     * @param heapFlat  whether none of the later ones is more than a tenth and 2 MiB above the first.
     */
    record Heap(SortedMap<String, List<Long>> heapBytes, boolean heapFlat) {
    }

    /**
     * Works a report out.
     *
     * @param run      what was seen.
     * @param versions of what ran.
     * @return the report.
     */
    static OverloadReport of(final OverloadRecording run, final Map<String, String> versions) {
        final List<String> problems = new ArrayList<>(run.problems());
        final Missing missing = new Missing();
        final SortedMap<String, SortedMap<String, Long>> nodes = new TreeMap<>(DemoCluster::compareNames);
        long repeated = 0;
        for (final Map.Entry<String, WorkerStatus> entry : run.last().entrySet()) {
            missing.add(run, entry.getKey(), entry.getValue(), problems);
            nodes.put(entry.getKey(), new TreeMap<>(entry.getValue().counters()));
            repeated += entry.getValue().roots().values().stream().mapToLong(RootStatus::repeated).sum();
        }
        if (repeated > 0) {
            problems.add("applications were given " + repeated + " messages more than once");
        }
        final boolean isFlat = isFlat(run.heaps(), problems);
        final boolean isStopped = !run.stopped().isEmpty();
        final double before = run.before().deliveriesPerSecond(run.stopped());
        final Double during = isStopped ? run.whileStopped().deliveriesPerSecond(run.stopped()) : null;
        return new OverloadReport(
            problems.isEmpty(),
            new Messages(
                run.published().values().stream().mapToLong(Long::longValue).sum(),
                run.last().values().stream().mapToLong(WorkerStatus::received).sum(),
                run.backPressured()),
            new Throughput(before, during, isStopped && before > 0 ? (Double) (during / before) : null),
            new Stop(
                run.stopped(),
                isStopped ? (Long) run.backMs() : null,
                isStopped ? (Boolean) (missing.onStopped + missing.retainedOnStopped == 0) : null),
            new Losses(
                missing.onOthers, missing.onStopped, missing.retainedOnStopped, missing.toAbsence, repeated),
            new Heap(run.heaps(), isFlat),
            nodes,
            new ReportNotes(problems, run.options(), versions));
    }

    private static boolean isFlat(final SortedMap<String, List<Long>> heaps, final List<String> problems) {
        boolean isFlat = true;
        for (final Map.Entry<String, List<Long>> heap : heaps.entrySet()) {
            final long first = heap.getValue().get(0);
            final long most = heap.getValue().stream().mapToLong(Long::longValue).max().orElse(0);
            if (most > first + first / 10 + HEAP_SLACK) {
                isFlat = false;
                problems.add("the heap of " + heap.getKey() + " grew from " + first + " to " + most + " bytes");
            }
        }
        return isFlat;
    }

    /** What was missed, and whether it may be. */
    private static final class Missing {
        long onOthers;
        long onStopped;
        long retainedOnStopped;
        long toAbsence;

        void add(
            final OverloadRecording run, final String name, final WorkerStatus status, final List<String> problems) {
            final Map<String, Long> missed = new LinkedHashMap<>();
            final Map<String, Long> retained = new LinkedHashMap<>();
            final boolean wasStopped = run.stopped().contains(name);
            run.published().forEach((root, published) -> {
                if (!root.equals(name)) {
                    final List<SequenceRanges.Range> received = status.root(root).ranges();
                    final long demandedFrom = wasStopped ? run.publishedAtBack().getOrDefault(root, 0L) + 1 : 1;
                    note(missed, root, missed(received, demandedFrom, published));
                    if (wasStopped) {
                        final long kept = retainedMissed(run, root, received, demandedFrom - 1);
                        note(retained, root, kept);
                        toAbsence += missed(received, 1, demandedFrom - 1) - kept;
                    }
                }
            });
            final long count = sum(missed);
            if (wasStopped) {
                onStopped += count;
                retainedOnStopped += sum(retained);
            } else {
                onOthers += count;
            }
            if (count > 0) {
                problems.add(name + " missed " + count + " messages"
                    + (wasStopped ? " published after it was back" : "") + ", by root: " + missed);
            }
            if (!retained.isEmpty()) {
                problems.add(name + " did not get " + sum(retained) + " messages that others keep, by root: "
                    + retained);
            }
        }

        private static void note(final Map<String, Long> counts, final String root, final long count) {
            if (count > 0) {
                counts.put(root, count);
            }
        }

        private static long sum(final Map<String, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        private static long missed(final List<SequenceRanges.Range> received, final long first, final long last) {
            return Math.max(0, last - first + 1) - SequenceRanges.Range.count(received, first, last);
        }

        /** Of one root's messages up to a last one: kept by some node, and not received. */
        private static long retainedMissed(
            final OverloadRecording run,
            final String root,
            final List<SequenceRanges.Range> received,
            final long last) {
            final SequenceRanges kept = new SequenceRanges();
            long missed = 0;
            for (final Map<String, List<SequenceRanges.Range>> node : run.retained().values()) {
                for (final SequenceRanges.Range range : node.getOrDefault(root, List.of())) {
                    for (long sequence = range.first(); sequence <= Math.min(last, range.last()); sequence++) {
                        if (kept.add(sequence)) {
                            missed += 1 - SequenceRanges.Range.count(received, sequence, sequence);
                        }
                    }
                }
            }
            return missed;
        }
    }
}
