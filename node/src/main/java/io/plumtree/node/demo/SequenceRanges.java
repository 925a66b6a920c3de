package io.plumtree.node.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of sequence numbers, kept as ranges: small as long as few are missing. */
final class SequenceRanges {
    private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();
    private long size;

    /**
     * Adds a number.
     *
     * @param sequence the number.
     * @return false if it was there already.
     */
    boolean add(final long sequence) {
        final Map.Entry<Long, Long> below = lastByFirst.floorEntry(sequence);
        if (below != null && below.getValue() >= sequence) {
            return false;
        }
        long first = sequence;
        long last = sequence;
        if (below != null && below.getValue() == sequence - 1) {
            first = below.getKey();
        }
        final Long lastAbove = lastByFirst.remove(sequence + 1);
        if (lastAbove != null) {
            last = lastAbove;
        }
        lastByFirst.put(first, last);
        size++;
        return true;
    }

    /** How many numbers there are. */
    long size() {
        return size;
    }

    /** The ranges, in order. */
    List<Range> ranges() {
        final List<Range> ranges = new ArrayList<>(lastByFirst.size());
        lastByFirst.forEach((first, last) -> ranges.add(new Range(first, last)));
        return ranges;
    }

    /**
     * Consecutive numbers.
     *
     * @param first the first of them.
     * @param last  the last of them.
     */
    record Range(long first, long last) {
        /** How many of a list of ranges lie from one number to another, both included. */
        static long count(final List<Range> ranges, final long from, final long to) {
            long count = 0;
            for (final Range range : ranges) {
                count += Math.max(0, Math.min(range.last, to) - Math.max(range.first, from) + 1);
            }
            return count;
        }
    }
}
