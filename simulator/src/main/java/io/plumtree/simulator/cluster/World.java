package io.plumtree.simulator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What all parts of a cluster share: its settings, time, chance, the watcher, and the nodes. */
final class World {
    final NetworkSettings settings;
    final EventQueue events = new EventQueue();
    final SplittableRandom random;
    final ClusterObserver observer;
    final List<Node> nodes = new ArrayList<>();

    World(final NetworkSettings settings, final long seed, final ClusterObserver observer) {
        this.settings = settings;
        this.random = new SplittableRandom(seed);
        this.observer = observer;
    }

    long nowNs() {
        return events.timeNs();
    }

    Node node(final int index) {
        return nodes.get(index);
    }
}
