package io.plumtree.simulator;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * An overlay at one moment, and what there is to say of its shape.
 *
 * @param peers whom each node has as a neighbour; null for nodes that do not run.
 */
record OverlayGraph(int[][] peers) {
    private static final int UNREACHED = -1;

    /** The overlay of some nodes. */
    static OverlayGraph of(final int nodes, final IntFunction<int[]> peers) {
        final int[][] graph = new int[nodes][];
        Arrays.setAll(graph, peers);
        return new OverlayGraph(graph);
    }

    /** Whether both have each other. */
    boolean isLink(final int from, final int to) {
        if (peers[to] != null) {
            for (final int peer : peers[to]) {
                if (peer == from) {
                    return true;
                }
            }
        }
        return false;
    }

    int running() {
        return (int) Arrays.stream(peers).filter(each -> each != null).count();
    }

    /** How many nodes have 0, 1, 2, … others that have them as a neighbour. */
    int[] inDegrees() {
        final int[] in = new int[peers.length];
        for (final int[] each : peers) {
            if (each != null) {
                for (final int peer : each) {
                    in[peer]++;
                }
            }
        }
        final int[] degrees = new int[peers.length + 1];
        int most = 0;
        for (int node = 0; node < peers.length; node++) {
            if (peers[node] != null) {
                degrees[in[node]]++;
                most = Math.max(most, in[node]);
            }
        }
        return Arrays.copyOf(degrees, most + 1);
    }

    /** The share of the pairs of a node's neighbours that are neighbours themselves, mean over the nodes. */
    double clustering() {
        double sum = 0;
        for (final int[] each : peers) {
            if (each != null && each.length > 1) {
                int linked = 0;
                for (int i = 0; i < each.length; i++) {
                    for (int j = 0; j < i; j++) {
                        linked += isLink(each[i], each[j]) ? 1 : 0;
                    }
                }
                sum += 2.0 * linked / (each.length * (each.length - 1));
            }
        }
        return sum / Math.max(1, running());
    }

    /** Hops from a node to each over links that both ends have; negative where there is no way. */
    int[] hops(final int from) {
        final int[] hops = new int[peers.length];
        Arrays.fill(hops, UNREACHED);
        if (peers[from] == null) {
            return hops;
        }
        final int[] queue = new int[peers.length];
        int end = 0;
        hops[from] = 0;
        queue[end++] = from;
        for (int next = 0; next < end; next++) {
            for (final int peer : peers[queue[next]]) {
                if (hops[peer] == UNREACHED && isLink(queue[next], peer)) {
                    hops[peer] = hops[queue[next]] + 1;
                    queue[end++] = peer;
                }
            }
        }
        return hops;
    }

    /** How many nodes a node reaches, itself included. */
    int reach(final int from) {
        return (int) Arrays.stream(hops(from)).filter(each -> each != UNREACHED).count();
    }

    /** Nodes that run and are not in the largest connected part. */
    int isolated() {
        final boolean[] isSeen = new boolean[peers.length];
        int largest = 0;
        for (int node = 0; node < peers.length; node++) {
            if (peers[node] != null && !isSeen[node]) {
                final int[] hops = hops(node);
                int size = 0;
                for (int other = 0; other < hops.length; other++) {
                    if (hops[other] != UNREACHED) {
                        isSeen[other] = true;
                        size++;
                    }
                }
                largest = Math.max(largest, size);
            }
        }
        return running() - largest;
    }

    /** Mean hops between two nodes between which there is a way, from some nodes drawn at random to all. */
    double meanHops(final int samples, final SplittableRandom random) {
        long sum = 0;
        long count = 0;
        for (int i = 0; i < samples; i++) {
            for (final int each : hops(random.nextInt(peers.length))) {
                if (each > 0) {
                    sum += each;
                    count++;
                }
            }
        }
        return count == 0 ? 0 : (double) sum / count;
    }
}
