package io.plumtree.benchmarks;

import io.plumtree.engine.codec.FrameDecoder;
import io.plumtree.engine.codec.FrameEncoder;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.codec.SelectiveFrameListener;
import io.plumtree.engine.options.PlumtreeOptions;
import io.plumtree.engine.protocol.ControlMessage;
import io.plumtree.engine.protocol.Plumtree;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A relay with one peer that messages come from, four eager ones they go to, and one lazy one: a received frame, the
 * core, and time that is a field.
 */
final class Node extends SelectiveFrameListener {
    static final int ID_LENGTH = 24;

    private static final long CLUSTER = 11;
    private static final long SELF = 1;
    private static final long UPSTREAM = 2;
    private static final long LAZY = 7;
    private static final int HANDLER = 44;
    private static final int ROUND = 3;
    private static final long CYCLE_NS = 1_000;

    final CountingEffects effects;
    final Plumtree plumtree;

    private final FrameDecoder decoder = new FrameDecoder();
    private final UnsafeBuffer received;
    private final int idOffset = GossipBody.idOffset(FrameEncoder.GOSSIP_HEAD_LENGTH);
    private final int payloadLength;
    private final int frameLength;
    private final int upstreamPeer;
    private final int lazyPeer;
    private long sequence;
    private long nowNs;

    Node(final CountingEffects effects, final PlumtreeOptions options, final int payloadLength) {
        this.effects = effects;
        this.payloadLength = payloadLength;
        // Whatever travels on the common tree would be followed by a flood, to the lazy peer too.
        plumtree = new Plumtree(SELF, options.sharedTreeMessages(0), effects, nowNs);
        plumtree.start(
            new long[] {SELF, UPSTREAM, 3, 4, 5, 6, LAZY}, new long[] {UPSTREAM, 3, 4, 5, 6}, new long[] {LAZY});
        for (int peer = 0; peer < plumtree.peerLimit(); peer++) {
            plumtree.onLinkUp(peer, nowNs);
        }
        upstreamPeer = plumtree.peerIndex(UPSTREAM);
        lazyPeer = plumtree.peerIndex(LAZY);

        frameLength = FrameEncoder.gossipLength(ID_LENGTH, payloadLength);
        received = new UnsafeBuffer(BufferUtil.allocateDirectAligned(frameLength, 64));
        new FrameEncoder(CLUSTER, UPSTREAM).gossipHead(received, 0, UPSTREAM, ROUND, HANDLER);
        GossipBody.lengths(received, FrameEncoder.GOSSIP_HEAD_LENGTH, ID_LENGTH, payloadLength);
    }

    static EncodingEffects encodingEffects() {
        return new EncodingEffects(CLUSTER, SELF);
    }

    /** A new message, as primitives. */
    void receiveMessage() {
        nextMessage();
        plumtree.onGossip(
            upstreamPeer, UPSTREAM, ROUND, HANDLER,
            received, idOffset, ID_LENGTH, frameLength - payloadLength, payloadLength, nowNs);
    }

    /** A new message, as a frame. */
    void receiveFrame() {
        nextMessage();
        decoder.decode(received, 0, frameLength, this);
    }

    /** The lazy peer acknowledges the last message, as it would the announcement. */
    void acknowledge() {
        plumtree.onControl(
            ControlMessage.IGNORED_I_HAVE, lazyPeer, UPSTREAM, ROUND + 1, HANDLER,
            received, idOffset, ID_LENGTH, nowNs);
    }

    int flush() {
        nowNs += CYCLE_NS;
        return plumtree.onLazyTick(nowNs);
    }

    int outstanding() {
        return plumtree.outstandingCount(lazyPeer);
    }

    private void nextMessage() {
        nowNs += CYCLE_NS;
        received.putLong(idOffset, ++sequence);
    }

    @Override
    public boolean accepts(final long cluster, final long sender) {
        return cluster == CLUSTER && plumtree.peerIndex(sender) != Plumtree.NO_PEER;
    }

    @Override
    public boolean onGossip(
        final long sender,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int messageIdOffset,
        final int idLength,
        final int payloadOffset,
        final int length) {
        return plumtree.onGossip(
            plumtree.peerIndex(sender), root, round, handler,
            buffer, messageIdOffset, idLength, payloadOffset, length, nowNs);
    }
}
