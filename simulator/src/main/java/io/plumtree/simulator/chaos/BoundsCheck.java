package io.plumtree.simulator.chaos;

import io.plumtree.protocol.options.PlumtreeOptions;
import io.plumtree.simulator.cluster.ClusterView;

/** The bounds that the core shows: announcements outstanding, of a peer and in all, and messages waited for. */
final class BoundsCheck {
    private final ClusterView cluster;
    private final PlumtreeOptions options;
    private final Findings findings;

    BoundsCheck(final ClusterView cluster, final PlumtreeOptions options, final Findings findings) {
        this.cluster = cluster;
        this.options = options;
        this.findings = findings;
    }

    void check() {
        for (int node = 0; node < cluster.size(); node++) {
            if (cluster.isAlive(node)) {
                check(node, "outstanding announcements", cluster.outstanding(node),
                    options.flowControl().maxOutstanding());
                check(node, "missing messages", cluster.missing(node), options.grafts().maxMissing());
                int sum = 0;
                for (final int peer : cluster.peers(node)) {
                    final int count = cluster.outstanding(node, peer);
                    sum += count;
                    check(node, "outstanding announcements to node " + peer, count,
                        options.flowControl().maxOutstandingPerPeer());
                }
                if (sum != cluster.outstanding(node)) {
                    findings.add(
                        Findings.NONE, node, "node " + node + " has " + cluster.outstanding(node)
                        + " outstanding announcements, but those of its peers are " + sum, cluster.nowNs());
                }
            }
        }
    }

    private void check(final int node, final String what, final int count, final int bound) {
        if (count > bound) {
            findings.add(
                Findings.NONE, node, "node " + node + " has " + count + " " + what + ", the most being " + bound,
                cluster.nowNs());
        }
    }
}
