package io.plumtree.simulator.chaos;

import io.plumtree.simulator.cluster.ClusterView;
import java.util.Arrays;

/**
 * The tree of a root when it has settled: the last message was pushed over n - 1 links and came to each node once, by
 * pushes alone; and the eager links, the same at both ends, are a spanning tree.
 */
final class TreeCheck {
    private static final int MOST_NODES = 8;

    private final ClusterView cluster;
    private final MessageLog log;
    private final Findings findings;

    TreeCheck(final ClusterView cluster, final MessageLog log, final Findings findings) {
        this.cluster = cluster;
        this.log = log;
        this.findings = findings;
    }

    void check(final int message) {
        final int root = cluster.root(message);
        int living = 0;
        int lacking = 0;
        int firstLacking = Findings.NONE;
        for (int node = 0; node < cluster.size(); node++) {
            living += cluster.isAlive(node) ? 1 : 0;
            if (cluster.isAlive(node) && !cluster.has(node, message) && lacking++ == 0) {
                firstLacking = node;
            }
        }
        final MessageLog.Counts counts = log.of(message);
        if (lacking > 0) {
            add(message, firstLacking, "has not reached " + lacking + " of " + living + " nodes, such as node "
                + firstLacking);
        }
        expect(message, "deliveries by exchange", counts.exchanged, 0);
        expect(message, "grafts", counts.grafts, 0);
        expect(message, "duplicates", counts.duplicates, 0);
        expect(message, "payloads sent", counts.payloads, living - 1);
        checkLinks(root, message, living);
    }

    private void expect(final int message, final String what, final int count, final int expected) {
        if (count != expected) {
            add(message, cluster.root(message), "has " + count + " " + what + " in a quiet cluster, not " + expected);
        }
    }

    private void add(final int message, final int node, final String text) {
        findings.add(
            message, node, "message " + message + " of root " + cluster.root(message) + ", sent at "
            + Findings.time(cluster.sentNs(message)) + ", " + text, cluster.nowNs());
    }

    private void checkLinks(final int root, final int message, final int living) {
        final int[] groups = new int[cluster.size()];
        Arrays.setAll(groups, node -> node);
        int edges = 0;
        for (int a = 0; a < cluster.size(); a++) {
            for (final int b : cluster.isAlive(a) ? cluster.peers(a) : new int[0]) {
                if (a < b && cluster.isAlive(b) && isEdge(root, message, a, b)) {
                    edges++;
                    final int groupA = find(groups, a);
                    final int groupB = find(groups, b);
                    if (groupA == groupB) {
                        add(message, a,
                            "has an eager link between nodes " + a + " and " + b + ", which closes a cycle");
                    }
                    groups[groupA] = groupB;
                }
            }
        }
        if (edges != living - 1) {
            add(message, root, "has " + edges + " eager links among " + living + " nodes; apart from the root are "
                + apart(root, groups));
        }
    }

    /** Eager at both ends. Nothing goes to the root, so that what a node makes of its link to it does not matter. */
    private boolean isEdge(final int root, final int message, final int a, final int b) {
        final boolean there = cluster.isEager(root, a, b);
        final boolean back = cluster.isEager(root, b, a);
        if (a == root || b == root) {
            return a == root ? there : back;
        }
        if (there != back) {
            add(message, a, "has a link between nodes " + a + " and " + b + " that is eager only at node "
                + (there ? a : b));
        }
        return there && back;
    }

    private String apart(final int root, final int[] groups) {
        final StringBuilder apart = new StringBuilder("nodes");
        int count = 0;
        for (int node = 0; node < groups.length; node++) {
            if (cluster.isAlive(node) && find(groups, node) != find(groups, root) && count++ < MOST_NODES) {
                apart.append(' ').append(node);
            }
        }
        return count == 0 ? "none" : apart.append(count > MOST_NODES ? " …" : "").toString();
    }

    private static int find(final int[] groups, final int node) {
        int at = node;
        while (groups[at] != at) {
            groups[at] = groups[groups[at]];
            at = groups[at];
        }
        return at;
    }
}
