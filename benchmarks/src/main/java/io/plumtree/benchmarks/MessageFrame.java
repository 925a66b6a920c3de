package io.plumtree.benchmarks;

import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.codec.GossipFrameEncoder;
import io.plumtree.engine.codec.NameHash;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A Gossip frame that is given one message after the other. Ids and payloads are such as the handler {@code pubsub}
 * takes: 24 bytes, which end in a sequence, and a payload which begins with a topic.
 */
final class MessageFrame {
    static final int ID_LENGTH = 24;
    static final int ID_OFFSET = GossipBody.idOffset(GossipFrameEncoder.GOSSIP_HEAD_LENGTH);
    /** Hops that it has come. */
    static final int ROUND = 3;
    static final String TOPIC = "topic";

    private static final long INCARNATION = 1;
    private static final int INCARNATION_OFFSET = 8;
    private static final int SEQUENCE_OFFSET = 16;
    private static final int ALIGNMENT = 64;

    private final UnsafeBuffer buffer;
    private final long root;
    private final int handler;

    /** A frame from a peer that is the root, too. */
    MessageFrame(final MemoryPeer from, final String handlerName, final int payloadLength) {
        this(from, from.id.value(), handlerName, payloadLength);
    }

    /** A frame from a peer, of another root. */
    MessageFrame(final MemoryPeer from, final long root, final String handlerName, final int payloadLength) {
        this.root = root;
        handler = NameHash.ofHandler(handlerName);
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            GossipFrameEncoder.gossipLength(ID_LENGTH, payloadLength), ALIGNMENT));
        from.encoder.gossipHead(buffer, 0, root, ROUND, handler);
        GossipBody.lengths(buffer, GossipFrameEncoder.GOSSIP_HEAD_LENGTH, ID_LENGTH, payloadLength);
        putId(buffer, ID_OFFSET, root);
        putTopic(buffer, buffer.capacity() - payloadLength);
    }

    /** Writes an id without its sequence. */
    static void putId(final UnsafeBuffer to, final int offset, final long root) {
        to.putLong(offset, root, ByteOrder.LITTLE_ENDIAN);
        to.putLong(offset + INCARNATION_OFFSET, INCARNATION, ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes the sequence of an id. */
    static void putSequence(final UnsafeBuffer to, final int offset, final long sequence) {
        to.putLong(offset + SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes the beginning of a payload. */
    static void putTopic(final UnsafeBuffer to, final int offset) {
        to.putShort(offset, (short) TOPIC.length(), ByteOrder.LITTLE_ENDIAN);
        to.putStringWithoutLengthAscii(offset + Short.BYTES, TOPIC);
    }

    /** Makes it the message of that number, from 1. */
    void sequence(final long sequence) {
        putSequence(buffer, ID_OFFSET, sequence);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    long root() {
        return root;
    }

    int handler() {
        return handler;
    }
}
