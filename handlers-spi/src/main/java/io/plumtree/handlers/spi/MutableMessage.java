package io.plumtree.handlers.spi;

import io.plumtree.api.MessageId;
import org.agrona.MutableDirectBuffer;

/**
 * A broadcast of this node's own that is about to be pushed, where it lies and may be written to: a reused flyweight,
 * valid during the call to which it is handed. For one thread at a time.
 */
public final class MutableMessage {
    private final MessageId id = new MessageId();
    private MutableDirectBuffer buffer;
    private int idOffset;
    private int idLength;
    private int payloadOffset;
    private int payloadLength;

    /** A flyweight over no message: to be wrapped first. */
    public MutableMessage() {
    }

    /**
     * Points at a message. Bounds are not checked.
     *
     * @param newBuffer        holds id and payload.
     * @param newIdOffset      where the id starts.
     * @param newIdLength      its length in bytes.
     * @param newPayloadOffset where the payload starts.
     * @param newPayloadLength its length in bytes.
     * @return this.
     */
    public MutableMessage wrap(
        final MutableDirectBuffer newBuffer,
        final int newIdOffset,
        final int newIdLength,
        final int newPayloadOffset,
        final int newPayloadLength) {
        if (buffer != newBuffer) {
            buffer = newBuffer;
        }
        idOffset = newIdOffset;
        idLength = newIdLength;
        payloadOffset = newPayloadOffset;
        payloadLength = newPayloadLength;
        return this;
    }

    /**
     * Holds id and payload.
     *
     * @return the buffer.
     */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * The id as its bytes are now; to be asked for again after they were written to.
     *
     * @return a flyweight of this message's own.
     */
    public MessageId id() {
        return id.wrap(buffer, idOffset, idLength);
    }

    /**
     * Where the id starts.
     *
     * @return the offset in {@link #buffer()}.
     */
    public int idOffset() {
        return idOffset;
    }

    /**
     * How long the id is.
     *
     * @return bytes, 1 or more.
     */
    public int idLength() {
        return idLength;
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
}
