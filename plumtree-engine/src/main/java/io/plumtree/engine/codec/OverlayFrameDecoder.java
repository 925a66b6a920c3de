package io.plumtree.engine.codec;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.sbe.DisconnectDecoder;
import io.plumtree.engine.codec.sbe.ForwardJoinDecoder;
import io.plumtree.engine.codec.sbe.JoinDecoder;
import io.plumtree.engine.codec.sbe.NeighborDecoder;
import io.plumtree.engine.codec.sbe.NeighborReplyDecoder;
import io.plumtree.engine.codec.sbe.ShuffleDecoder;
import io.plumtree.engine.codec.sbe.ShuffleReplyDecoder;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the membership protocol's frames whole before anything is told of them; the part of a
 * {@link FrameDecoder} that does.
 */
final class OverlayFrameDecoder {
    private final JoinDecoder join = new JoinDecoder();
    private final ForwardJoinDecoder forwardJoin = new ForwardJoinDecoder();
    private final NeighborDecoder neighbor = new NeighborDecoder();
    private final NeighborReplyDecoder neighborReply = new NeighborReplyDecoder();
    private final DisconnectDecoder disconnect = new DisconnectDecoder();
    private final ShuffleDecoder shuffle = new ShuffleDecoder();
    private final ShuffleReplyDecoder shuffleReply = new ShuffleReplyDecoder();
    private final TextReader reader = new TextReader();
    private final OverlayFrameListener listener;
    private Frame frame;

    OverlayFrameDecoder(final OverlayFrameListener listener) {
        this.listener = listener;
    }

    DecodeResult decode(final Frame newFrame) {
        if (!listener.accepts(newFrame.cluster(), newFrame.sender())) {
            return DecodeResult.STRANGER;
        }
        frame = newFrame;
        reader.wrap(frame);
        final boolean isWellFormed = switch (frame.templateId()) {
            case JoinDecoder.TEMPLATE_ID -> onJoin();
            case ForwardJoinDecoder.TEMPLATE_ID -> onForwardJoin();
            case NeighborDecoder.TEMPLATE_ID -> onNeighbor();
            case NeighborReplyDecoder.TEMPLATE_ID -> onNeighborReply();
            case DisconnectDecoder.TEMPLATE_ID -> onDisconnect();
            case ShuffleDecoder.TEMPLATE_ID -> onShuffle();
            default -> onShuffleReply();
        };
        return isWellFormed ? DecodeResult.CONSUMED : DecodeResult.MALFORMED;
    }

    private boolean onJoin() {
        if (!frame.hasBlock(JoinDecoder.BLOCK_LENGTH)) {
            return false;
        }
        join.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final NodeDescriptor from = sender(join.sender(), join.incarnation());
        if (from == null || !isAtEnd()) {
            return false;
        }
        listener.onJoin(from, join.nonce());
        return true;
    }

    private boolean onForwardJoin() {
        if (!frame.hasBlock(ForwardJoinDecoder.BLOCK_LENGTH)) {
            return false;
        }
        forwardJoin.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final NodeDescriptor from = sender(forwardJoin.sender(), forwardJoin.incarnation());
        final NodeDescriptor joined = from == null ? null : node(forwardJoin.joinedIncarnation());
        if (joined == null || !isTimeToLive(forwardJoin.timeToLive()) || !isAtEnd()) {
            return false;
        }
        listener.onForwardJoin(from, joined, forwardJoin.timeToLive());
        return true;
    }

    private boolean onNeighbor() {
        if (!frame.hasBlock(NeighborDecoder.BLOCK_LENGTH)) {
            return false;
        }
        neighbor.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final NodeDescriptor from = sender(neighbor.sender(), neighbor.incarnation());
        if (from == null || !isAtEnd()) {
            return false;
        }
        listener.onNeighbor(from, neighbor.nonce(), neighbor.flags().isHighPriority());
        return true;
    }

    private boolean onNeighborReply() {
        if (!frame.hasBlock(NeighborReplyDecoder.BLOCK_LENGTH)) {
            return false;
        }
        neighborReply.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final NodeDescriptor from = sender(neighborReply.sender(), neighborReply.incarnation());
        if (from == null || !isAtEnd()) {
            return false;
        }
        listener.onNeighborReply(from, neighborReply.nonce(), neighborReply.flags().isAccepted());
        return true;
    }

    private boolean onDisconnect() {
        if (!frame.hasBlock(DisconnectDecoder.BLOCK_LENGTH)) {
            return false;
        }
        disconnect.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final NodeDescriptor from = sender(disconnect.sender(), disconnect.incarnation());
        if (from == null || !isAtEnd()) {
            return false;
        }
        listener.onDisconnect(from, disconnect.flags().isLeaving());
        return true;
    }

    private boolean onShuffle() {
        if (!frame.hasBlock(ShuffleDecoder.BLOCK_LENGTH)) {
            return false;
        }
        shuffle.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final List<NodeDescriptor> sample = sample();
        final NodeDescriptor from = sample == null ? null : sender(shuffle.sender(), shuffle.incarnation());
        final NodeDescriptor origin = from == null ? null : node(shuffle.originIncarnation());
        if (origin == null || !isTimeToLive(shuffle.timeToLive()) || !isAtEnd()) {
            return false;
        }
        listener.onShuffle(from, origin, shuffle.timeToLive(), sample);
        return true;
    }

    private boolean onShuffleReply() {
        if (!frame.hasBlock(ShuffleReplyDecoder.BLOCK_LENGTH)) {
            return false;
        }
        shuffleReply.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final List<NodeDescriptor> sample = sample();
        final NodeDescriptor from =
            sample == null ? null : sender(shuffleReply.sender(), shuffleReply.incarnation());
        if (from == null || !isAtEnd()) {
            return false;
        }
        listener.onShuffleReply(from, sample);
        return true;
    }

    /** Reads the nodes of a shuffle or of its answer, whose groups are alike; null if they are malformed. */
    private List<NodeDescriptor> sample() {
        if (!reader.has(TextReader.GROUP_HEADER_LENGTH)) {
            return null;
        }
        final int entryLength = reader.unsignedShort(0);
        final int count = reader.unsignedShort(2);
        if (!frame.agrees(entryLength, ShuffleDecoder.NodesDecoder.sbeBlockLength()) ||
            count > OverlayFrameEncoder.MAX_SAMPLE) {
            return null;
        }
        reader.skip(TextReader.GROUP_HEADER_LENGTH);
        final List<NodeDescriptor> sample = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (!reader.has(entryLength)) {
                return null;
            }
            final long incarnation = frame.buffer().getLong(
                reader.position() + ShuffleDecoder.NodesDecoder.nodeIncarnationEncodingOffset(),
                ByteOrder.LITTLE_ENDIAN);
            reader.skip(entryLength);
            final NodeDescriptor node = node(incarnation);
            if (node == null) {
                return null;
            }
            sample.add(node);
        }
        return sample;
    }

    /** Reads name and endpoint of the frame's sender; null if they are malformed, or another node's. */
    private NodeDescriptor sender(final long value, final long incarnation) {
        final NodeDescriptor node = node(incarnation);
        return node != null && node.id().value() == value ? node : null;
    }

    private NodeDescriptor node(final long incarnation) {
        final String name = reader.name();
        final String endpoint = name == null ? null : reader.endpoint();
        if (endpoint == null || !NodeDescriptor.isPossible(incarnation) || !Query.isEndpoint(endpoint)) {
            return null;
        }
        return new NodeDescriptor(NodeId.of(name), endpoint, incarnation);
    }

    private static boolean isTimeToLive(final int timeToLive) {
        return timeToLive <= OverlayFrameEncoder.MAX_TIME_TO_LIVE;
    }

    private boolean isAtEnd() {
        return frame.endsAt(reader.position());
    }
}
