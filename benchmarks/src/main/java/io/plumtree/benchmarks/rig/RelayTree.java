package io.plumtree.benchmarks.rig;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who passes messages on to whom; node 0 is the root.
 *
 * @param children of each node, by the node's number.
 */
record RelayTree(List<int[]> children) {
    /** The tree in which each node has as many children as are left, up to the fan-out. */
    static RelayTree complete(final int nodes, final int fanOut) {
        return new RelayTree(IntStream.range(0, nodes)
            .mapToObj(node -> IntStream.rangeClosed(fanOut * node + 1, fanOut * node + fanOut)
                .filter(child -> child < nodes).toArray())
            .toList());
    }

    int nodes() {
        return children.size();
    }

    /** The parent of a node, -1 for the root. */
    int parent(final int node) {
        return IntStream.range(0, nodes())
            .filter(parent -> IntStream.of(children.get(parent)).anyMatch(child -> child == node))
            .findFirst().orElse(-1);
    }

    /** Hops to the farthest node. */
    int depth() {
        final int[] depths = new int[nodes()];
        // Parents need not have smaller numbers than their children.
        for (int i = 0; i < nodes(); i++) {
            for (int node = 0; node < nodes(); node++) {
                for (final int child : children.get(node)) {
                    depths[child] = depths[node] + 1;
                }
            }
        }
        return Arrays.stream(depths).max().orElse(0);
    }

    /** Whether every node but the root has exactly one parent, and is reached from the root. */
    boolean isSpanning() {
        final int[] parents = new int[nodes()];
        children.forEach(some -> IntStream.of(some).forEach(child -> parents[child]++));
        return parents[0] == 0 && Arrays.stream(parents).skip(1).allMatch(count -> count == 1) && reached() == nodes();
    }

    private int reached() {
        final boolean[] reached = new boolean[nodes()];
        reached[0] = true;
        for (int i = 0; i < nodes(); i++) {
            for (int node = 0; node < nodes(); node++) {
                if (reached[node]) {
                    IntStream.of(children.get(node)).forEach(child -> reached[child] = true);
                }
            }
        }
        return (int) IntStream.range(0, nodes()).filter(node -> reached[node]).count();
    }

    /** The first node, from the root down, that has both a parent and children; -1 if there is none. */
    int relay() {
        return IntStream.range(1, nodes()).filter(node -> children.get(node).length > 0).findFirst().orElse(-1);
    }

    @Override
    public String toString() {
        return "depth " + depth() + ", at most "
            + children.stream().mapToInt(some -> some.length).max().orElse(0) + " children";
    }
}
