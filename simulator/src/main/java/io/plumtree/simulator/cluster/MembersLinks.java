package io.plumtree.simulator.cluster;

/** Makes links of a cluster where its membership wants them. */
final class MembersLinks implements MemberLinks {
    private final Links links;
    private final MemberNetwork network;

    MembersLinks(final Links links, final MemberNetwork network) {
        this.links = links;
        this.network = network;
    }

    @Override
    public void onWanted(final int from, final int to) {
        links.wanted(from, to, network.latencyNs(from, to));
    }

    @Override
    public void onUnwanted(final int from, final int to) {
        links.unwanted(from, to);
    }

    @Override
    public void onUp(final int a, final int b) {
        links.connected(a, b);
    }

    @Override
    public void onDown(final int from, final int to) {
        links.disconnected(from, to);
    }
}
