package io.plumtree.simulator.chaos;

import io.plumtree.protocol.ControlMessage;
import io.plumtree.simulator.cluster.ClusterObserver;
import io.plumtree.simulator.cluster.ClusterView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Deliveries: none of what nobody has sent, none twice, nothing sent or announced to its root; and in the end all that
 * one living node has at all of them.
 */
final class DeliveryCheck implements ClusterObserver {
    private static final int UNSENT = -1;

    private final Findings findings;
    private final List<Integer> roots = new ArrayList<>();
    private final List<BitSet> delivered = new ArrayList<>();

    DeliveryCheck(final Findings findings) {
        this.findings = findings;
    }

    private int root(final int message) {
        return message < roots.size() ? roots.get(message) : UNSENT;
    }

    private BitSet delivered(final int node) {
        while (delivered.size() <= node) {
            delivered.add(new BitSet());
        }
        return delivered.get(node);
    }

    /** A node has lost what it had, and may be given it again. */
    void forget(final int node) {
        delivered(node).clear();
    }

    @Override
    public void onBroadcast(final int node, final int message, final long nowNs) {
        while (roots.size() <= message) {
            roots.add(UNSENT);
        }
        if (root(message) != UNSENT) {
            findings.add(message, node, "message " + message + " is broadcast twice", nowNs);
        }
        roots.set(message, node);
        delivered(node).set(message);
    }

    @Override
    public void onDelivery(
        final int node, final int from, final int message, final int hops, final boolean isRepaired, final long nowNs) {
        if (root(message) == UNSENT) {
            findings.add(message, node, "node " + node + " is delivered message " + message + " from node " + from
                + ", which nobody has sent", nowNs);
        }
        if (delivered(node).get(message)) {
            findings.add(message, node, "node " + node + " is delivered message " + message + " from node " + from
                + " as new, which it has", nowNs);
        }
        if (hops < 1 && hops != BY_EXCHANGE) {
            findings.add(message, node, "node " + node + " is delivered message " + message + " from node " + from
                + " after " + hops + " hops", nowNs);
        }
        delivered(node).set(message);
    }

    @Override
    public void onPayloadSent(
        final int from, final int to, final int message, final int length, final boolean isLost, final long nowNs) {
        if (root(message) == to) {
            findings.add(
                message, to, "node " + from + " sends message " + message + " to its root, node " + to, nowNs);
        }
    }

    @Override
    public void onControl(
        final int from, final int to, final ControlMessage type, final int message, final long nowNs) {
        if (type == ControlMessage.I_HAVE && root(message) == to) {
            findings.add(
                message, to, "node " + from + " announces message " + message + " to its root, node " + to, nowNs);
        }
    }

    /** Whether all living nodes have what one of them has. */
    static boolean isComplete(final ClusterView cluster) {
        for (int message = 0; message < cluster.messageCount(); message++) {
            final int holder = holder(cluster, message);
            for (int node = 0; node < cluster.size() && holder >= 0; node++) {
                if (cluster.isAlive(node) && !cluster.has(node, message)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Demands it, of some messages. */
    void checkComplete(final ClusterView cluster, final IntPredicate isDemanded) {
        for (int message = 0; message < cluster.messageCount(); message++) {
            final int holder = isDemanded.test(message) ? holder(cluster, message) : Findings.NONE;
            for (int node = 0; node < cluster.size() && holder >= 0; node++) {
                if (cluster.isAlive(node) && !cluster.has(node, message)) {
                    findings.add(
                        message, node, "node " + node + " has not got message " + message + " of root "
                        + cluster.root(message) + ", sent at " + Findings.time(cluster.sentNs(message))
                        + "; node " + holder + " has it", cluster.nowNs());
                }
            }
        }
    }

    private static int holder(final ClusterView cluster, final int message) {
        for (int node = 0; node < cluster.size(); node++) {
            if (cluster.isAlive(node) && cluster.has(node, message)) {
                return node;
            }
        }
        return Findings.NONE;
    }
}
