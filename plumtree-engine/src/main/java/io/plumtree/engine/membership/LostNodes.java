package io.plumtree.engine.membership;

import java.util.List;

/** Nodes lost without a word, the one first that was heard of or asked longest ago; that one makes room if need be. */
final class LostNodes {
    private final NodeList nodes;
    private final int capacity;

    LostNodes(final int capacity) {
        nodes = new NodeList(capacity);
        this.capacity = capacity;
    }

    boolean isEmpty() {
        return nodes.size() == 0;
    }

    int size() {
        return nodes.size();
    }

    int indexOf(final NodeDescriptor node) {
        return nodes.indexOf(node.id().value());
    }

    NodeDescriptor get(final int index) {
        return nodes.get(index);
    }

    NodeDescriptor first() {
        return nodes.get(0);
    }

    boolean hasEndpoint(final String endpoint) {
        return nodes.hasEndpoint(endpoint);
    }

    /** Adds a node, or puts it last if it is here; returns whether another had to go. */
    boolean add(final NodeDescriptor node) {
        remove(node);
        if (capacity == 0) {
            return true;
        }
        final boolean isFull = nodes.isFull();
        if (isFull) {
            nodes.remove(0);
        }
        nodes.add(node);
        return isFull;
    }

    boolean remove(final NodeDescriptor node) {
        final int index = indexOf(node);
        if (index == NodeList.NONE) {
            return false;
        }
        nodes.remove(index);
        return true;
    }

    List<NodeDescriptor> copy() {
        return nodes.copy();
    }
}
