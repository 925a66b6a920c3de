package io.plumtree.engine.agent;

import io.plumtree.engine.codec.GossipFrameEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What precedes the messages in a frame of them: written once for all peers to which they are pushed. */
final class GossipHead {
    private final GossipFrameEncoder encoder;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[GossipFrameEncoder.GOSSIP_HEAD_LENGTH]);
    private boolean isBundle;
    private long root;
    private int round;
    private int handler;
    private int length;

    GossipHead(final GossipFrameEncoder encoder) {
        this.encoder = encoder;
    }

    /** Makes it that of a Gossip, or of a GossipBundle. */
    void set(final boolean newIsBundle, final long newRoot, final int newRound, final int newHandler) {
        if (length > 0 && isBundle == newIsBundle && root == newRoot && round == newRound && handler == newHandler) {
            return;
        }
        isBundle = newIsBundle;
        root = newRoot;
        round = newRound;
        handler = newHandler;
        length = isBundle
            ? encoder.bundleHead(buffer, 0, root, round, handler) : encoder.gossipHead(buffer, 0, root, round, handler);
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }
}
