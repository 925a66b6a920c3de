package io.plumtree.simulator.cluster;

/** One direction of a link between two nodes, as the network and its sender know it. */
final class DirectedLink {
    final int index;
    final int from;
    final int to;
    final long latencyNs;
    DirectedLink reverse;
    /** The sender's number of the receiver; {@code reverse.peer} is the receiver's number of the sender. */
    int peer;
    /** Whether the sender thinks that the receiver can be reached. */
    boolean isUp;
    /** Frames vanish in this direction. */
    boolean isCut;
    /** Grows with each new connection: what was under way on an earlier one does not arrive. */
    int connection;
    long lastArrivalNs;
    /** When all that has been sent will have left; later than now where bandwidth is limited. */
    long freeNs;
    /** Since when the link is full; 0 if it is not. */
    long fullSinceNs;
    /** The receiver has refused a frame: until then all that follow wait behind it. */
    long stalledUntilNs;

    DirectedLink(final int index, final int from, final int to, final long latencyNs) {
        this.index = index;
        this.from = from;
        this.to = to;
        this.latencyNs = latencyNs;
    }
}
