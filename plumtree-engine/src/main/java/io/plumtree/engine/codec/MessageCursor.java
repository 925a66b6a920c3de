package io.plumtree.engine.codec;

import io.plumtree.handlers.spi.Message;
import io.plumtree.protocol.Broadcast;
import org.agrona.DirectBuffer;

/** Goes over the messages of a broadcast, one after another, where they lie. For one thread at a time. */
public final class MessageCursor {
    private final Message message = new Message();
    private DirectBuffer buffer;
    private int position;
    private int left;

    /** A cursor that is at no message. */
    public MessageCursor() {
    }

    /**
     * Begins before the first message.
     *
     * @param broadcast one message or more.
     * @return this.
     */
    public MessageCursor begin(final Broadcast broadcast) {
        buffer = broadcast.buffer();
        position = GossipBundle.firstOffset(broadcast);
        left = broadcast.count();
        message.origin(broadcast.key().root(), broadcast.key().round());
        return this;
    }

    /**
     * Whether there is another message.
     *
     * @return true if so.
     */
    public boolean hasNext() {
        return left > 0;
    }

    /**
     * Goes to the next message, which there is.
     *
     * @return the message: a flyweight, until the next call.
     */
    public Message next() {
        final int idLength = GossipBody.idLength(buffer, position);
        final int payloadOffset = GossipBody.payloadOffset(position, idLength);
        final int payloadLength = GossipBody.payloadLength(buffer, position, idLength);
        message.wrap(buffer, GossipBody.idOffset(position), idLength, payloadOffset, payloadLength);
        position = payloadOffset + payloadLength;
        left--;
        return message;
    }
}
