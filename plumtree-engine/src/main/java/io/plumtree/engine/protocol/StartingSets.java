package io.plumtree.engine.protocol;

import java.util.Arrays;

/**
 * First eager and lazy peers, computed by every node for itself from the members alone, with the sizes that the
 * reference documents at {@code start_link/0}: one member: none. Two: the other one eager. Fewer than five: one eager,
 * one lazy. From five on: at most two eager, and one lazy.
 *
 * <p>The eager peers are the reference's {@code build_tree} with cycles (a k-ary tree folded over the members, so
 * that every member is reached from each): the successor below five members, positions {@code 2i + 1} and
 * {@code 2i + 2} from five on. Our order is that of the ids' values. The lazy peer, random in the reference, is the
 * next member that is not eager; so the successor is always one of the peers, and the links contain a ring.
 */
public final class StartingSets {
    private StartingSets() {
    }

    /**
     * First eager peers.
     *
     * @param self    value of this node's id.
     * @param members every member, this node included or not.
     * @return values of their ids.
     */
    public static long[] eagers(final long self, final long[] members) {
        final long[] ring = ring(self, members);
        final int count = ring.length;
        final int position = Arrays.binarySearch(ring, self);
        if (count == 1) {
            return new long[0];
        }
        if (count < 5) {
            return new long[]{ring[(position + 1) % count]};
        }
        final long first = ring[(2 * position + 1) % count];
        final long second = ring[(2 * position + 2) % count];
        if (first == self) {
            return new long[]{second};
        }
        return second == self ? new long[]{first} : new long[]{first, second};
    }

    /**
     * First lazy peers.
     *
     * @param self    value of this node's id.
     * @param members every member, this node included or not.
     * @return values of their ids.
     */
    public static long[] lazys(final long self, final long[] members) {
        final long[] ring = ring(self, members);
        final int position = Arrays.binarySearch(ring, self);
        if (ring.length < 3) {
            return new long[0];
        }
        final long[] eagers = eagers(self, members);
        int next = position + 1;
        while (contains(eagers, ring[next % ring.length])) {
            next++;
        }
        return new long[]{ring[next % ring.length]};
    }

    private static boolean contains(final long[] values, final long value) {
        for (final long each : values) {
            if (each == value) {
                return true;
            }
        }
        return false;
    }

    /** All members and this node, each once, in the order that {@link PeerTable#successor} has too. */
    private static long[] ring(final long self, final long[] members) {
        final long[] all = Arrays.copyOf(members, members.length + 1);
        all[members.length] = self;
        return Arrays.stream(all).sorted().distinct().toArray();
    }
}
