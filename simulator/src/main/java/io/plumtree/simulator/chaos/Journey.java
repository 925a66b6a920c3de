package io.plumtree.simulator.chaos;

import io.plumtree.protocol.ControlMessage;
import io.plumtree.simulator.cluster.ClusterObserver;
import io.plumtree.simulator.cluster.ControlFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The journey of one message, line by line; of a long one the start, the end, and what a node had to do with it that
 * is of special interest.
 */
final class Journey implements ClusterObserver {
    private static final int MOST_AT_START = 150;
    private static final int MOST_OF_NODE = 150;
    private static final int MOST_AT_END = 60;

    private final int message;
    private final int node;
    private final List<String> start = new ArrayList<>();
    private final Deque<String> end = new ArrayDeque<>();
    private final List<long[]> open = new ArrayList<>();
    private int ofNode;
    private int left;

    Journey(final int message, final int node) {
        this.message = message;
        this.node = node;
    }

    private void add(final boolean isOfNode, final String text, final long nowNs) {
        final String line = Findings.time(nowNs) + " " + text;
        if (start.size() - ofNode < MOST_AT_START) {
            start.add(line);
        } else if (isOfNode && ofNode < MOST_OF_NODE) {
            start.add(line);
            ofNode++;
        } else {
            end.add(line);
            if (end.size() > MOST_AT_END) {
                end.remove();
                left++;
            }
        }
    }

    private boolean isOfNode(final int a, final int b) {
        return a == node || b == node;
    }

    @Override
    public void onBroadcast(final int root, final int sent, final long nowNs) {
        if (sent == message) {
            add(true, "node " + root + " broadcasts message " + message, nowNs);
        }
    }

    @Override
    public void onPayloadSent(
        final int from, final int to, final int sent, final int length, final boolean isLost, final long nowNs) {
        if (sent == message) {
            add(isOfNode(from, to), from + " -> " + to + " payload" + (isLost ? ", lost" : ""), nowNs);
        }
    }

    @Override
    public void onDelivery(
        final int to, final int from, final int sent, final int hops, final boolean isRepaired, final long nowNs) {
        if (sent == message) {
            add(isOfNode(from, to), "node " + to + " is delivered it from node " + from
                + (hops == BY_EXCHANGE ? " by exchange" : ", " + hops + " hops" + (isRepaired ? ", repaired" : "")),
                nowNs);
        }
    }

    @Override
    public void onDuplicate(final int to, final int from, final int sent, final long nowNs) {
        if (sent == message) {
            add(isOfNode(from, to), "node " + to + " has it already from node " + from, nowNs);
        }
    }

    @Override
    public void onControl(
        final int from, final int to, final ControlMessage type, final int named, final long nowNs) {
        if (named == message) {
            open.add(new long[]{from, to, type.ordinal()});
        }
    }

    /** Only now it is known whether it is lost. */
    @Override
    public void onControlFrameSent(
        final int from, final int to, final ControlFrame frame, final boolean isLost, final long nowNs) {
        for (final Iterator<long[]> each = open.iterator(); each.hasNext();) {
            final long[] control = each.next();
            if (control[0] == from && control[1] == to && control[2] == frame.type().ordinal()) {
                each.remove();
                add(isOfNode(from, to), from + " -> " + to + " " + frame.type() + (isLost ? ", lost" : ""), nowNs);
            }
        }
    }

    @Override
    public void onFault(final String text, final long nowNs) {
        add(false, "* " + text, nowNs);
    }

    /** Of links only what concerns the node, as there may be many. */
    @Override
    public void onLink(final int from, final int to, final String text, final long nowNs) {
        if (isOfNode(from, to) && nowNs > 0) {
            add(true, "* link " + from + " -> " + to + " " + text, nowNs);
        }
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        text.append("the journey of ").append(message == Findings.NONE ? "no message" : "message " + message);
        text.append(node == Findings.NONE ? "" : ", and the links of node " + node).append('\n');
        start.forEach(line -> text.append(line).append('\n'));
        if (left > 0) {
            text.append("… ").append(left).append(" lines left out\n");
        }
        end.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
