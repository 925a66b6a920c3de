package io.plumtree.handlers.pubsub;

import java.util.function.IntConsumer;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Recent messages, first in, first out; bounded by their number, by bytes and by age. Payloads lie in an arena that is
 * allocated once and used as a ring; none wraps around its end.
 */
final class RetainedMessages {
    static final int NOT_FOUND = IdIndex.NOT_FOUND;

    private static final int ALIGNMENT = 8;

    private final PubSubCounters counters;
    private final IntConsumer onEvict;
    private final UnsafeBuffer arena;
    private final IdIndex index;
    private final int[] offsets;
    private final int[] lengths;
    private final long[] addedNs;
    private final long[] bornNs;
    private final boolean[] isExchanged;
    private final long maxAgeNs;
    private int oldest;
    private int count;
    private int exchangedCount;
    private int writeOffset;
    /** How many were evicted: the place of the oldest among all that were ever retained. */
    private long head;

    /**
     * Nothing retained yet.
     *
     * @param options  the bounds.
     * @param counters what to count in.
     * @param onEvict  told of a slot whose message is about to go.
     */
    RetainedMessages(final PubSubOptions options, final PubSubCounters counters, final IntConsumer onEvict) {
        this.counters = counters;
        this.onEvict = onEvict;
        final int capacity = options.retainedMessages();
        arena = new UnsafeBuffer(new byte[options.retainedBytes() & -ALIGNMENT]);
        index = new IdIndex(capacity);
        offsets = new int[capacity];
        lengths = new int[capacity];
        addedNs = new long[capacity];
        bornNs = new long[capacity];
        isExchanged = new boolean[capacity];
        maxAgeNs = options.retainedAgeNs();
    }

    /** Retains a message that is not retained; false if it is longer than the arena. */
    boolean add(
        final long origin,
        final long incarnation,
        final long sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long publishedNs,
        final long nowNs) {
        if (length > arena.capacity()) {
            counters.notRetained.incrementRelease();
            return false;
        }
        if (count == offsets.length) {
            evictOldest(counters.evictedByCount);
        }
        final int space = BitUtil.align(length, ALIGNMENT);
        int to = placeFor(space);
        while (to < 0) {
            evictOldest(counters.evictedByBytes);
            to = placeFor(space);
        }
        final int slot = slot(head + count);
        arena.putBytes(to, buffer, offset, length);
        offsets[slot] = to;
        lengths[slot] = length;
        addedNs[slot] = nowNs;
        bornNs[slot] = publishedNs;
        isExchanged[slot] = false;
        index.put(slot, origin, incarnation, sequence);
        writeOffset = to + space;
        count++;
        return true;
    }

    /** Drops what is too old, at most so many. */
    int evictAged(final long nowNs, final int limit) {
        int evicted = 0;
        while (count > 0 && evicted < limit && nowNs - addedNs[oldest] > maxAgeNs) {
            evictOldest(counters.evictedByAge);
            evicted++;
        }
        return evicted;
    }

    int find(final long origin, final long incarnation, final long sequence) {
        return index.find(origin, incarnation, sequence);
    }

    /** The message that was added last has come by exchange. */
    void lastIsExchanged() {
        isExchanged[slot(head + count - 1)] = true;
        exchangedCount++;
    }

    /** Whether there is a message that {@link #takeExchanged} would take. */
    boolean hasExchanged() {
        return exchangedCount > 0;
    }

    /** Whether a message has come by exchange and not been taken for broadcast since; it is from now on. */
    boolean takeExchanged(final int slot) {
        final boolean wasExchanged = isExchanged[slot];
        exchangedCount -= wasExchanged ? 1 : 0;
        isExchanged[slot] = false;
        return wasExchanged;
    }

    /** Gives a message another incarnation, under which there must be none of its sequence. */
    void relabel(final int slot, final long incarnation) {
        final long origin = index.origin(slot);
        final long sequence = index.sequence(slot);
        index.remove(slot);
        index.put(slot, origin, incarnation, sequence);
    }

    int count() {
        return count;
    }

    /** The place of the oldest among all that were ever retained; those after it have the places that follow. */
    long head() {
        return head;
    }

    /** The slot of a place; it is retained, or free and the next one. */
    int slot(final long place) {
        final int slot = oldest + (int) (place - head);
        return slot < offsets.length ? slot : slot - offsets.length;
    }

    /** What holds the payloads. */
    UnsafeBuffer buffer() {
        return arena;
    }

    int offset(final int slot) {
        return offsets[slot];
    }

    int length(final int slot) {
        return lengths[slot];
    }

    long addedNs(final int slot) {
        return addedNs[slot];
    }

    /** When it was published, as far as is known here. */
    long bornNs(final int slot) {
        return bornNs[slot];
    }

    long origin(final int slot) {
        return index.origin(slot);
    }

    long incarnation(final int slot) {
        return index.incarnation(slot);
    }

    long sequence(final int slot) {
        return index.sequence(slot);
    }

    /** Where so many bytes fit; -1 if nowhere yet. */
    private int placeFor(final int space) {
        if (count == 0) {
            return 0;
        }
        final int readOffset = offsets[oldest];
        if (writeOffset > readOffset) {
            if (space <= arena.capacity() - writeOffset) {
                return writeOffset;
            }
            return space <= readOffset ? 0 : -1;
        }
        return space <= readOffset - writeOffset ? writeOffset : -1;
    }

    private void evictOldest(final AtomicCounter reason) {
        onEvict.accept(oldest);
        index.remove(oldest);
        takeExchanged(oldest);
        oldest = oldest + 1 == offsets.length ? 0 : oldest + 1;
        count--;
        head++;
        reason.incrementRelease();
    }
}
