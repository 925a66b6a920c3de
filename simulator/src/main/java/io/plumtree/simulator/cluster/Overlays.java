package io.plumtree.simulator.cluster;

import java.util.ArrayDeque;
import java.util.SplittableRandom;

/** Who is linked with whom. */
public final class Overlays {
    private static final int NONE = -1;

    private Overlays() {
    }

    /**
     * A random symmetric overlay in which each node has the same number of links, connected; if nodes and degree are
     * both odd one node has one link less.
     *
     * @param nodes  how many nodes.
     * @param degree links of each, below the number of nodes.
     * @param random draws it.
     * @return the links, two ends each, one after the other.
     */
    public static int[] random(final int nodes, final int degree, final SplittableRandom random) {
        if (degree >= nodes - 1) {
            return full(nodes);
        }
        while (true) {
            final int[] ends = tryRandom(nodes, degree, random);
            if (ends.length > 0 && isConnected(nodes, ends)) {
                return ends;
            }
        }
    }

    private static int[] full(final int nodes) {
        final int[] ends = new int[nodes * (nodes - 1)];
        int next = 0;
        for (int a = 0; a < nodes; a++) {
            for (int b = a + 1; b < nodes; b++) {
                ends[next++] = a;
                ends[next++] = b;
            }
        }
        return ends;
    }

    /**
     * Pairs the nodes' ends at random, then swaps ends between a bad pair (a loop, or a link that is there) and random
     * others until there is none. Empty if that does not come to an end.
     */
    private static int[] tryRandom(final int nodes, final int degree, final SplittableRandom random) {
        final int[] ends = new int[nodes * degree / 2 * 2];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = i / degree;
        }
        for (int i = ends.length - 1; i > 0; i--) {
            swap(ends, i, random.nextInt(i + 1));
        }
        final LinkSet links = new LinkSet(ends.length);
        for (int i = 0; i < ends.length; i += 2) {
            links.add(ends[i], ends[i + 1]);
        }
        int bad = firstBad(ends, links, 0);
        for (long tries = 100L * ends.length + 1_000; bad != NONE && tries > 0; tries--) {
            final int other = random.nextInt(ends.length / 2) * 2;
            if (other != bad && canSwap(ends, bad, other, links)) {
                links.remove(ends[bad], ends[bad + 1]);
                links.remove(ends[other], ends[other + 1]);
                swap(ends, bad + 1, other + 1);
                links.add(ends[bad], ends[bad + 1]);
                links.add(ends[other], ends[other + 1]);
                bad = firstBad(ends, links, bad);
            }
        }
        return bad == NONE ? ends : new int[0];
    }

    private static int firstBad(final int[] ends, final LinkSet links, final int from) {
        for (int i = from; i < ends.length; i += 2) {
            if (ends[i] == ends[i + 1] || links.count(ends[i], ends[i + 1]) > 1) {
                return i;
            }
        }
        return NONE;
    }

    private static boolean canSwap(final int[] ends, final int a, final int b, final LinkSet links) {
        return ends[a] != ends[b + 1] && ends[b] != ends[a + 1]
            && links.count(ends[a], ends[b + 1]) == 0 && links.count(ends[b], ends[a + 1]) == 0;
    }

    private static void swap(final int[] values, final int a, final int b) {
        final int value = values[a];
        values[a] = values[b];
        values[b] = value;
    }

    private static boolean isConnected(final int nodes, final int[] ends) {
        final int[] group = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            group[i] = i;
        }
        int groups = nodes;
        for (int i = 0; i < ends.length; i += 2) {
            final int a = find(group, ends[i]);
            final int b = find(group, ends[i + 1]);
            if (a != b) {
                group[a] = b;
                groups--;
            }
        }
        return groups == 1;
    }

    private static int find(final int[] group, final int node) {
        int at = node;
        while (group[at] != at) {
            group[at] = group[group[at]];
            at = group[at];
        }
        return at;
    }

    /**
     * The living nodes that are connected with a node over links of living nodes.
     *
     * @param cluster the cluster.
     * @param start   a living node.
     * @return for each node whether it is one of them.
     */
    public static boolean[] component(final ClusterView cluster, final int start) {
        final boolean[] reached = new boolean[cluster.size()];
        final ArrayDeque<Integer> queue = new ArrayDeque<>();
        reached[start] = true;
        queue.add(start);
        while (!queue.isEmpty()) {
            for (final int peer : cluster.peers(queue.remove())) {
                if (!reached[peer] && cluster.isAlive(peer)) {
                    reached[peer] = true;
                    queue.add(peer);
                }
            }
        }
        return reached;
    }

    /** How often each link is there, as a hash table with open addresses. */
    private static final class LinkSet {
        private final long[] keys;
        private final int[] counts;

        LinkSet(final int size) {
            keys = new long[Integer.highestOneBit(Math.max(4, size)) * 4];
            counts = new int[keys.length];
        }

        private int slot(final int a, final int b) {
            final long key = ((long) Math.min(a, b) << 32 | Math.max(a, b)) + 1;
            long hash = key * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
            int slot = (int) hash & keys.length - 1;
            while (keys[slot] != 0 && keys[slot] != key) {
                slot = slot + 1 & keys.length - 1;
            }
            keys[slot] = key;
            return slot;
        }

        void add(final int a, final int b) {
            counts[slot(a, b)]++;
        }

        void remove(final int a, final int b) {
            counts[slot(a, b)]--;
        }

        int count(final int a, final int b) {
            return counts[slot(a, b)];
        }
    }
}
