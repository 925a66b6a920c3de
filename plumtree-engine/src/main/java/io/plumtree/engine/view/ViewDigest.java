package io.plumtree.engine.view;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.plumtree.engine.options.FullViewOptions;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What a node knows, in brief: two nodes that know the same have the same digest. Members are dealt out to buckets by
 * their values, and each bucket has a sum of hashes, in which order does not matter; so a difference shows where it is,
 * and not all members need be told because of one.
 *
 * <p>Versions are left out: they change everywhere all the time, and of two nodes one is always first to know. What
 * counts is the run and whether it is alive, gone, or about to expire, as it is where refreshes were missed. A refresh
 * that has just come in makes no difference, therefore. (An exact digest has versions, too: for where nothing is on its
 * way.)
 */
final class ViewDigest {
    static final int BUCKETS = 64;
    static final int LENGTH = BUCKETS * Long.BYTES;

    private static final int FRESH = 1;
    private static final int OVERDUE = 2;
    private static final int GONE = 3;

    private final long[] sums = new long[BUCKETS];

    static int bucket(final MemberEntry entry) {
        // The lower bits of a node's value are as good as any, since it is a hash.
        return (int) (entry.member.id().value() & BUCKETS - 1);
    }

    void addAll(final MemberTable table, final FullViewOptions options, final boolean isExact, final long nowNs) {
        final long overdueNs = options.refreshPeriodNs() + (options.expiryNs() - options.refreshPeriodNs()) / 2;
        for (final MemberEntry entry : table.all()) {
            // Nothing is known of this node itself before it has announced itself.
            if (entry.version > 0) {
                final boolean isOverdue = entry != table.self() && nowNs - entry.sinceNs >= overdueNs;
                add(entry, !entry.isAlive() ? GONE : isOverdue ? OVERDUE : FRESH, isExact ? entry.version : 0);
            }
        }
    }

    private void add(final MemberEntry entry, final int state, final long version) {
        final long run = mix(entry.member.id().value() ^ mix(entry.incarnation));
        sums[bucket(entry)] += mix(run + mix(version) + state);
    }

    void encode(final MutableDirectBuffer buffer, final int offset) {
        for (int i = 0; i < BUCKETS; i++) {
            buffer.putLong(offset + i * Long.BYTES, sums[i], LITTLE_ENDIAN);
        }
    }

    void decode(final DirectBuffer buffer, final int offset) {
        for (int i = 0; i < BUCKETS; i++) {
            sums[i] = buffer.getLong(offset + i * Long.BYTES, LITTLE_ENDIAN);
        }
    }

    boolean differs(final ViewDigest other, final int bucket) {
        return sums[bucket] != other.sums[bucket];
    }

    /** The finaliser of SplitMix64. */
    private static long mix(final long value) {
        long hash = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }
}
