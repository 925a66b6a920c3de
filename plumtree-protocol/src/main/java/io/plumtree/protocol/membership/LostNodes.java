package io.plumtree.protocol.membership;

import java.util.List;

/**
 * Nodes lost without a word, the one first that was heard of or asked longest ago; that one makes room if need be.
 * Those that were neighbours once do not make room for others that were not: anybody can make up nodes.
 */
final class LostNodes {
    private final NodeList nodes;
    private final boolean[] wereUp;
    private final int capacity;

    LostNodes(final int capacity) {
        nodes = new NodeList(capacity);
        wereUp = new boolean[capacity];
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

    /** Whether the link to that run was up once. */
    boolean wasUp(final int index) {
        return wereUp[index];
    }

    /** Adds a node, or puts it last if it is here; returns whether one had to go, which may be this one. */
    boolean add(final NodeDescriptor node, final boolean wasUp) {
        final int index = indexOf(node);
        final boolean isKnown = wasUp || index != NodeList.NONE && wereUp[index] && nodes.get(index).equals(node);
        remove(node);
        final boolean isFull = nodes.isFull();
        if (isFull) {
            final int first = firstToGo(isKnown);
            if (first == NodeList.NONE) {
                return true;
            }
            remove(first);
        }
        wereUp[nodes.size()] = isKnown;
        nodes.add(node);
        return isFull;
    }

    private int firstToGo(final boolean forOneThatWasUp) {
        for (int i = 0; i < nodes.size(); i++) {
            if (!wereUp[i]) {
                return i;
            }
        }
        return forOneThatWasUp && capacity > 0 ? 0 : NodeList.NONE;
    }

    boolean remove(final NodeDescriptor node) {
        final int index = indexOf(node);
        if (index == NodeList.NONE) {
            return false;
        }
        remove(index);
        return true;
    }

    private void remove(final int index) {
        System.arraycopy(wereUp, index + 1, wereUp, index, nodes.size() - index - 1);
        nodes.remove(index);
    }

    List<NodeDescriptor> copy() {
        return nodes.copy();
    }
}
