package io.plumtree.engine.protocol;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Ids of messages, each with its handler, root and round, in slots that are shared by reference count. Bounded; made
 * of arrays, so that nothing is allocated after construction.
 */
final class MessageTable {
    static final int NONE = -1;

    private final int stride;
    private final UnsafeBuffer ids;
    private final int[] idLengths;
    private final int[] handlers;
    private final long[] roots;
    private final int[] rounds;
    private final int[] sources;
    private final int[] sourceRounds;
    private final long[] sourceNs;
    private final boolean[] shared;
    private final int[] hashes;
    private final int[] references;
    private final int[] nextInBucket;
    private final int[] buckets;
    private final int bucketMask;
    private int firstFree;
    private int size;

    MessageTable(final int capacity, final int maxIdLength) {
        stride = maxIdLength + Long.BYTES - 1 & -Long.BYTES;
        ids = new UnsafeBuffer(new byte[Math.multiplyExact(capacity, stride)]);
        idLengths = new int[capacity];
        handlers = new int[capacity];
        roots = new long[capacity];
        rounds = new int[capacity];
        sources = new int[capacity];
        sourceRounds = new int[capacity];
        sourceNs = new long[capacity];
        shared = new boolean[capacity];
        hashes = new int[capacity];
        references = new int[capacity];
        nextInBucket = new int[capacity];
        buckets = new int[Integer.highestOneBit(Math.max(2, capacity * 2 - 1))];
        bucketMask = buckets.length - 1;
        Arrays.fill(buckets, NONE);
        for (int slot = 0; slot < capacity; slot++) {
            nextInBucket[slot] = slot + 1 < capacity ? slot + 1 : NONE;
        }
    }

    int size() {
        return size;
    }

    /** The slot of a message with this id, whatever its root and round; NONE if there is none. */
    int find(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        final int hash = MessageIds.hash(handler, buffer, idOffset, idLength);
        return findFrom(buckets[hash & bucketMask], hash, handler, buffer, idOffset, idLength);
    }

    /** The next slot with the same handler and id, after one that {@link #find} gave; NONE if there is none. */
    int findNext(final int slot, final DirectBuffer buffer, final int idOffset) {
        return findFrom(nextInBucket[slot], hashes[slot], handlers[slot], buffer, idOffset, idLengths[slot]);
    }

    /** The slot of exactly this message; NONE if there is none. */
    int find(
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final long root,
        final int round) {
        int slot = find(handler, buffer, idOffset, idLength);
        while (slot != NONE && (roots[slot] != root || rounds[slot] != round)) {
            slot = findNext(slot, buffer, idOffset);
        }
        return slot;
    }

    private int findFrom(
        final int first,
        final int hash,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength) {
        int slot = first;
        while (slot != NONE && !(hashes[slot] == hash && handlers[slot] == handler && idLengths[slot] == idLength
            && MessageIds.areEqual(ids, slot * stride, buffer, idOffset, idLength))) {
            slot = nextInBucket[slot];
        }
        return slot;
    }

    /** Finds or makes the slot of exactly this message, and takes a reference to it; NONE if the table is full. */
    int acquire(
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final long root,
        final int round) {
        int slot = find(handler, buffer, idOffset, idLength, root, round);
        if (slot == NONE) {
            slot = firstFree;
            if (slot == NONE) {
                return NONE;
            }
            firstFree = nextInBucket[slot];
            size++;
            final int hash = MessageIds.hash(handler, buffer, idOffset, idLength);
            MessageIds.copy(ids, slot * stride, buffer, idOffset, idLength);
            idLengths[slot] = idLength;
            handlers[slot] = handler;
            roots[slot] = root;
            rounds[slot] = round;
            sources[slot] = Plumtree.NO_PEER;
            shared[slot] = false;
            hashes[slot] = hash;
            nextInBucket[slot] = buckets[hash & bucketMask];
            buckets[hash & bucketMask] = slot;
        }
        references[slot]++;
        return slot;
    }

    void retain(final int slot) {
        references[slot]++;
    }

    void release(final int slot) {
        if (--references[slot] == 0) {
            final int bucket = hashes[slot] & bucketMask;
            if (buckets[bucket] == slot) {
                buckets[bucket] = nextInBucket[slot];
            } else {
                int before = buckets[bucket];
                while (nextInBucket[before] != slot) {
                    before = nextInBucket[before];
                }
                nextInBucket[before] = nextInBucket[slot];
            }
            nextInBucket[slot] = firstFree;
            firstFree = slot;
            size--;
        }
    }

    DirectBuffer idBuffer() {
        return ids;
    }

    int idOffset(final int slot) {
        return slot * stride;
    }

    int idLength(final int slot) {
        return idLengths[slot];
    }

    int handler(final int slot) {
        return handlers[slot];
    }

    long root(final int slot) {
        return roots[slot];
    }

    int round(final int slot) {
        return rounds[slot];
    }

    /** The peer that brought the message; NO_PEER if none did, or it is not known. */
    int source(final int slot) {
        return sources[slot];
    }

    void source(final int slot, final int peer) {
        sources[slot] = peer;
    }

    /** Whether the message travelled on the shared tree here. */
    boolean isShared(final int slot) {
        return shared[slot];
    }

    void shared(final int slot, final boolean isShared) {
        shared[slot] = isShared;
    }

    /** In which round, and when, the source brought the message. */
    void arrived(final int slot, final int round, final long nowNs) {
        sourceRounds[slot] = round;
        sourceNs[slot] = nowNs;
    }

    int sourceRound(final int slot) {
        return sourceRounds[slot];
    }

    long sourceNs(final int slot) {
        return sourceNs[slot];
    }

    /** A peer is gone, and another may get its index: it has brought nothing. */
    void forgetSource(final int peer) {
        for (int slot = 0; slot < sources.length; slot++) {
            if (sources[slot] == peer) {
                sources[slot] = Plumtree.NO_PEER;
            }
        }
    }
}
