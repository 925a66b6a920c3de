package io.plumtree.node.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which messages came last, in the order in which they came. A handler that keeps the latest so many keeps just these,
 * since it takes them in in the same order. Written by the engine's thread, read by the one that answers the parent.
 */
final class ArrivalRing {
    private final long[] roots;
    private final long[] sequences;
    private long count;

    ArrivalRing(final int capacity) {
        roots = new long[capacity];
        sequences = new long[capacity];
    }

    /** Notes a message. */
    synchronized void add(final long root, final long sequence) {
        final int at = (int) (count++ % roots.length);
        roots[at] = root;
        sequences[at] = sequence;
    }

    /** How many have come, ever. */
    synchronized long count() {
        return count;
    }

    /**
     * The latest messages, less the oldest of all that came.
     *
     * @param evicted how many of all that have come are not wanted, the oldest ones.
     * @param names   the roots' names, by value.
     * @return their sequences, by the root's name.
     */
    synchronized Map<String, List<SequenceRanges.Range>> without(final long evicted, final Map<Long, String> names) {
        final Map<String, SequenceRanges> latest = new TreeMap<>();
        for (long i = Math.max(evicted, count - roots.length); i < count; i++) {
            final int at = (int) (i % roots.length);
            latest.computeIfAbsent(names.getOrDefault(roots[at], Long.toHexString(roots[at])),
                root -> new SequenceRanges()).add(sequences[at]);
        }
        final Map<String, List<SequenceRanges.Range>> ranges = new TreeMap<>();
        latest.forEach((root, sequencesOfRoot) -> ranges.put(root, sequencesOfRoot.ranges()));
        return ranges;
    }
}
