package io.plumtree.benchmarks;

import io.plumtree.engine.codec.BatchKind;
import io.plumtree.engine.codec.FrameBatch;
import io.plumtree.engine.codec.FrameEncoder;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.protocol.ControlMessage;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes whole frames to where a transport would have claimed room. */
final class EncodingEffects extends CountingEffects {
    private static final int MAX_UNFRAGMENTED_LENGTH = 1376;

    private final FrameEncoder encoder;
    private final FrameBatch batch;
    private final UnsafeBuffer claimed = new UnsafeBuffer(BufferUtil.allocateDirectAligned(4096, 64));

    EncodingEffects(final long cluster, final long self) {
        encoder = new FrameEncoder(cluster, self);
        batch = new FrameBatch(BatchKind.I_HAVE, cluster, self, MAX_UNFRAGMENTED_LENGTH);
    }

    @Override
    public boolean sendGossip(
        final int peer,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        final int headLength = encoder.gossipHead(claimed, 0, root, round, handler);
        claimed.putBytes(headLength, buffer, GossipBody.offset(idOffset), GossipBody.length(idLength, payloadLength));
        return super.sendGossip(
            peer, root, round, handler, buffer, idOffset, idLength, payloadOffset, payloadLength);
    }

    @Override
    public boolean sendControl(
        final ControlMessage type,
        final int peer,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength) {
        if (type == ControlMessage.I_HAVE && !batch.append(root, round, handler, buffer, idOffset, idLength)) {
            claimed.putBytes(0, batch.buffer(), 0, batch.length());
            batch.clear();
            batch.append(root, round, handler, buffer, idOffset, idLength);
        }
        return super.sendControl(type, peer, root, round, handler, buffer, idOffset, idLength);
    }
}
