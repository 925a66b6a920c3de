package io.plumtree.simulator;

import io.plumtree.simulator.cluster.ClusterView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The same messages flooded over the same overlay, in which each node passes what is new on over all its links: the
 * shortest time in which they can be everywhere.
 */
final class Flood {
    private final ClusterView cluster;
    private final long jitterNs;
    private final double loss;
    private final SplittableRandom random;
    private final int[] starts;
    private final int[] peers;
    private final long[] latenciesNs;
    private final Map<Integer, long[]> times = new HashMap<>();

    Flood(final ClusterView cluster, final Scenario scenario, final long seed) {
        this.cluster = cluster;
        this.jitterNs = scenario.jitterNs();
        this.loss = scenario.loss();
        this.random = new SplittableRandom(seed);
        starts = new int[cluster.size() + 1];
        for (int node = 0; node < cluster.size(); node++) {
            starts[node + 1] = starts[node] + cluster.peers(node).length;
        }
        peers = new int[starts[cluster.size()]];
        latenciesNs = new long[peers.length];
        for (int node = 0; node < cluster.size(); node++) {
            int next = starts[node];
            for (final int peer : cluster.peers(node)) {
                peers[next] = peer;
                latenciesNs[next++] = cluster.latencyNs(node, peer);
            }
        }
    }

    private record Arrival(long timeNs, int node) implements Comparable<Arrival> {
        @Override
        public int compareTo(final Arrival other) {
            return timeNs == other.timeNs ? Integer.compare(node, other.node) : Long.compare(timeNs, other.timeNs);
        }
    }

    /** Records when the flood of a root reaches each other living node. */
    void record(final int root, final LatencyRecord record) {
        final boolean isRandom = jitterNs > 0 || loss > 0;
        final long[] timesNs = isRandom ? flood(root) : times.computeIfAbsent(root, this::flood);
        for (int node = 0; node < timesNs.length; node++) {
            if (node != root && timesNs[node] != Long.MAX_VALUE) {
                record.add(timesNs[node]);
            }
        }
    }

    private long[] flood(final int root) {
        final long[] timesNs = new long[cluster.size()];
        final boolean[] isDone = new boolean[timesNs.length];
        Arrays.fill(timesNs, Long.MAX_VALUE);
        final PriorityQueue<Arrival> queue = new PriorityQueue<>();
        timesNs[root] = 0;
        queue.add(new Arrival(0, root));
        while (!queue.isEmpty()) {
            final Arrival arrival = queue.remove();
            final int node = arrival.node();
            if (isDone[node]) {
                continue;
            }
            isDone[node] = true;
            for (int i = starts[node]; i < starts[node + 1]; i++) {
                final int peer = peers[i];
                if (isDone[peer] || !cluster.isAlive(peer) || loss > 0 && random.nextDouble() < loss) {
                    continue;
                }
                final long lateNs = jitterNs > 0 ? random.nextLong(jitterNs + 1) : 0;
                final long atNs = arrival.timeNs() + latenciesNs[i] + lateNs;
                if (atNs < timesNs[peer]) {
                    timesNs[peer] = atNs;
                    queue.add(new Arrival(atNs, peer));
                }
            }
        }
        return timesNs;
    }
}
