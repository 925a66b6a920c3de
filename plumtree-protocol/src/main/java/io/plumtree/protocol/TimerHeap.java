package io.plumtree.protocol;

import java.util.Arrays;

/**
 * At most one timer for each of a number of slots: a binary heap that knows where each slot stands in it, so that a
 * timer is set, moved and cancelled in logarithmic time, and the next deadline is known exactly. Of equal deadlines
 * the lower slot's is the first.
 */
final class TimerHeap {
    static final int NONE = -1;

    private final int[] heap;
    private final int[] positions;
    private final long[] deadlinesNs;
    private int size;

    TimerHeap(final int slots) {
        heap = new int[slots];
        positions = new int[slots];
        deadlinesNs = new long[slots];
        Arrays.fill(positions, NONE);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The earliest deadline; only if there is one. */
    long firstDeadlineNs() {
        return deadlinesNs[heap[0]];
    }

    /** Sets a slot's timer, whether it has one or not. */
    void schedule(final int slot, final long deadlineNs) {
        if (positions[slot] == NONE) {
            place(slot, size++);
        }
        deadlinesNs[slot] = deadlineNs;
        restore(slot);
    }

    /** Takes a slot's timer away, if it has one. */
    void cancel(final int slot) {
        final int position = positions[slot];
        if (position == NONE) {
            return;
        }
        positions[slot] = NONE;
        final int last = heap[--size];
        if (last != slot) {
            place(last, position);
            restore(last);
        }
    }

    /** Takes the first timer away if it has expired; its slot, or NONE. */
    int pollExpired(final long nowNs) {
        if (size == 0 || firstDeadlineNs() - nowNs > 0) {
            return NONE;
        }
        final int slot = heap[0];
        cancel(slot);
        return slot;
    }

    private void restore(final int slot) {
        int position = positions[slot];
        while (position > 0 && isBefore(slot, heap[position - 1 >> 1])) {
            place(heap[position - 1 >> 1], position);
            position = position - 1 >> 1;
        }
        int child = firstChild(position);
        while (child < size && isBefore(heap[child], slot)) {
            place(heap[child], position);
            position = child;
            child = firstChild(position);
        }
        place(slot, position);
    }

    /** The one of a position's children that expires first; not below the size if it has none. */
    private int firstChild(final int position) {
        final int left = 2 * position + 1;
        return left + 1 < size && isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
    }

    private void place(final int slot, final int position) {
        heap[position] = slot;
        positions[slot] = position;
    }

    private boolean isBefore(final int slot, final int other) {
        final long differenceNs = deadlinesNs[slot] - deadlinesNs[other];
        return differenceNs < 0 || differenceNs == 0 && slot < other;
    }
}
