package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.DisconnectEncoder;
import io.plumtree.engine.codec.sbe.ForwardJoinEncoder;
import io.plumtree.engine.codec.sbe.JoinEncoder;
import io.plumtree.engine.codec.sbe.MessageHeaderEncoder;
import io.plumtree.engine.codec.sbe.NeighborEncoder;
import io.plumtree.engine.codec.sbe.NeighborReplyEncoder;
import io.plumtree.engine.codec.sbe.ShuffleEncoder;
import io.plumtree.engine.codec.sbe.ShuffleReplyEncoder;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/** Writes the membership protocol's frames of one node. Not for concurrent use. */
public final class OverlayFrameEncoder {
    /** No frame is longer, in bytes: that much goes over any link, one made for a moment included. */
    public static final int MAX_LENGTH = AnswerPart.MAX_FRAME_LENGTH;
    /** Most nodes of a sample that a frame is taken in with. */
    public static final int MAX_SAMPLE = 256;
    /** The longest random walk that there is room for, in hops. */
    public static final int MAX_TIME_TO_LIVE = 254;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JoinEncoder join = new JoinEncoder();
    private final ForwardJoinEncoder forwardJoin = new ForwardJoinEncoder();
    private final NeighborEncoder neighbor = new NeighborEncoder();
    private final NeighborReplyEncoder neighborReply = new NeighborReplyEncoder();
    private final DisconnectEncoder disconnect = new DisconnectEncoder();
    private final ShuffleEncoder shuffle = new ShuffleEncoder();
    private final ShuffleReplyEncoder shuffleReply = new ShuffleReplyEncoder();
    private final long cluster;
    private NodeDescriptor self;

    /**
     * An encoder for one node.
     *
     * @param cluster what stands for its cluster, see {@link NameHash#ofCluster}.
     * @param self    the node.
     */
    public OverlayFrameEncoder(final long cluster, final NodeDescriptor self) {
        this.cluster = cluster;
        this.self = self;
    }

    /**
     * The node goes on in a later incarnation.
     *
     * @param newSelf the node.
     */
    public void self(final NodeDescriptor newSelf) {
        self = newSelf;
    }

    /**
     * Writes a Join.
     *
     * @param buffer to write to.
     * @param nonce  names the request.
     * @return the length.
     */
    public int join(final MutableDirectBuffer buffer, final long nonce) {
        join.wrapAndApplyHeader(buffer, 0, header)
            .cluster(cluster).sender(self.id().value()).incarnation(self.incarnation())
            .nonce(nonce)
            .senderName(self.id().name()).senderEndpoint(self.endpoint());
        return MessageHeaderEncoder.ENCODED_LENGTH + join.encodedLength();
    }

    /**
     * Writes a ForwardJoin.
     *
     * @param buffer     to write to.
     * @param joined     who has joined.
     * @param timeToLive hops that are left, at most {@value #MAX_TIME_TO_LIVE}.
     * @return the length.
     */
    public int forwardJoin(final MutableDirectBuffer buffer, final NodeDescriptor joined, final int timeToLive) {
        forwardJoin.wrapAndApplyHeader(buffer, 0, header)
            .cluster(cluster).sender(self.id().value()).incarnation(self.incarnation())
            .joinedIncarnation(joined.incarnation())
            .timeToLive((short) timeToLive)
            .senderName(self.id().name()).senderEndpoint(self.endpoint())
            .joinedName(joined.id().name()).joinedEndpoint(joined.endpoint());
        return MessageHeaderEncoder.ENCODED_LENGTH + forwardJoin.encodedLength();
    }

    /**
     * Writes a Neighbor.
     *
     * @param buffer         to write to.
     * @param nonce          names the request.
     * @param isHighPriority whether this node has no other.
     * @return the length.
     */
    public int neighbor(final MutableDirectBuffer buffer, final long nonce, final boolean isHighPriority) {
        neighbor.wrapAndApplyHeader(buffer, 0, header)
            .cluster(cluster).sender(self.id().value()).incarnation(self.incarnation())
            .nonce(nonce)
            .flags().clear().isHighPriority(isHighPriority);
        neighbor.senderName(self.id().name()).senderEndpoint(self.endpoint());
        return MessageHeaderEncoder.ENCODED_LENGTH + neighbor.encodedLength();
    }

    /**
     * Writes a NeighborReply.
     *
     * @param buffer     to write to.
     * @param nonce      of the request.
     * @param isAccepted whether this node agrees.
     * @return the length.
     */
    public int neighborReply(final MutableDirectBuffer buffer, final long nonce, final boolean isAccepted) {
        neighborReply.wrapAndApplyHeader(buffer, 0, header)
            .cluster(cluster).sender(self.id().value()).incarnation(self.incarnation())
            .nonce(nonce)
            .flags().clear().isAccepted(isAccepted);
        neighborReply.senderName(self.id().name()).senderEndpoint(self.endpoint());
        return MessageHeaderEncoder.ENCODED_LENGTH + neighborReply.encodedLength();
    }

    /**
     * Writes a Disconnect.
     *
     * @param buffer    to write to.
     * @param isLeaving whether this node leaves the cluster.
     * @return the length.
     */
    public int disconnect(final MutableDirectBuffer buffer, final boolean isLeaving) {
        disconnect.wrapAndApplyHeader(buffer, 0, header)
            .cluster(cluster).sender(self.id().value()).incarnation(self.incarnation())
            .flags().clear().isLeaving(isLeaving);
        disconnect.senderName(self.id().name()).senderEndpoint(self.endpoint());
        return MessageHeaderEncoder.ENCODED_LENGTH + disconnect.encodedLength();
    }

    /**
     * Writes a Shuffle.
     *
     * @param buffer     to write to.
     * @param origin     who has started it.
     * @param timeToLive hops that are left, at most {@value #MAX_TIME_TO_LIVE}.
     * @param sample     nodes that the origin knows; those that don't fit into a frame are left out.
     * @return the length.
     */
    public int shuffle(
        final MutableDirectBuffer buffer,
        final NodeDescriptor origin,
        final int timeToLive,
        final List<NodeDescriptor> sample) {
        shuffle.wrapAndApplyHeader(buffer, 0, header)
            .cluster(cluster).sender(self.id().value()).incarnation(self.incarnation())
            .originIncarnation(origin.incarnation())
            .timeToLive((short) timeToLive);
        final int count = fitting(
            sample, ShuffleEncoder.BLOCK_LENGTH + ShuffleEncoder.NodesEncoder.sbeBlockLength() + textsLength(origin));
        final ShuffleEncoder.NodesEncoder nodes = shuffle.nodesCount(count);
        for (int i = 0; i < count; i++) {
            final NodeDescriptor node = sample.get(i);
            nodes.next().nodeIncarnation(node.incarnation()).name(node.id().name()).endpoint(node.endpoint());
        }
        shuffle
            .senderName(self.id().name()).senderEndpoint(self.endpoint())
            .originName(origin.id().name()).originEndpoint(origin.endpoint());
        return MessageHeaderEncoder.ENCODED_LENGTH + shuffle.encodedLength();
    }

    /**
     * Writes a ShuffleReply.
     *
     * @param buffer to write to.
     * @param sample nodes that this node knows; those that don't fit into a frame are left out.
     * @return the length.
     */
    public int shuffleReply(final MutableDirectBuffer buffer, final List<NodeDescriptor> sample) {
        shuffleReply.wrapAndApplyHeader(buffer, 0, header)
            .cluster(cluster).sender(self.id().value()).incarnation(self.incarnation());
        final int count = fitting(sample, ShuffleReplyEncoder.BLOCK_LENGTH);
        final ShuffleReplyEncoder.NodesEncoder nodes = shuffleReply.nodesCount(count);
        for (int i = 0; i < count; i++) {
            final NodeDescriptor node = sample.get(i);
            nodes.next().nodeIncarnation(node.incarnation()).name(node.id().name()).endpoint(node.endpoint());
        }
        shuffleReply.senderName(self.id().name()).senderEndpoint(self.endpoint());
        return MessageHeaderEncoder.ENCODED_LENGTH + shuffleReply.encodedLength();
    }

    /** How many of a sample's nodes have room, the first ones, beside so many bytes. */
    private int fitting(final List<NodeDescriptor> sample, final int otherLength) {
        int length = MessageHeaderEncoder.ENCODED_LENGTH + otherLength + ShuffleEncoder.NodesEncoder.HEADER_SIZE +
            textsLength(self);
        int count = 0;
        while (count < Math.min(sample.size(), MAX_SAMPLE)) {
            length += ShuffleEncoder.NodesEncoder.sbeBlockLength() + textsLength(sample.get(count));
            if (length > MAX_LENGTH) {
                break;
            }
            count++;
        }
        return count;
    }

    private static int textsLength(final NodeDescriptor node) {
        return JoinEncoder.senderNameHeaderLength() + node.id().name().length() +
            JoinEncoder.senderEndpointHeaderLength() + node.endpoint().length();
    }
}
