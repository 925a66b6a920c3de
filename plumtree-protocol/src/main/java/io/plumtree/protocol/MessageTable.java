package io.plumtree.protocol;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Ids of messages, each with its handler, root and round, in slots that are shared by reference count. Bounded; made
 * of arrays, so that nothing is allocated after construction.
 *
 * <p>All that is kept of a message but its id lies together, in no more than a cache line: at full load a message has
 * left the caches before it is acknowledged.
 */
final class MessageTable {
    static final int NONE = -1;

    private static final int HASH = 0;
    private static final int NEXT_IN_BUCKET = 1;
    private static final int HANDLER = 2;
    private static final int ID_LENGTH = 3;
    private static final int ROOT = 4;
    private static final int ROUND = 6;
    private static final int REFERENCES = 7;
    private static final int SOURCE = 8;
    private static final int SOURCE_ROUND = 9;
    private static final int SOURCE_NS = 10;
    private static final int SHARED = 12;
    private static final int RECORD_BITS = 4;

    private final int stride;
    private final UnsafeBuffer ids;
    private final MessageKey stored = new MessageKey();
    private final int capacity;
    private final int[] records;
    private final int[] buckets;
    private final int bucketMask;
    private int firstFree;
    private int size;

    MessageTable(final int capacity, final int maxIdLength) {
        this.capacity = capacity;
        stride = maxIdLength + Long.BYTES - 1 & -Long.BYTES;
        ids = new UnsafeBuffer(new byte[Math.multiplyExact(capacity, stride)]);
        records = new int[Math.multiplyExact(capacity, 1 << RECORD_BITS)];
        buckets = new int[Integer.highestOneBit(Math.max(2, capacity * 2 - 1))];
        bucketMask = buckets.length - 1;
        Arrays.fill(buckets, NONE);
        for (int slot = 0; slot < capacity; slot++) {
            records[at(slot) + NEXT_IN_BUCKET] = slot + 1 < capacity ? slot + 1 : NONE;
        }
    }

    private static int at(final int slot) {
        return slot << RECORD_BITS;
    }

    int size() {
        return size;
    }

    /** The slot of a message with this handler and id, whatever its root and round; NONE if there is none. */
    int find(final MessageKey key) {
        final int hash = key.hash();
        return findFrom(buckets[hash & bucketMask], hash, key);
    }

    /** The next slot with the same handler and id, after one that {@link #find} gave; NONE if there is none. */
    int findNext(final int slot, final MessageKey key) {
        final int at = at(slot);
        return findFrom(records[at + NEXT_IN_BUCKET], records[at + HASH], key);
    }

    /** The slot of exactly this message; NONE if there is none. */
    int findExactly(final MessageKey key) {
        return find(key.hash(), key, key.root(), key.round());
    }

    private int find(final int hash, final MessageKey key, final long root, final int round) {
        int slot = findFrom(buckets[hash & bucketMask], hash, key);
        while (slot != NONE && (root(slot) != root || round(slot) != round)) {
            slot = findFrom(records[at(slot) + NEXT_IN_BUCKET], hash, key);
        }
        return slot;
    }

    private int findFrom(final int first, final int hash, final MessageKey key) {
        int slot = first;
        while (slot != NONE && !isAt(slot, hash, key)) {
            slot = records[at(slot) + NEXT_IN_BUCKET];
        }
        return slot;
    }

    private boolean isAt(final int slot, final int hash, final MessageKey key) {
        final int at = at(slot);
        return records[at + HASH] == hash && records[at + HANDLER] == key.handler()
            && key.id().isSameAs(ids, slot * stride, records[at + ID_LENGTH]);
    }

    /**
     * Finds or makes the slot of a message with this handler and id, and takes a reference to it.
     *
     * @return the slot; NONE if the table is full.
     */
    int acquire(final MessageKey key, final long root, final int round) {
        final int hash = key.hash();
        int slot = find(hash, key, root, round);
        if (slot == NONE) {
            slot = firstFree;
            if (slot == NONE) {
                return NONE;
            }
            final int at = at(slot);
            firstFree = records[at + NEXT_IN_BUCKET];
            size++;
            key.id().copyTo(ids, slot * stride);
            records[at + HASH] = hash;
            records[at + NEXT_IN_BUCKET] = buckets[hash & bucketMask];
            records[at + HANDLER] = key.handler();
            records[at + ID_LENGTH] = key.id().length();
            putLong(at + ROOT, root);
            records[at + ROUND] = round;
            records[at + SOURCE] = Peers.NO_PEER;
            records[at + SHARED] = 0;
            buckets[hash & bucketMask] = slot;
        }
        retain(slot);
        return slot;
    }

    void retain(final int slot) {
        records[at(slot) + REFERENCES]++;
    }

    void release(final int slot) {
        final int at = at(slot);
        if (--records[at + REFERENCES] == 0) {
            final int next = records[at + NEXT_IN_BUCKET];
            final int bucket = records[at + HASH] & bucketMask;
            if (buckets[bucket] == slot) {
                buckets[bucket] = next;
            } else {
                int before = buckets[bucket];
                while (records[at(before) + NEXT_IN_BUCKET] != slot) {
                    before = records[at(before) + NEXT_IN_BUCKET];
                }
                records[at(before) + NEXT_IN_BUCKET] = next;
            }
            records[at + NEXT_IN_BUCKET] = firstFree;
            firstFree = slot;
            size--;
        }
    }

    private long getLong(final int index) {
        return records[index] & 0xFFFFFFFFL | (long) records[index + 1] << Integer.SIZE;
    }

    private void putLong(final int index, final long value) {
        records[index] = (int) value;
        records[index + 1] = (int) (value >>> Integer.SIZE);
    }

    /** What names the message of a slot: a flyweight, until the next call. */
    MessageKey key(final int slot) {
        return key(slot, root(slot), round(slot));
    }

    /** What names the message of a slot, with another root and round: a flyweight, until the next call. */
    MessageKey key(final int slot, final long root, final int round) {
        final int at = at(slot);
        stored.id().wrap(ids, slot * stride, records[at + ID_LENGTH]);
        return stored.set(root, round, records[at + HANDLER]);
    }

    long root(final int slot) {
        return getLong(at(slot) + ROOT);
    }

    int round(final int slot) {
        return records[at(slot) + ROUND];
    }

    /** The peer that brought the message; NO_PEER if none did, or it is not known. */
    int source(final int slot) {
        return records[at(slot) + SOURCE];
    }

    void source(final int slot, final int peer) {
        records[at(slot) + SOURCE] = peer;
    }

    /** Whether the message travelled on the common tree here. */
    boolean isShared(final int slot) {
        return records[at(slot) + SHARED] != 0;
    }

    void shared(final int slot, final boolean isShared) {
        records[at(slot) + SHARED] = isShared ? 1 : 0;
    }

    /** In which round, and when, the source brought the message. */
    void arrived(final int slot, final int round, final long nowNs) {
        records[at(slot) + SOURCE_ROUND] = round;
        putLong(at(slot) + SOURCE_NS, nowNs);
    }

    int sourceRound(final int slot) {
        return records[at(slot) + SOURCE_ROUND];
    }

    long sourceNs(final int slot) {
        return getLong(at(slot) + SOURCE_NS);
    }

    /** A peer is gone, and another may get its index: it has brought nothing. */
    void forgetSource(final int peer) {
        for (int slot = 0; slot < capacity; slot++) {
            if (source(slot) == peer) {
                source(slot, Peers.NO_PEER);
            }
        }
    }
}
