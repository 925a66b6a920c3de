package io.plumtree.protocol.membership;

import io.plumtree.protocol.options.HyParViewOptions;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a node knows of others: three lists without a node in common, and without itself. */
final class Views {
    NodeDescriptor self;
    final ActiveView active;
    final PassiveView passive;
    final LostNodes lost;
    private final HyParViewCounters counters;

    Views(
        final NodeDescriptor self,
        final HyParViewOptions options,
        final RandomGenerator random,
        final HyParViewCounters counters) {
        this.self = self;
        this.counters = counters;
        active = new ActiveView(options.activeViewSize(), options.newcomers(), random);
        passive = new PassiveView(options.passiveViewSize(), random);
        lost = new LostNodes(options.lostViewSize());
    }

    boolean isSelf(final NodeDescriptor node) {
        return node.id().equals(self.id());
    }

    /** A neighbour goes on in a later incarnation. */
    void raise(final int index, final long incarnation) {
        final NodeDescriptor node = active.get(index);
        active.replace(index, new NodeDescriptor(node.id(), node.endpoint(), incarnation));
    }

    /** Whether a neighbour that is up is a later run of this node: all else that is known is hearsay, or old. */
    boolean isOutdated(final NodeDescriptor node) {
        final int index = active.indexOf(node);
        return index != NodeList.NONE && active.isUp(index) && active.get(index).isLaterThan(node);
    }

    /** Whether a later run of this node was heard of, which is no neighbour. */
    boolean hasLater(final NodeDescriptor node) {
        final int index = passive.indexOf(node);
        final int missing = lost.indexOf(node);
        return index != NodeList.NONE && passive.get(index).isLaterThan(node)
            || missing != NodeList.NONE && lost.get(missing).isLaterThan(node);
    }

    /** A later run of this node whose link was up once, and is lost; null if there is none. */
    NodeDescriptor laterThatWasUp(final NodeDescriptor node) {
        final int index = lost.indexOf(node);
        return index != NodeList.NONE && lost.wasUp(index) && lost.get(index).isLaterThan(node) ?
            lost.get(index) : null;
    }

    boolean hasEndpoint(final String endpoint) {
        return active.hasEndpoint(endpoint) || passive.hasEndpoint(endpoint) || lost.hasEndpoint(endpoint);
    }

    /**
     * Takes a node into the passive view that this node has heard of, and knows no better: one that was lost stays so,
     * whatever others say of that run. One that has never been there is not known better than by another's word.
     */
    void remember(final NodeDescriptor node) {
        remember(node, List.of());
    }

    /** The same; where there is no room, the last that is left of these makes it, or else any other. */
    void remember(final NodeDescriptor node, final List<NodeDescriptor> dispensable) {
        if (isSelf(node) || active.contains(node)) {
            return;
        }
        final int missing = lost.indexOf(node);
        if (missing != NodeList.NONE) {
            final NodeDescriptor known = lost.get(missing);
            if (!node.isLaterThan(known) && (lost.wasUp(missing) || node.endpoint().equals(known.endpoint()))) {
                return;
            }
            lost.remove(node);
        }
        final int index = passive.indexOf(node);
        if (index == NodeList.NONE) {
            makeRoom(dispensable);
            passive.add(node);
        } else if (node.isLaterThan(passive.get(index))) {
            passive.replace(index, node);
        }
    }

    private void makeRoom(final List<NodeDescriptor> dispensable) {
        if (!passive.isFull()) {
            return;
        }
        counters.increment(HyParViewCounter.PASSIVE_EVICTED);
        while (!dispensable.isEmpty()) {
            final int index = passive.indexOf(dispensable.remove(dispensable.size() - 1));
            if (index != NodeList.NONE) {
                passive.remove(index);
                return;
            }
        }
        passive.removeAny();
    }

    /** A node has said something itself: it is not lost, and is what it says, whatever was heard of it before. */
    void heardFrom(final NodeDescriptor node) {
        if (lost.remove(node)) {
            remember(node);
        } else {
            final int index = passive.indexOf(node);
            if (index != NodeList.NONE && !node.equals(passive.get(index))) {
                passive.replace(index, node);
            }
        }
    }

    void forgetPassive(final NodeDescriptor node) {
        final int index = passive.indexOf(node);
        if (index != NodeList.NONE) {
            passive.remove(index);
        }
    }

    /** A node does not answer any more, whose link was up or not; returns whether it is new among the lost. */
    boolean lose(final NodeDescriptor node, final boolean wasUp) {
        forgetPassive(node);
        final boolean isNew = lost.indexOf(node) == NodeList.NONE;
        if (lost.add(node, wasUp)) {
            counters.increment(HyParViewCounter.LOST_EVICTED);
        }
        return isNew;
    }
}
