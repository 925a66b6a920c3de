package io.plumtree.protocol.membership;

import java.util.Arrays;
import java.util.List;

/** Nodes by position, at most one of each id, found by their ids: lists here are so short that a scan is fast. */
final class NodeList {
    static final int NONE = -1;

    private final long[] ids;
    private final NodeDescriptor[] nodes;
    private int size;

    NodeList(final int capacity) {
        ids = new long[capacity];
        nodes = new NodeDescriptor[capacity];
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == ids.length;
    }

    NodeDescriptor get(final int index) {
        return nodes[index];
    }

    int indexOf(final long id) {
        for (int i = 0; i < size; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return NONE;
    }

    void add(final NodeDescriptor node) {
        set(size++, node);
    }

    void set(final int index, final NodeDescriptor node) {
        ids[index] = node.id().value();
        nodes[index] = node;
    }

    void swap(final int a, final int b) {
        final NodeDescriptor node = nodes[a];
        set(a, nodes[b]);
        set(b, node);
    }

    void removeLast() {
        nodes[--size] = null;
    }

    /** Removes one, and keeps the order of the others. */
    NodeDescriptor remove(final int index) {
        final NodeDescriptor removed = nodes[index];
        System.arraycopy(nodes, index + 1, nodes, index, size - index - 1);
        System.arraycopy(ids, index + 1, ids, index, size - index - 1);
        removeLast();
        return removed;
    }

    boolean hasEndpoint(final String endpoint) {
        for (int i = 0; i < size; i++) {
            if (nodes[i].endpoint().equals(endpoint)) {
                return true;
            }
        }
        return false;
    }

    List<NodeDescriptor> copy() {
        return List.of(Arrays.copyOf(nodes, size));
    }
}
