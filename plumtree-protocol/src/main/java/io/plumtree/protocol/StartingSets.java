package io.plumtree.protocol;

import io.plumtree.protocol.options.StartingPeers;
import java.util.Arrays;

/**
 * First eager and lazy peers, computed by every node for itself from the members alone, with the sizes that
 * {@link StartingPeers} states.
 *
 * <p>The eager peers are the reference's {@code build_tree} with cycles (a k-ary tree folded over the members, so
 * that every member is reached from each): the successor below five members, positions {@code ki + 1} to
 * {@code ki + k} from five on. Our order is that of the ids' values. The lazy peer, random in the reference, is the
 * next member that is not eager; so the successor is always one of the peers, and the links contain a ring.
 */
public final class StartingSets {
    private static final int BINARY_FROM = 5;
    private static final int LOGARITHMIC_FROM = 10;

    private StartingSets() {
    }

    /**
     * First eager peers.
     *
     * @param how     how they are computed.
     * @param self    value of this node's id.
     * @param members every member, this node included or not.
     * @return values of their ids.
     */
    public static long[] eagers(final StartingPeers how, final long self, final long[] members) {
        final long[] ring = ring(self, members);
        final int count = ring.length;
        final int position = Arrays.binarySearch(ring, self);
        return switch (how) {
            case ALL -> others(ring, position, 1, count - 1);
            case LOGARITHMIC -> count < LOGARITHMIC_FROM ? small(ring, position) :
                others(ring, position, logarithmicCount(count), logarithmicCount(count));
            case REFERENCE -> small(ring, position);
        };
    }

    /** One, and at most two from five members on: the folded tree gives some nodes themselves as a child. */
    private static long[] small(final long[] ring, final int position) {
        final int count = ring.length;
        if (count < BINARY_FROM) {
            return others(ring, position, 1, Math.min(1, count - 1));
        }
        final boolean isOwnChild = (2 * position + 1) % count == position || (2 * position + 2) % count == position;
        return others(ring, position, 2, isOwnChild ? 1 : 2);
    }

    /** Positions from {@code degree * i + 1} on, the children of position i in the folded tree, less itself. */
    private static long[] others(final long[] ring, final int position, final int degree, final int size) {
        final long[] others = new long[size];
        int next = degree * position + 1;
        for (int i = 0; i < size; next++) {
            if (next % ring.length != position) {
                others[i++] = ring[next % ring.length];
            }
        }
        return others;
    }

    /**
     * How many eager peers there are from {@value #LOGARITHMIC_FROM} members on, with the sizes of riak_core.
     *
     * @param count of members, this node included.
     * @return the number.
     */
    static int logarithmicCount(final int count) {
        return (int) Math.round(Math.log(count) + 1);
    }

    /**
     * First lazy peers.
     *
     * @param how     how they are computed.
     * @param self    value of this node's id.
     * @param members every member, this node included or not.
     * @return values of their ids.
     */
    public static long[] lazys(final StartingPeers how, final long self, final long[] members) {
        final long[] ring = ring(self, members);
        final int position = Arrays.binarySearch(ring, self);
        if (ring.length < 3 || how == StartingPeers.ALL) {
            return new long[0];
        }
        final long[] eagers = eagers(how, self, members);
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

    /** All members and this node, each once, in the order that {@link MemberIndexes#successor} has too. */
    private static long[] ring(final long self, final long[] members) {
        final long[] all = Arrays.copyOf(members, members.length + 1);
        all[members.length] = self;
        return Arrays.stream(all).sorted().distinct().toArray();
    }
}
