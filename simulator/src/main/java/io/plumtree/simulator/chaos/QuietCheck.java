package io.plumtree.simulator.chaos;

import io.plumtree.simulator.cluster.ClusterView;

/** Without messages nothing happens: no frame, nothing outstanding or waited for, no timer. */
final class QuietCheck {
    private final ClusterView cluster;
    private final MessageLog log;
    private final Findings findings;
    private long framesBefore;

    QuietCheck(final ClusterView cluster, final MessageLog log, final Findings findings) {
        this.cluster = cluster;
        this.log = log;
        this.findings = findings;
    }

    /** It should be quiet from now on. */
    void start() {
        framesBefore = log.frames();
    }

    void check() {
        final long frames = log.frames() - framesBefore;
        if (frames > 0) {
            findings.add(
                log.lastMessage(), Findings.NONE, frames + " frames in a cluster that should be quiet, the last with "
                + log.lastFrame(), cluster.nowNs());
        }
        for (int node = 0; node < cluster.size(); node++) {
            if (cluster.isAlive(node)) {
                check(node);
            }
        }
    }

    private void check(final int node) {
        if (cluster.pending(node) > 0) {
            findings.add(
                Findings.NONE, node, "node " + node + " is not quiet: " + cluster.outstanding(node)
                + " outstanding announcements, " + cluster.missing(node) + " missing messages, "
                + cluster.pending(node) + " entries in all", cluster.nowNs());
        }
        if (cluster.hasTimers(node)) {
            findings.add(Findings.NONE, node, "node " + node + " is not quiet: it has a timer", cluster.nowNs());
        }
    }

    /** Links between living nodes are up, at both ends. */
    void checkLinks() {
        for (int node = 0; node < cluster.size(); node++) {
            for (final int peer : cluster.isAlive(node) ? cluster.peers(node) : new int[0]) {
                if (cluster.isAlive(peer) && !cluster.isUp(node, peer)) {
                    findings.add(
                        Findings.NONE, node, "node " + node + " takes node " + peer + " for unreachable",
                        cluster.nowNs());
                }
            }
        }
    }
}
