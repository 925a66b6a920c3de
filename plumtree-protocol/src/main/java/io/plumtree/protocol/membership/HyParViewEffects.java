package io.plumtree.protocol.membership;

import java.util.List;

/**
 * All that the membership protocol does to the world. Messages may be lost: whoever waits for an answer has a
 * deadline. Those to one node arrive in the order in which they are sent, or not at all.
 */
public interface HyParViewEffects {
    /**
     * Asks a contact to let this node into its cluster.
     *
     * @param contact {@code host:port}; who listens there is not known yet.
     * @param nonce   names the request; the answer has the same.
     */
    void sendJoin(String contact, long nonce);

    /**
     * Passes on that a node has joined.
     *
     * @param to         an active neighbour.
     * @param joined     who has joined.
     * @param timeToLive how many more hops the random walk has.
     */
    void sendForwardJoin(NodeDescriptor to, NodeDescriptor joined, int timeToLive);

    /**
     * Asks a node to become an active neighbour.
     *
     * @param to             the node; no neighbour yet.
     * @param nonce          names the request; the answer has the same.
     * @param isHighPriority whether it must accept, and give up another neighbour if need be: this node has none
     *                       otherwise, or would bring distant parts of the cluster together.
     */
    void sendNeighbor(NodeDescriptor to, long nonce, boolean isHighPriority);

    /**
     * Answers a {@link #sendJoin join} or a {@link #sendNeighbor request}.
     *
     * @param to         who has asked.
     * @param nonce      of the request.
     * @param isAccepted whether it is an active neighbour now.
     */
    void sendNeighborReply(NodeDescriptor to, long nonce, boolean isAccepted);

    /**
     * Tells a node that it is no active neighbour (any more).
     *
     * @param to        the node.
     * @param isLeaving whether this node leaves the cluster; otherwise it only makes room, and may be asked again.
     */
    void sendDisconnect(NodeDescriptor to, boolean isLeaving);

    /**
     * Starts a shuffle, or passes it on.
     *
     * @param to         an active neighbour.
     * @param origin     who has started it, and is answered.
     * @param timeToLive how many more hops the random walk has.
     * @param sample     nodes that the origin knows.
     */
    void sendShuffle(NodeDescriptor to, NodeDescriptor origin, int timeToLive, List<NodeDescriptor> sample);

    /**
     * Answers a shuffle.
     *
     * @param to     who has started it.
     * @param sample nodes that this node knows.
     */
    void sendShuffleReply(NodeDescriptor to, List<NodeDescriptor> sample);

    /**
     * Tells a node that has said something in an outdated incarnation, or under the name of a neighbour that is there,
     * which one is known here.
     *
     * @param to     the node, as it has named itself.
     * @param known  the run of its name that is known here.
     * @param isLive whether the link to that one is up.
     * @param nonce  of what the node has asked for; 0 if it has asked for nothing.
     */
    void sendKnown(NodeDescriptor to, NodeDescriptor known, boolean isLive, long nonce);

    /**
     * A node has become an active neighbour: a link to it is wanted.
     *
     * @param neighbour the node.
     */
    void onNeighborUp(NodeDescriptor neighbour);

    /**
     * A node is no active neighbour any more: the link to it is to be closed.
     *
     * @param neighbour the node, as it was told to {@link #onNeighborUp}.
     */
    void onNeighborDown(NodeDescriptor neighbour);
}
