package io.plumtree.engine.membership;

import java.util.List;
import java.util.random.RandomGenerator;

/** The active view: neighbours, and of each whether its link has come up, or until when it has to. */
final class ActiveView {
    private final NodeList nodes;
    private final Alarm[] links;
    private final RandomGenerator random;

    ActiveView(final int capacity, final RandomGenerator random) {
        nodes = new NodeList(capacity);
        links = new Alarm[capacity];
        for (int i = 0; i < capacity; i++) {
            links[i] = new Alarm();
        }
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

    NodeDescriptor get(final int index) {
        return nodes.get(index);
    }

    int indexOf(final NodeDescriptor node) {
        return nodes.indexOf(node.id().value());
    }

    boolean contains(final NodeDescriptor node) {
        return indexOf(node) != NodeList.NONE;
    }

    /** Position of this very run of a node. */
    int indexOfRun(final NodeDescriptor node) {
        final int index = indexOf(node);
        return index != NodeList.NONE && nodes.get(index).incarnation() == node.incarnation() ? index : NodeList.NONE;
    }

    boolean hasEndpoint(final String endpoint) {
        return nodes.hasEndpoint(endpoint);
    }

    /** Adds a neighbour, whose link has to come up in time. */
    void add(final NodeDescriptor node, final long linkDueNs) {
        links[nodes.size()].set(linkDueNs);
        nodes.add(node);
    }

    /** The same neighbour, under another incarnation. */
    void replace(final int index, final NodeDescriptor node) {
        nodes.set(index, node);
    }

    NodeDescriptor remove(final int index) {
        final Alarm link = links[index];
        final int last = nodes.size() - 1;
        System.arraycopy(links, index + 1, links, index, last - index);
        links[last] = link;
        return nodes.remove(index);
    }

    boolean isUp(final int index) {
        return !links[index].isSet();
    }

    void linkUp(final int index) {
        links[index].clear();
    }

    /** Whose link should be up by now and is not; null if there is none. */
    NodeDescriptor overdue(final long nowNs) {
        for (int i = 0; i < nodes.size(); i++) {
            if (links[i].isDue(nowNs)) {
                return nodes.get(i);
            }
        }
        return null;
    }

    long earlierDeadlineNs(final long thanNs) {
        long dueNs = thanNs;
        for (int i = 0; i < nodes.size(); i++) {
            dueNs = links[i].earlierNs(dueNs);
        }
        return dueNs;
    }

    /** Any neighbour; there must be one. */
    NodeDescriptor any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    /** Any neighbour but two nodes that may or may not be among them; null if there is none. */
    NodeDescriptor anyBut(final NodeDescriptor one, final NodeDescriptor other) {
        final int without = indexOf(one);
        final int also = indexOf(other);
        int left = nodes.size() - (without == NodeList.NONE ? 0 : 1)
            - (also == NodeList.NONE || also == without ? 0 : 1);
        if (left == 0) {
            return null;
        }
        left = random.nextInt(left);
        int index = 0;
        while (index == without || index == also || left-- > 0) {
            index++;
        }
        return nodes.get(index);
    }

    /** Adds some neighbours at random to a list, none of them the one that is left out. */
    void sample(final int count, final NodeDescriptor without, final List<NodeDescriptor> sample) {
        int left = nodes.size() - (contains(without) ? 1 : 0);
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
