package io.plumtree.simulator.cluster;

import io.plumtree.protocol.Plumtree;
import io.plumtree.protocol.ProtocolCounter;

/** What a watcher may ask of a cluster; asking changes nothing. */
public final class ClusterView {
    private final World world;
    private final BroadcastTable broadcasts;

    ClusterView(final World world, final BroadcastTable broadcasts) {
        this.world = world;
        this.broadcasts = broadcasts;
    }

    /**
     * The network's time.
     *
     * @return nanoseconds since the start.
     */
    public long nowNs() {
        return world.nowNs();
    }

    /**
     * How many nodes there are, dead ones included.
     *
     * @return nodes.
     */
    public int size() {
        return world.nodes.size();
    }

    /**
     * Whether a node runs.
     *
     * @param node the node.
     * @return true if so.
     */
    public boolean isAlive(final int node) {
        return world.node(node).isAlive;
    }

    /**
     * Whether a node has a message.
     *
     * @param node    the node.
     * @param message the message.
     * @return true if so.
     */
    public boolean has(final int node, final int message) {
        return world.node(node).stored.contains(message);
    }

    /**
     * The other ends of a node's links.
     *
     * @param node the node.
     * @return nodes.
     */
    public int[] peers(final int node) {
        return world.node(node).links.stream().mapToInt(link -> link.to).toArray();
    }

    /**
     * How long a link takes.
     *
     * @param from a node.
     * @param to   one of its peers.
     * @return nanoseconds.
     */
    public long latencyNs(final int from, final int to) {
        return world.node(from).linkTo(to).latencyNs;
    }

    /**
     * Whether a node that runs takes one of its peers for reachable.
     *
     * @param from a node.
     * @param to   one of its peers.
     * @return true if so.
     */
    public boolean isUp(final int from, final int to) {
        return world.node(from).linkTo(to).isUp;
    }

    /**
     * Whether a peer is eager in the tree that holds for a root.
     *
     * @param root a node.
     * @param from a node that runs.
     * @param to   one of its peers.
     * @return true if so.
     */
    public boolean isEager(final int root, final int from, final int to) {
        return world.node(from).core.isEager(Node.id(root), world.node(from).linkTo(to).peer);
    }

    /**
     * How much the node still has to do without further messages: announcements that are not acknowledged, messages
     * that are waited for, acknowledgements not sent.
     *
     * @param node a node that runs.
     * @return entries in its tables.
     */
    public int pending(final int node) {
        final Plumtree core = world.node(node).core;
        return core.outstandingCount() + core.missingCount() + core.pendingAcknowledgementCount();
    }

    /**
     * How many announcements of a node are outstanding.
     *
     * @param node a node that runs.
     * @return entries, of all its peers.
     */
    public int outstanding(final int node) {
        return world.node(node).core.outstandingCount();
    }

    /**
     * How many announcements of a node to one of its peers are outstanding.
     *
     * @param node a node that runs.
     * @param to   one of its peers.
     * @return entries.
     */
    public int outstanding(final int node, final int to) {
        return world.node(node).core.outstandingCount(world.node(node).linkTo(to).peer);
    }

    /**
     * How many announced messages a node waits for.
     *
     * @param node a node that runs.
     * @return messages.
     */
    public int missing(final int node) {
        return world.node(node).core.missingCount();
    }

    /**
     * Whether a node has a timer that runs.
     *
     * @param node a node that runs.
     * @return true if so.
     */
    public boolean hasTimers(final int node) {
        return world.node(node).core.hasTimers();
    }

    /**
     * A counter, summed over the nodes that run.
     *
     * @param counter the counter.
     * @return the sum.
     */
    public long total(final ProtocolCounter counter) {
        return world.nodes.stream().filter(node -> node.isAlive).mapToLong(node -> node.core.counter(counter)).sum();
    }

    /**
     * The peers of a node with which it has a link that is up at both ends.
     *
     * @param node the node.
     * @return nodes; none if it does not run.
     */
    public int[] connected(final int node) {
        final Node from = world.node(node);
        return !from.isAlive ? new int[0] : from.links.stream()
            .filter(link -> link.isUp && link.reverse.isUp && world.node(link.to).isAlive)
            .mapToInt(link -> link.to).toArray();
    }

    /**
     * How many messages there are, those included whose time has not come.
     *
     * @return messages.
     */
    public int messageCount() {
        return broadcasts.count();
    }

    /**
     * Where a message was first broadcast.
     *
     * @param message the message.
     * @return the node.
     */
    public int root(final int message) {
        return broadcasts.root(message);
    }

    /**
     * When a message was broadcast.
     *
     * @param message the message.
     * @return the time; -1 if it was not.
     */
    public long sentNs(final int message) {
        return broadcasts.sentNs(message);
    }
}
