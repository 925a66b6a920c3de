package io.plumtree.node.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set of sequence numbers, kept as ranges: small as long as few are missing. Made for numbers that come nearly in
 * order, by the million: the next one costs a comparison, and only a new hole makes it grow.
 */
final class SequenceRanges {
    private long[] firsts = new long[4];
    private long[] lasts = new long[4];
    private int count;
    private long size;

    /**
     * Adds a number.
     *
     * @param sequence the number.
     * @return false if it was there already.
     */
    boolean add(final long sequence) {
        final int below = lastFirstAtOrBelow(sequence);
        if (below >= 0 && sequence <= lasts[below]) {
            return false;
        }
        final boolean touchesBelow = below >= 0 && lasts[below] == sequence - 1;
        final boolean touchesAbove = below + 1 < count && firsts[below + 1] == sequence + 1;
        if (touchesBelow && touchesAbove) {
            lasts[below] = lasts[below + 1];
            move(below + 2, below + 1);
        } else if (touchesBelow) {
            lasts[below] = sequence;
        } else if (touchesAbove) {
            firsts[below + 1] = sequence;
        } else {
            insert(below + 1, sequence);
        }
        size++;
        return true;
    }

    /** How many numbers there are. */
    long size() {
        return size;
    }

    /** The ranges, in order. */
    List<Range> ranges() {
        final List<Range> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ranges.add(new Range(firsts[i], lasts[i]));
        }
        return ranges;
    }

    private int lastFirstAtOrBelow(final long sequence) {
        if (count == 0 || sequence >= firsts[count - 1]) {
            return count - 1;
        }
        final int found = Arrays.binarySearch(firsts, 0, count, sequence);
        return found >= 0 ? found : -found - 2;
    }

    private void insert(final int index, final long sequence) {
        if (count == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * count);
            lasts = Arrays.copyOf(lasts, 2 * count);
        }
        move(index, index + 1);
        firsts[index] = sequence;
        lasts[index] = sequence;
    }

    /** Moves all ranges from an index on to another one, next to it. */
    private void move(final int from, final int to) {
        System.arraycopy(firsts, from, firsts, to, count - from);
        System.arraycopy(lasts, from, lasts, to, count - from);
        count += to - from;
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
