package io.plumtree.engine.protocol;

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
 */
final class Outstanding {
    static final int NONE = -1;
    /** Queues a peer: never announced, announced once, … announced five times or more. */
    static final int LEVELS = 6;

    private final MessageTable messages;
    private final int maxPerPeer;
    private final long baseIntervalNs;
    private final int[] peers;
    private final int[] slots;
    private final byte[] levels;
    private final long[] dueNs;
    private final int[] next;
    private final int[] previous;
    private final int[] positions;
    private final int[] newer;
    private final int[] older;
    private final int[] nextInBucket;
    private final int[] buckets;
    private final int bucketMask;
    private final int[] heads;
    private final int[] tails;
    private final int[] oldest;
    private final int[] newest;
    private final int[] counts;
    private int firstFree;
    private int size;

    Outstanding(
        final MessageTable messages,
        final int maxPeers,
        final int capacity,
        final int maxPerPeer,
        final long baseIntervalNs) {
        this.messages = messages;
        this.maxPerPeer = maxPerPeer;
        this.baseIntervalNs = baseIntervalNs;
        peers = new int[capacity];
        slots = new int[capacity];
        levels = new byte[capacity];
        dueNs = new long[capacity];
        next = new int[capacity];
        previous = new int[capacity];
        positions = new int[capacity];
        newer = new int[capacity];
        older = new int[capacity];
        nextInBucket = new int[capacity];
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
            next[entry] = entry + 1 < capacity ? entry + 1 : NONE;
        }
    }

    /** Entries of all peers. */
    int size() {
        return size;
    }

    int count(final int peer) {
        return counts[peer];
    }

    /** The peer's oldest entry, of those that were recorded first; NONE if it has none. */
    int oldest(final int peer) {
        return oldest[peer];
    }

    /** Where an entry's message stands in the stream. */
    int position(final int entry) {
        return positions[entry];
    }

    /**
     * Records a message for a peer, to be announced at the next tick. Where there is no room, the peer's oldest entry
     * goes, as it is what an exchange will find, and the handlers may keep no longer; likewise whatever lies further
     * back in the stream than the peer may have entries.
     *
     * @return false if an entry had to go, or this one could not be recorded.
     */
    boolean add(final int peer, final int slot, final int position, final long nowNs) {
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
        while (counts[peer] > 0 && position - positions[oldest[peer]] >= maxPerPeer) {
            removeEntry(oldest[peer]);
            hasRoom = false;
        }
        insert(peer, slot, position, nowNs);
        return hasRoom;
    }

    private void insert(final int peer, final int slot, final int position, final long nowNs) {
        final int entry = firstFree;
        firstFree = next[entry];
        messages.retain(slot);
        counts[peer]++;
        size++;
        peers[entry] = peer;
        slots[entry] = slot;
        dueNs[entry] = nowNs;
        positions[entry] = position;
        newer[entry] = NONE;
        older[entry] = newest[peer];
        if (newest[peer] == NONE) {
            oldest[peer] = entry;
        } else {
            newer[newest[peer]] = entry;
        }
        newest[peer] = entry;
        final int bucket = bucket(peer, slot);
        nextInBucket[entry] = buckets[bucket];
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
        return levels[entry] > 0;
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

    int last(final int peer, final int level) {
        return tails[peer * LEVELS + level];
    }

    int next(final int entry) {
        return next[entry];
    }

    int slot(final int entry) {
        return slots[entry];
    }

    boolean isDue(final int entry, final long nowNs) {
        return dueNs[entry] - nowNs <= 0;
    }

    /** How long until the first entry of a peer is due; 0 if one is, Long.MAX_VALUE if there is none. */
    long waitNs(final int peer, final long nowNs) {
        long waitNs = Long.MAX_VALUE;
        for (int level = 0; level < LEVELS; level++) {
            final int entry = first(peer, level);
            if (entry != NONE) {
                waitNs = Math.min(waitNs, Math.max(0, dueNs[entry] - nowNs));
            }
        }
        return waitNs;
    }

    /** The entry has been announced: it waits for its acknowledgement, longer each time. */
    void announced(final int entry, final long nowNs) {
        final int level = Math.min(levels[entry] + 1, LEVELS - 1);
        dueNs[entry] = nowNs + (baseIntervalNs << level - 1);
        dequeue(entry);
        enqueue(entry, level);
    }

    /** Makes every entry of a peer due, as if it had never been announced. */
    void restart(final int peer, final long nowNs) {
        for (int level = 1; level < LEVELS; level++) {
            while (first(peer, level) != NONE) {
                final int entry = first(peer, level);
                dueNs[entry] = nowNs;
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
            if (dueNs[entry] - nowNs > baseIntervalNs) {
                dueNs[entry] = nowNs;
                dequeue(entry);
                enqueue(entry, 0);
            }
            entry = newer[entry];
        }
    }

    private int find(final int peer, final int slot) {
        int entry = buckets[bucket(peer, slot)];
        while (entry != NONE && (slots[entry] != slot || peers[entry] != peer)) {
            entry = nextInBucket[entry];
        }
        return entry;
    }

    private int bucket(final int peer, final int slot) {
        final int hash = (slot * 0x9e3779b9 ^ peer) * 0x85ebca6b;
        return (hash ^ hash >>> 15) & bucketMask;
    }

    private void removeEntry(final int entry) {
        dequeue(entry);
        final int bucket = bucket(peers[entry], slots[entry]);
        if (buckets[bucket] == entry) {
            buckets[bucket] = nextInBucket[entry];
        } else {
            int before = buckets[bucket];
            while (nextInBucket[before] != entry) {
                before = nextInBucket[before];
            }
            nextInBucket[before] = nextInBucket[entry];
        }
        final int peer = peers[entry];
        if (older[entry] == NONE) {
            oldest[peer] = newer[entry];
        } else {
            newer[older[entry]] = newer[entry];
        }
        if (newer[entry] == NONE) {
            newest[peer] = older[entry];
        } else {
            older[newer[entry]] = older[entry];
        }
        counts[peer]--;
        size--;
        messages.release(slots[entry]);
        next[entry] = firstFree;
        firstFree = entry;
    }

    private void enqueue(final int entry, final int level) {
        final int queue = peers[entry] * LEVELS + level;
        levels[entry] = (byte) level;
        next[entry] = NONE;
        previous[entry] = tails[queue];
        if (tails[queue] == NONE) {
            heads[queue] = entry;
        } else {
            next[tails[queue]] = entry;
        }
        tails[queue] = entry;
    }

    private void dequeue(final int entry) {
        final int queue = peers[entry] * LEVELS + levels[entry];
        if (previous[entry] == NONE) {
            heads[queue] = next[entry];
        } else {
            next[previous[entry]] = next[entry];
        }
        if (next[entry] == NONE) {
            tails[queue] = previous[entry];
        } else {
            previous[next[entry]] = previous[entry];
        }
    }
}
