package io.plumtree.simulator.cluster;

/** Makes links of a cluster where its membership wants them. */
final class MembersLinks implements MemberLinks {
    private final Cluster cluster;
    private final MemberNetwork network;

    MembersLinks(final Cluster cluster, final MemberNetwork network) {
        this.cluster = cluster;
        this.network = network;
    }

    @Override
    public void onWanted(final int from, final int to) {
        cluster.wanted(from, to, network.latencyNs(from, to));
    }

    @Override
    public void onUnwanted(final int from, final int to) {
        cluster.unwanted(from, to);
    }

    @Override
    public void onUp(final int a, final int b) {
        cluster.connected(a, b);
    }

    @Override
    public void onDown(final int from, final int to) {
        cluster.disconnected(from, to);
    }
}
