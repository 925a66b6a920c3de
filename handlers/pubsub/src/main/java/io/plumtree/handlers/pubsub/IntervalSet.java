package io.plumtree.handlers.pubsub;

import java.util.Arrays;

/**
 * A set of positive longs, kept as sorted disjoint intervals that do not touch. Made for numbers that come nearly in
 * order: then it is a handful of intervals, and adding one allocates nothing.
 *
 * <p>Bounded: where one interval too many would be needed, the two lowest become one, so that what is missing between
 * them counts as present ({@link #coalesced()} says how much). The oldest hole is the least likely to be filled.
 */
final class IntervalSet {
    private static final int INITIAL_CAPACITY = 4;

    private final int maxIntervals;
    private long[] froms;
    private long[] tos;
    private int size;
    private long coalesced;

    IntervalSet(final int maxIntervals) {
        this.maxIntervals = maxIntervals;
        // One more than the bound: an interval is inserted first, and the two lowest are coalesced then.
        final int capacity = Math.min(INITIAL_CAPACITY, maxIntervals + 1);
        froms = new long[capacity];
        tos = new long[capacity];
    }

    boolean contains(final long value) {
        final int index = lastFromAtOrBelow(value);
        return index >= 0 && value <= tos[index];
    }

    /** Adds a value; false if it was there. */
    boolean add(final long value) {
        final int below = lastFromAtOrBelow(value);
        if (below >= 0 && value <= tos[below]) {
            return false;
        }
        final boolean touchesBelow = below >= 0 && tos[below] == value - 1;
        final boolean touchesAbove = below + 1 < size && froms[below + 1] == value + 1;
        if (touchesBelow && touchesAbove) {
            tos[below] = tos[below + 1];
            removeAt(below + 1);
        } else if (touchesBelow) {
            tos[below] = value;
        } else if (touchesAbove) {
            froms[below + 1] = value;
        } else {
            insertAt(below + 1, value);
            if (size > maxIntervals) {
                coalesceLowest();
            }
        }
        return true;
    }

    /** Adds a run above all values that are there; it may touch the last. */
    void append(final long from, final long to) {
        if (size > 0 && tos[size - 1] == from - 1) {
            tos[size - 1] = to;
            return;
        }
        insertAt(size, from);
        tos[size - 1] = to;
        if (size > maxIntervals) {
            coalesceLowest();
        }
    }

    /** Whether all of these are in it. */
    boolean containsAll(final long from, final long to) {
        final int index = lastFromAtOrBelow(from);
        return index >= 0 && tos[index] >= to;
    }

    /** Whether one of these is in it. */
    boolean intersects(final long from, final long to) {
        final int index = firstEndingAbove(from - 1);
        return index < size && froms[index] <= to;
    }

    /** Index of the lowest interval with a value above this one; {@link #size()} if there is none. */
    int firstEndingAbove(final long value) {
        final int index = lastFromAtOrBelow(value);
        return index >= 0 && tos[index] > value ? index : index + 1;
    }

    /** Removes the lowest value; there must be one. */
    void removeFirst() {
        if (froms[0] == tos[0]) {
            removeAt(0);
        } else {
            froms[0]++;
        }
    }

    /** Removes a value that is there. */
    void remove(final long value) {
        final int index = lastFromAtOrBelow(value);
        final long to = tos[index];
        if (froms[index] == value) {
            if (to == value) {
                removeAt(index);
            } else {
                froms[index]++;
            }
        } else {
            tos[index] = value - 1;
            if (to > value) {
                insertAt(index + 1, value + 1);
                tos[index + 1] = to;
            }
        }
    }

    /** Removes a value and all above it. */
    void removeFrom(final long value) {
        while (size > 0 && froms[size - 1] >= value) {
            size--;
        }
        if (size > 0) {
            tos[size - 1] = Math.min(tos[size - 1], value - 1);
        }
    }

    /** The lowest value; there must be one. */
    long first() {
        return froms[0];
    }

    /** The highest value; there must be one. */
    long last() {
        return tos[size - 1];
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    long from(final int index) {
        return froms[index];
    }

    long to(final int index) {
        return tos[index];
    }

    /** How many values count as present though they were never added, since the last {@link #clear()}. */
    long coalesced() {
        return coalesced;
    }

    void clear() {
        size = 0;
        coalesced = 0;
    }

    /** Index of the last interval that starts at or below the value; -1 if there is none. */
    private int lastFromAtOrBelow(final long value) {
        if (size == 0 || value < froms[0]) {
            return -1;
        }
        if (value >= froms[size - 1]) {
            return size - 1;
        }
        final int found = Arrays.binarySearch(froms, 0, size, value);
        return found >= 0 ? found : -found - 2;
    }

    private void insertAt(final int index, final long value) {
        if (size == froms.length) {
            final int capacity = (int) Math.min(2L * size, maxIntervals + 1L);
            froms = Arrays.copyOf(froms, capacity);
            tos = Arrays.copyOf(tos, capacity);
        }
        System.arraycopy(froms, index, froms, index + 1, size - index);
        System.arraycopy(tos, index, tos, index + 1, size - index);
        froms[index] = value;
        tos[index] = value;
        size++;
    }

    private void removeAt(final int index) {
        System.arraycopy(froms, index + 1, froms, index, size - index - 1);
        System.arraycopy(tos, index + 1, tos, index, size - index - 1);
        size--;
    }

    private void coalesceLowest() {
        coalesced += froms[1] - tos[0] - 1;
        tos[0] = tos[1];
        removeAt(1);
    }
}
