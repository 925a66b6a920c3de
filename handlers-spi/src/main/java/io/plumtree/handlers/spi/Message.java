package io.plumtree.handlers.spi;

import io.plumtree.api.MessageId;
import org.agrona.DirectBuffer;

/**
 * A message that has come from another node, where it lies: a reused flyweight, valid during the call to which it is
 * handed. For one thread at a time.
 */
public final class Message {
    private final MessageId id = new MessageId();
    private DirectBuffer buffer;
    private int payloadOffset;
    private int payloadLength;
    private long root;
    private int round;

    /** A flyweight over no message: to be wrapped first. */
    public Message() {
    }

    /**
     * Points at a message whose id and payload are in one buffer. Bounds are not checked.
     *
     * @param newBuffer        holds id and payload.
     * @param newIdOffset      where the id starts.
     * @param newIdLength      its length in bytes.
     * @param newPayloadOffset where the payload starts.
     * @param newPayloadLength its length in bytes.
     * @return this.
     */
    public Message wrap(
        final DirectBuffer newBuffer,
        final int newIdOffset,
        final int newIdLength,
        final int newPayloadOffset,
        final int newPayloadLength) {
        id.wrap(newBuffer, newIdOffset, newIdLength);
        return payload(newBuffer, newPayloadOffset, newPayloadLength);
    }

    /**
     * Points at a payload. Bounds are not checked.
     *
     * @param newBuffer holds the payload.
     * @param newOffset where it starts.
     * @param newLength its length in bytes.
     * @return this.
     */
    public Message payload(final DirectBuffer newBuffer, final int newOffset, final int newLength) {
        if (buffer != newBuffer) {
            buffer = newBuffer;
        }
        payloadOffset = newOffset;
        payloadLength = newLength;
        return this;
    }

    /**
     * Sets where the message has come from.
     *
     * @param newRoot  value of the id of the node that has broadcast it; 0 if it is not known.
     * @param newRound hops from there; 0 if they are not known.
     * @return this.
     */
    public Message origin(final long newRoot, final int newRound) {
        root = newRoot;
        round = newRound;
        return this;
    }

    /**
     * The id.
     *
     * @return a flyweight of this message's own; to be wrapped by whoever makes the message.
     */
    public MessageId id() {
        return id;
    }

    /**
     * Holds the payload.
     *
     * @return the buffer; not necessarily that of the id.
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the payload starts.
     *
     * @return the offset in {@link #buffer()}.
     */
    public int payloadOffset() {
        return payloadOffset;
    }

    /**
     * How long the payload is.
     *
     * @return bytes, 0 or more.
     */
    public int payloadLength() {
        return payloadLength;
    }

    /**
     * Which node has broadcast the message, as the frame says that has brought it. Anyone who reaches this node can
     * say any.
     *
     * @return value of that node's id; 0 if it is not known, as of what an exchange has brought.
     */
    public long root() {
        return root;
    }

    /**
     * How many hops the message has made, as the frame says that has brought it.
     *
     * @return hops; 0 if they are not known.
     */
    public int round() {
        return round;
    }
}
