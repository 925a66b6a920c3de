package io.plumtree.protocol.membership;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The passive view: a reserve of candidates for the active one. Those that have been asked in the running round stand
 * behind those that have not.
 */
final class PassiveView {
    private final NodeList nodes;
    private final RandomGenerator random;
    private int untried;

    PassiveView(final int capacity, final RandomGenerator random) {
        nodes = new NodeList(capacity);
        this.random = random;
    }

    int size() {
        return nodes.size();
    }

    boolean isEmpty() {
        return nodes.size() == 0;
    }

    boolean isFull() {
        return nodes.isFull();
    }

    int indexOf(final NodeDescriptor node) {
        return nodes.indexOf(node.id().value());
    }

    NodeDescriptor get(final int index) {
        return nodes.get(index);
    }

    boolean hasEndpoint(final String endpoint) {
        return nodes.hasEndpoint(endpoint);
    }

    /** Adds a candidate that has not been asked; there must be room. */
    void add(final NodeDescriptor node) {
        nodes.add(node);
        nodes.swap(nodes.size() - 1, untried++);
    }

    /** A later run of a node takes the place of the one before, and may be asked. */
    void replace(final int index, final NodeDescriptor node) {
        remove(index);
        add(node);
    }

    void remove(final int index) {
        int hole = index;
        if (hole < untried) {
            nodes.swap(hole, --untried);
            hole = untried;
        }
        nodes.swap(hole, nodes.size() - 1);
        nodes.removeLast();
    }

    /** Any candidate; there must be one. */
    NodeDescriptor any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    void removeAny() {
        remove(random.nextInt(nodes.size()));
    }

    /** All may be asked again. */
    void newRound() {
        untried = nodes.size();
    }

    boolean hasUntried() {
        return untried > 0;
    }

    /** Any that has not been asked in this round, and has been with that; null if there is none. */
    NodeDescriptor next() {
        if (untried == 0) {
            return null;
        }
        nodes.swap(random.nextInt(untried), --untried);
        return nodes.get(untried);
    }

    /** A node counts as asked in this round, if it is here. */
    void tried(final NodeDescriptor node) {
        final int index = indexOf(node);
        if (index != NodeList.NONE && index < untried) {
            nodes.swap(index, --untried);
        }
    }

    /** Adds some candidates at random to a list, none of them the one that is left out. */
    void sample(final int count, final NodeDescriptor without, final List<NodeDescriptor> sample) {
        int left = nodes.size() - (indexOf(without) == NodeList.NONE ? 0 : 1);
        int wanted = count;
        for (int i = 0; i < nodes.size() && wanted > 0; i++) {
            if (!nodes.get(i).id().equals(without.id()) && random.nextInt(left--) < wanted) {
                sample.add(nodes.get(i));
                wanted--;
            }
        }
    }

    List<NodeDescriptor> copy() {
        return nodes.copy();
    }
}
