package io.plumtree.protocol;

import io.plumtree.protocol.flow.Backlog;
import java.util.Arrays;

/**
 * Announcements made, or to be made, and not yet acknowledged (the reference's {@code outstanding}), by peer and by
 * message.
 *
 * <p>A peer's entries stand in one queue for each number of announcements made so far; as the wait after the k-th is
 * the same for all, each queue is in order of its deadlines, and a tick touches only what is due.
 *
 * <p>Another queue has a peer's entries in the order in which they were recorded. What is recorded has a position in
 * the stream of all messages, so that the oldest entry says how far behind the stream the peer may be: as with a TCP
 * window, one message that is not acknowledged counts like all that came after it.
 *
 * <p>All that is kept of an entry lies together, in no more than a cache line.
 */
final class Outstanding implements Backlog {
    static final int NONE = -1;
    /** Queues a peer: never announced, announced once, … announced five times or more. */
    static final int LEVELS = 6;

    private static final int PEER = 0;
    private static final int SLOT = 1;
    private static final int DUE_NS = 2;
    private static final int LEVEL = 4;
    private static final int POSITION = 5;
    private static final int NEXT = 6;
    private static final int PREVIOUS = 7;
    private static final int NEWER = 8;
    private static final int OLDER = 9;
    private static final int NEXT_IN_BUCKET = 10;
    private static final int RECORD_BITS = 4;
    /** The stream goes on by one for so many bits of length, too. */
    private static final int STREAM_UNIT_BITS = 10;
    /** Neighbours in the hash table for the entries of one message: about as many as a node has lazy peers. */
    private static final int BUCKETS_PER_SLOT_BITS = 2;

    private final MessageTable messages;
    private final int maxPerPeer;
    private final long baseIntervalNs;
    private final int[] records;
    private final int[] buckets;
    private final int bucketMask;
    private final int[] heads;
    private final int[] tails;
    private final int[] oldest;
    private final int[] newest;
    private final int[] counts;
    private int firstFree;
    private int size;
    private int streamPosition;
    /** Where the last message begins. */
    private int messagePosition;

    Outstanding(
        final MessageTable messages,
        final int maxPeers,
        final int capacity,
        final int maxPerPeer,
        final long baseIntervalNs) {
        this.messages = messages;
        this.maxPerPeer = maxPerPeer;
        this.baseIntervalNs = baseIntervalNs;
        records = new int[Math.multiplyExact(capacity, 1 << RECORD_BITS)];
        buckets = new int[Integer.highestOneBit(Math.max(2, capacity * 2 - 1))];
        bucketMask = buckets.length - 1;
        heads = new int[maxPeers * LEVELS];
        tails = new int[maxPeers * LEVELS];
        oldest = new int[maxPeers];
        newest = new int[maxPeers];
        counts = new int[maxPeers];
        Arrays.fill(buckets, NONE);
        Arrays.fill(heads, NONE);
        Arrays.fill(tails, NONE);
        Arrays.fill(oldest, NONE);
        Arrays.fill(newest, NONE);
        for (int entry = 0; entry < capacity; entry++) {
            records[at(entry) + NEXT] = entry + 1 < capacity ? entry + 1 : NONE;
        }
    }

    private static int at(final int entry) {
        return entry << RECORD_BITS;
    }

    /** Entries of all peers. */
    int size() {
        return size;
    }

    @Override
    public int count(final int peer) {
        return counts[peer];
    }

    /** The stream goes on by messages that travel as one. */
    void advance(final int messageCount, final int length) {
        messagePosition = streamPosition;
        streamPosition += messageCount + (length >> STREAM_UNIT_BITS);
    }

    @Override
    public int streamPosition() {
        return streamPosition;
    }

    @Override
    public int oldestPosition(final int peer) {
        return position(oldest[peer]);
    }

    /** Where an entry's message stands in the stream. */
    private int position(final int entry) {
        return records[at(entry) + POSITION];
    }

    /**
     * Records a message for a peer where the stream's last one stands, to be announced at the next tick. Where there is
     * no room, the peer's oldest entry goes, as it is what an exchange will find, and the handlers may keep no longer;
     * likewise whatever lies further back in the stream than the peer may have entries.
     *
     * @return false if an entry had to go, or this one could not be recorded.
     */
    boolean add(final int peer, final int slot, final long nowNs) {
        if (find(peer, slot) != NONE) {
            return true;
        }
        boolean hasRoom = firstFree != NONE && counts[peer] < maxPerPeer;
        if (!hasRoom) {
            if (counts[peer] == 0) {
                return false;
            }
            removeEntry(oldest[peer]);
        }
        while (counts[peer] > 0 && messagePosition - oldestPosition(peer) >= maxPerPeer) {
            removeEntry(oldest[peer]);
            hasRoom = false;
        }
        insert(peer, slot, nowNs);
        return hasRoom;
    }

    private void insert(final int peer, final int slot, final long nowNs) {
        final int entry = firstFree;
        final int at = at(entry);
        firstFree = records[at + NEXT];
        messages.retain(slot);
        counts[peer]++;
        size++;
        records[at + PEER] = peer;
        records[at + SLOT] = slot;
        dueNs(entry, nowNs);
        records[at + POSITION] = messagePosition;
        records[at + NEWER] = NONE;
        records[at + OLDER] = newest[peer];
        if (newest[peer] == NONE) {
            oldest[peer] = entry;
        } else {
            records[at(newest[peer]) + NEWER] = entry;
        }
        newest[peer] = entry;
        final int bucket = bucket(peer, slot);
        records[at + NEXT_IN_BUCKET] = buckets[bucket];
        buckets[bucket] = entry;
        enqueue(entry, 0);
    }

    /** Deletes the entry of a message for a peer, if there is one; true if it had been announced. */
    boolean remove(final int peer, final int slot) {
        final int entry = find(peer, slot);
        if (entry == NONE) {
            return false;
        }
        removeEntry(entry);
        return records[at(entry) + LEVEL] > 0;
    }

    void removePeer(final int peer) {
        for (int level = 0; level < LEVELS; level++) {
            while (heads[peer * LEVELS + level] != NONE) {
                removeEntry(heads[peer * LEVELS + level]);
            }
        }
    }

    int first(final int peer, final int level) {
        return heads[peer * LEVELS + level];
    }

    int next(final int entry) {
        return records[at(entry) + NEXT];
    }

    int slot(final int entry) {
        return records[at(entry) + SLOT];
    }

    boolean isDue(final int entry, final long nowNs) {
        return dueNs(entry) - nowNs <= 0;
    }

    private long dueNs(final int entry) {
        final int index = at(entry) + DUE_NS;
        return records[index] & 0xFFFFFFFFL | (long) records[index + 1] << Integer.SIZE;
    }

    private void dueNs(final int entry, final long timeNs) {
        final int index = at(entry) + DUE_NS;
        records[index] = (int) timeNs;
        records[index + 1] = (int) (timeNs >>> Integer.SIZE);
    }

    /** How long until the first entry of a peer is due; 0 if one is, Long.MAX_VALUE if there is none. */
    long waitNs(final int peer, final long nowNs) {
        long waitNs = Long.MAX_VALUE;
        for (int level = 0; level < LEVELS; level++) {
            final int entry = first(peer, level);
            if (entry != NONE) {
                waitNs = Math.min(waitNs, Math.max(0, dueNs(entry) - nowNs));
            }
        }
        return waitNs;
    }

    /**
     * The first entries of a queue have been announced: they wait for their acknowledgements, longer each time, and
     * go over to the end of the next queue as they stand.
     */
    void announced(final int peer, final int level, final int count, final long nowNs) {
        final int first = first(peer, level);
        final int nextLevel = Math.min(level + 1, LEVELS - 1);
        final long dueNs = nowNs + (baseIntervalNs << nextLevel - 1);
        int last = NONE;
        int rest = first;
        for (int i = 0; i < count; i++) {
            records[at(rest) + LEVEL] = nextLevel;
            dueNs(rest, dueNs);
            last = rest;
            rest = next(rest);
        }
        if (last != NONE) {
            setHead(peer * LEVELS + level, rest);
            append(peer * LEVELS + nextLevel, first, last);
        }
    }

    /** What stood before in the queue does not any more. */
    private void setHead(final int queue, final int entry) {
        heads[queue] = entry;
        if (entry == NONE) {
            tails[queue] = NONE;
        } else {
            records[at(entry) + PREVIOUS] = NONE;
        }
    }

    /** Entries that are linked to each other go to the end of a queue. */
    private void append(final int queue, final int first, final int last) {
        final int tail = tails[queue];
        records[at(first) + PREVIOUS] = tail;
        records[at(last) + NEXT] = NONE;
        if (tail == NONE) {
            heads[queue] = first;
        } else {
            records[at(tail) + NEXT] = first;
        }
        tails[queue] = last;
    }

    /** Makes every entry of a peer due, as if it had never been announced. */
    void restart(final int peer, final long nowNs) {
        for (int level = 1; level < LEVELS; level++) {
            while (first(peer, level) != NONE) {
                final int entry = first(peer, level);
                dueNs(entry, nowNs);
                dequeue(entry);
                enqueue(entry, 0);
            }
        }
    }

    /**
     * Makes some of a peer's oldest entries due which have been announced twice or more, and would wait for longer than
     * the base interval.
     */
    void expedite(final int peer, final int max, final long nowNs) {
        int entry = oldest[peer];
        for (int i = 0; i < max && entry != NONE; i++) {
            if (dueNs(entry) - nowNs > baseIntervalNs) {
                dueNs(entry, nowNs);
                dequeue(entry);
                enqueue(entry, 0);
            }
            entry = records[at(entry) + NEWER];
        }
    }

    private int find(final int peer, final int slot) {
        int entry = buckets[bucket(peer, slot)];
        while (entry != NONE && (records[at(entry) + SLOT] != slot || records[at(entry) + PEER] != peer)) {
            entry = records[at(entry) + NEXT_IN_BUCKET];
        }
        return entry;
    }

    /** Slots that are near each other, as those in use mostly are, are so in the hash table, too. */
    private int bucket(final int peer, final int slot) {
        final int group = peer >>> BUCKETS_PER_SLOT_BITS;
        return (slot << BUCKETS_PER_SLOT_BITS) + peer + group * 0x9e3779b9 & bucketMask;
    }

    private void removeEntry(final int entry) {
        dequeue(entry);
        final int at = at(entry);
        final int peer = records[at + PEER];
        final int slot = records[at + SLOT];
        final int nextInBucket = records[at + NEXT_IN_BUCKET];
        final int bucket = bucket(peer, slot);
        if (buckets[bucket] == entry) {
            buckets[bucket] = nextInBucket;
        } else {
            int before = buckets[bucket];
            while (records[at(before) + NEXT_IN_BUCKET] != entry) {
                before = records[at(before) + NEXT_IN_BUCKET];
            }
            records[at(before) + NEXT_IN_BUCKET] = nextInBucket;
        }
        final int older = records[at + OLDER];
        final int newer = records[at + NEWER];
        if (older == NONE) {
            oldest[peer] = newer;
        } else {
            records[at(older) + NEWER] = newer;
        }
        if (newer == NONE) {
            newest[peer] = older;
        } else {
            records[at(newer) + OLDER] = older;
        }
        counts[peer]--;
        size--;
        messages.release(slot);
        records[at + NEXT] = firstFree;
        firstFree = entry;
    }

    private void enqueue(final int entry, final int level) {
        records[at(entry) + LEVEL] = level;
        append(records[at(entry) + PEER] * LEVELS + level, entry, entry);
    }

    private void dequeue(final int entry) {
        final int at = at(entry);
        final int queue = records[at + PEER] * LEVELS + records[at + LEVEL];
        final int previous = records[at + PREVIOUS];
        final int next = records[at + NEXT];
        if (previous == NONE) {
            heads[queue] = next;
        } else {
            records[at(previous) + NEXT] = next;
        }
        if (next == NONE) {
            tails[queue] = previous;
        } else {
            records[at(next) + PREVIOUS] = previous;
        }
    }
}
