package io.plumtree.engine.codec;

import io.plumtree.protocol.membership.NodeDescriptor;
import java.util.List;

/**
 * Is told of the membership protocol's frames, which may be those of nodes that are no peers. {@code from} is who sent
 * the frame; names, endpoints and incarnations have a form that can be. See {@link FrameListeners}.
 */
public interface OverlayFrameListener {
    /**
     * Whether to look at a frame at all. Must do no more than answer.
     *
     * @param cluster what stands for the sender's cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of the sender's id.
     * @return false to drop the frame as a {@link DecodeResult#STRANGER}'s.
     */
    boolean accepts(long cluster, long sender);

    /**
     * A node asks to be let into the cluster.
     *
     * @param from  the node.
     * @param nonce names the request.
     */
    void onJoin(NodeDescriptor from, long nonce);

    /**
     * A node has joined.
     *
     * @param from       the last hop.
     * @param joined     the node.
     * @param timeToLive hops that are left, 0 to 254.
     */
    void onForwardJoin(NodeDescriptor from, NodeDescriptor joined, int timeToLive);

    /**
     * A node asks to become a neighbour.
     *
     * @param from           the node.
     * @param nonce          names the request.
     * @param isHighPriority whether it has no other.
     */
    void onNeighbor(NodeDescriptor from, long nonce, boolean isHighPriority);

    /**
     * A join or a request is answered.
     *
     * @param from       who was asked.
     * @param nonce      of the request.
     * @param isAccepted whether it agrees.
     */
    void onNeighborReply(NodeDescriptor from, long nonce, boolean isAccepted);

    /**
     * This node is no neighbour of a node's (any more).
     *
     * @param from      the node.
     * @param isLeaving whether it leaves the cluster.
     */
    void onDisconnect(NodeDescriptor from, boolean isLeaving);

    /**
     * A shuffle.
     *
     * @param from       the last hop.
     * @param origin     who has started it.
     * @param timeToLive hops that are left, 0 to 254.
     * @param sample     nodes that the origin knows, at most {@link OverlayFrameEncoder#MAX_SAMPLE}.
     */
    void onShuffle(NodeDescriptor from, NodeDescriptor origin, int timeToLive, List<NodeDescriptor> sample);

    /**
     * An answer to a shuffle.
     *
     * @param from   who answers.
     * @param sample nodes that it knows, at most {@link OverlayFrameEncoder#MAX_SAMPLE}.
     */
    void onShuffleReply(NodeDescriptor from, List<NodeDescriptor> sample);
}
