package io.plumtree.handlers.pubsub;

import io.plumtree.api.BroadcastResult;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.HandlerContext;
import org.agrona.DirectBuffer;

/**
 * Publishes to one topic, straight into the node's command ring: without locks, without allocating, never blocking.
 * For one thread at a time; several threads take one each.
 */
public final class Publisher {
    private final byte[] topic;
    private final BroadcastClaim claim;
    private final long origin;
    private final int maxDataLength;

    Publisher(final byte[] topic, final HandlerContext context) {
        this.topic = topic;
        this.claim = context.newClaim();
        this.origin = context.self().value();
        this.maxDataLength =
            context.maxMessageLength() - MessageLayout.ID_LENGTH - MessageLayout.TOPIC_OFFSET - topic.length;
    }

    /**
     * The longest message that can be published.
     *
     * @return its length in bytes.
     */
    public int maxLength() {
        return maxDataLength;
    }

    /**
     * Publishes a message to every subscriber in the cluster, this node's own included.
     *
     * @param buffer holds the message.
     * @param offset where it starts.
     * @param length its length in bytes; may be 0.
     * @return the position in the node's stream of broadcasts that follows the message, or a negative code of
     *     {@link BroadcastResult}: then nothing was taken.
     * @throws IndexOutOfBoundsException if offset and length reach beyond the buffer.
     */
    public long publish(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        final long position = claim(length);
        if (position >= 0) {
            claim.buffer().putBytes(dataOffset(), buffer, offset, length);
            claim.commit();
        }
        return position;
    }

    /**
     * Publishes a message to every subscriber in the cluster, this node's own included.
     *
     * @param data the message; may be empty.
     * @return the position in the node's stream of broadcasts that follows the message, or a negative code of
     *     {@link BroadcastResult}: then nothing was taken.
     */
    public long publish(final byte[] data) {
        final long position = claim(data.length);
        if (position >= 0) {
            claim.buffer().putBytes(dataOffset(), data);
            claim.commit();
        }
        return position;
    }

    private long claim(final int dataLength) {
        if (dataLength > maxDataLength) {
            return BroadcastResult.PAYLOAD_TOO_LONG;
        }
        final int payloadLength = MessageLayout.TOPIC_OFFSET + topic.length + dataLength;
        final long position = claim.tryClaim(MessageLayout.ID_LENGTH, payloadLength);
        if (position >= 0) {
            // What else is in an id it gets on the engine's thread.
            MessageLayout.encodeId(claim.buffer(), claim.idOffset(), origin, 0, 0);
            MessageLayout.encodeTopic(claim.buffer(), claim.payloadOffset(), topic);
        }
        return position;
    }

    private int dataOffset() {
        return claim.payloadOffset() + MessageLayout.TOPIC_OFFSET + topic.length;
    }
}
