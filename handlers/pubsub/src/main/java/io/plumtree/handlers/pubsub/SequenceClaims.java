package io.plumtree.handlers.pubsub;

/**
 * Sequences of a stream that came far ahead of all else in it. They stay apart until enough of them have come near one
 * another, or until the stream has come that far. Bounded; the oldest goes. For the engine's thread.
 */
final class SequenceClaims {
    static final int MAX = 8;

    private final long[] sequences = new long[MAX];
    private final boolean[] isDelivered = new boolean[MAX];
    private int count;
    private int undelivered;

    int count() {
        return count;
    }

    boolean isFull() {
        return count == MAX;
    }

    /** Whether ordered subscriptions still have to get one. */
    boolean hasUndelivered() {
        return undelivered > 0;
    }

    /** The one at a place; the oldest is at 0. */
    long sequence(final int index) {
        return sequences[index];
    }

    boolean isDelivered(final int index) {
        return isDelivered[index];
    }

    /** Adds one that is not there; there must be room. */
    void add(final long sequence, final boolean isDeliveredAlready) {
        sequences[count] = sequence;
        isDelivered[count] = isDeliveredAlready;
        count++;
        undelivered += isDeliveredAlready ? 0 : 1;
    }

    void delivered(final int index) {
        undelivered -= isDelivered[index] ? 0 : 1;
        isDelivered[index] = true;
    }

    void removeAt(final int index) {
        undelivered -= isDelivered[index] ? 0 : 1;
        count--;
        System.arraycopy(sequences, index + 1, sequences, index, count - index);
        System.arraycopy(isDelivered, index + 1, isDelivered, index, count - index);
    }

    /** Where a sequence is; -1 if it is not there. */
    int indexOf(final long sequence) {
        for (int i = 0; i < count; i++) {
            if (sequences[i] == sequence) {
                return i;
            }
        }
        return -1;
    }

    /** How many are no further from a sequence than that. */
    int countNear(final long sequence, final long distance) {
        int near = 0;
        for (int i = 0; i < count; i++) {
            near += isNear(i, sequence, distance) ? 1 : 0;
        }
        return near;
    }

    /** Where the lowest is that is no further from a sequence than that; -1 if there is none. */
    int lowestNear(final long sequence, final long distance) {
        int lowest = -1;
        for (int i = 0; i < count; i++) {
            if (isNear(i, sequence, distance) && (lowest < 0 || sequences[i] < sequences[lowest])) {
                lowest = i;
            }
        }
        return lowest;
    }

    /** Where the lowest is; -1 if there is none. */
    int lowest() {
        return lowestNear(0, Long.MAX_VALUE);
    }

    void clear() {
        count = 0;
        undelivered = 0;
    }

    private boolean isNear(final int index, final long sequence, final long distance) {
        return Math.abs(sequences[index] - sequence) <= distance;
    }
}
