package io.plumtree.handlers.pubsub;

import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * Finds the slot of an id. Open addressing over arrays that are allocated once: linear probing, at most half full, and
 * removal moves what follows back, so that there are no tombstones.
 */
final class IdIndex {
    static final int NOT_FOUND = -1;

    private final long[] origins;
    private final long[] incarnations;
    private final long[] sequences;
    private final int[] slots;
    private final int mask;

    IdIndex(final int capacity) {
        origins = new long[capacity];
        incarnations = new long[capacity];
        sequences = new long[capacity];
        slots = new int[BitUtil.findNextPositivePowerOfTwo(capacity * 2)];
        mask = slots.length - 1;
        Arrays.fill(slots, NOT_FOUND);
    }

    int find(final long origin, final long incarnation, final long sequence) {
        int position = hash(origin, incarnation, sequence) & mask;
        int slot;
        while ((slot = slots[position]) != NOT_FOUND) {
            if (sequences[slot] == sequence && origins[slot] == origin && incarnations[slot] == incarnation) {
                return slot;
            }
            position = position + 1 & mask;
        }
        return NOT_FOUND;
    }

    /** Puts an id that is not there into a slot that is free. */
    void put(final int slot, final long origin, final long incarnation, final long sequence) {
        origins[slot] = origin;
        incarnations[slot] = incarnation;
        sequences[slot] = sequence;
        int position = hash(slot) & mask;
        while (slots[position] != NOT_FOUND) {
            position = position + 1 & mask;
        }
        slots[position] = slot;
    }

    /** Frees a slot that is taken. */
    void remove(final int slot) {
        int hole = hash(slot) & mask;
        while (slots[hole] != slot) {
            hole = hole + 1 & mask;
        }
        int position = hole;
        while (slots[position = position + 1 & mask] != NOT_FOUND) {
            final int distanceFromHome = position - hash(slots[position]) & mask;
            final int distanceFromHole = position - hole & mask;
            if (distanceFromHome >= distanceFromHole) {
                slots[hole] = slots[position];
                hole = position;
            }
        }
        slots[hole] = NOT_FOUND;
    }

    long origin(final int slot) {
        return origins[slot];
    }

    long incarnation(final int slot) {
        return incarnations[slot];
    }

    long sequence(final int slot) {
        return sequences[slot];
    }

    private int hash(final int slot) {
        return hash(origins[slot], incarnations[slot], sequences[slot]);
    }

    private static int hash(final long origin, final long incarnation, final long sequence) {
        long hash = (origin ^ incarnation * 0x9E3779B97F4A7C15L) + sequence * 0xD1342543DE82EF95L;
        hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        return (int) (hash ^ hash >>> 32);
    }
}
