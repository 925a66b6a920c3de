package io.plumtree.protocol.membership;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The active view: neighbours, and of each whether its link has come up, or until when it has to. Beside the places of
 * neighbours there are some for newcomers, whose links are not up: no more neighbours are up than there are places,
 * once {@link #linkUp} has been followed by the removal of another one. Who came first stands first.
 */
final class ActiveView {
    private final int places;
    private final NodeList nodes;
    private final Entry[] entries;
    private final RandomGenerator random;
    private int upCount;

    /** What is known of the neighbour at the same position. */
    private static final class Entry {
        /** By when the link has to be up; not set if it is. */
        private final Alarm link = new Alarm();
        /** Until when it is not asked again who it is. */
        private final Alarm quiet = new Alarm();
        /** Whether it was asked by this node, where it listens, and has agreed. */
        private boolean hasAgreed;
        private Claim claim;
    }

    ActiveView(final int places, final int newcomers, final RandomGenerator random) {
        this.places = places;
        this.random = random;
        nodes = new NodeList(places + newcomers);
        entries = new Entry[places + newcomers];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Entry();
        }
    }

    int size() {
        return nodes.size();
    }

    boolean isEmpty() {
        return nodes.size() == 0;
    }

    /** Whether there is no place left, for whoever is up or may be. */
    boolean isFull() {
        return nodes.size() >= places;
    }

    /** Whether there is no room left for a newcomer either. */
    boolean isCrowded() {
        return nodes.isFull();
    }

    /** Whether more neighbours are up than there are places. */
    boolean isOverfull() {
        return upCount > places;
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
    void add(final NodeDescriptor node, final boolean hasAgreed, final long linkDueNs) {
        final Entry entry = entries[nodes.size()];
        entry.link.set(linkDueNs);
        entry.quiet.clear();
        entry.hasAgreed = hasAgreed;
        entry.claim = null;
        nodes.add(node);
    }

    /** The same neighbour, under another incarnation or elsewhere. */
    void replace(final int index, final NodeDescriptor node) {
        nodes.set(index, node);
    }

    NodeDescriptor remove(final int index) {
        upCount -= isUp(index) ? 1 : 0;
        final Entry entry = entries[index];
        final int last = nodes.size() - 1;
        System.arraycopy(entries, index + 1, entries, index, last - index);
        entries[last] = entry;
        return nodes.remove(index);
    }

    boolean isUp(final int index) {
        return !entries[index].link.isSet();
    }

    void linkUp(final int index) {
        upCount += isUp(index) ? 0 : 1;
        entries[index].link.clear();
    }

    /** Whether somebody is there beyond doubt: its link is up, or it has agreed when it was asked. */
    boolean hasCompany() {
        for (int i = 0; i < nodes.size(); i++) {
            if (isUp(i) || entries[i].hasAgreed) {
                return true;
            }
        }
        return false;
    }

    /** Whose link should be up by now and is not; null if there is none. */
    NodeDescriptor overdue(final long nowNs) {
        for (int i = 0; i < nodes.size(); i++) {
            if (entries[i].link.isDue(nowNs)) {
                return nodes.get(i);
            }
        }
        return null;
    }

    long earlierDeadlineNs(final long thanNs) {
        long dueNs = thanNs;
        for (int i = 0; i < nodes.size(); i++) {
            dueNs = entries[i].link.earlierNs(dueNs);
        }
        return dueNs;
    }

    /** Who has waited longest for its link, of those that nobody has asked if there are such; there must be one. */
    int oldestNewcomer() {
        int oldest = NodeList.NONE;
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (!isUp(i) && (oldest == NodeList.NONE || !entries[i].hasAgreed || entries[oldest].hasAgreed)) {
                oldest = i;
            }
        }
        return oldest;
    }

    // ---- claims to be a later run of a neighbour

    /** What is asked for in a neighbour's name, by another run of it; null if nothing is. */
    Claim claim(final int index) {
        return entries[index].claim;
    }

    void claim(final int index, final Claim claim) {
        entries[index].claim = claim;
    }

    /** Whether a neighbour may be asked now who it is; it counts as asked then. */
    boolean isQuestionDue(final int index, final long nowNs, final long quietNs) {
        final Alarm quiet = entries[index].quiet;
        if (quiet.isSet() && !quiet.isDue(nowNs)) {
            return false;
        }
        quiet.set(nowNs + quietNs);
        return true;
    }

    // ---- chance

    /** Any neighbour, one that is up if there is one; there must be some. */
    NodeDescriptor any() {
        return any(NodeList.NONE, NodeList.NONE);
    }

    /** Any neighbour but two nodes that may or may not be among them, one that is up if there is one; else null. */
    NodeDescriptor anyBut(final NodeDescriptor one, final NodeDescriptor other) {
        return any(indexOf(one), indexOf(other));
    }

    private NodeDescriptor any(final int without, final int also) {
        int up = 0;
        int all = 0;
        for (int i = 0; i < nodes.size(); i++) {
            if (i != without && i != also) {
                up += isUp(i) ? 1 : 0;
                all++;
            }
        }
        if (all == 0) {
            return null;
        }
        int left = random.nextInt(up > 0 ? up : all);
        int index = 0;
        while (index == without || index == also || up > 0 && !isUp(index) || left-- > 0) {
            index++;
        }
        return nodes.get(index);
    }

    /** Adds some neighbours that are up, at random, to a list, none of them the one that is left out. */
    void sample(final int count, final NodeDescriptor without, final List<NodeDescriptor> sample) {
        final int index = indexOf(without);
        int left = upCount - (index != NodeList.NONE && isUp(index) ? 1 : 0);
        int wanted = count;
        for (int i = 0; i < nodes.size() && wanted > 0; i++) {
            if (i != index && isUp(i) && random.nextInt(left--) < wanted) {
                sample.add(nodes.get(i));
                wanted--;
            }
        }
    }

    List<NodeDescriptor> copy() {
        return nodes.copy();
    }
}
