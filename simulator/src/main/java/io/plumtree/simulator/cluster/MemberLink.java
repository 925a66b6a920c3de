package io.plumtree.simulator.cluster;

/** One end of a link between neighbours, as long as the node at this end wants it. */
final class MemberLink {
    final int index;
    final int from;
    final int to;
    boolean isWanted = true;
    boolean isUp;

    MemberLink(final int index, final int from, final int to) {
        this.index = index;
        this.from = from;
        this.to = to;
    }
}
