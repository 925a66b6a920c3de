package io.plumtree.protocol;

import io.plumtree.api.MessageId;
import org.agrona.DirectBuffer;

/**
 * What is relayed along a tree: one message, or several of one handler that travel as one under the id of the first.
 * The body is what is sent from hop to hop as it is; the protocol does not look into it. A reused flyweight, valid
 * during the call to which it is handed. For one thread at a time.
 */
public final class Broadcast {
    private final MessageKey key = new MessageKey();
    private DirectBuffer buffer;
    private int bodyOffset;
    private int bodyLength;
    private int payloadLength;
    private int count;

    /** A flyweight over no messages: to be wrapped first. */
    public Broadcast() {
    }

    /**
     * Points at a body. Bounds are not checked.
     *
     * @param newBuffer holds the body.
     * @param newOffset where it starts.
     * @param newLength its length in bytes.
     * @return this.
     */
    public Broadcast body(final DirectBuffer newBuffer, final int newOffset, final int newLength) {
        if (buffer != newBuffer) {
            buffer = newBuffer;
        }
        bodyOffset = newOffset;
        bodyLength = newLength;
        return this;
    }

    /**
     * Sets how many messages and bytes it is.
     *
     * @param messages as how many messages handlers keep it, 1 or more.
     * @param bytes    of payload, which count against what a peer may owe.
     * @return this.
     */
    public Broadcast size(final int messages, final int bytes) {
        count = messages;
        payloadLength = bytes;
        return this;
    }

    /**
     * What names it: root, round and handler, and the id of the first message.
     *
     * @return a flyweight of this broadcast's own, to be set by whoever makes the broadcast.
     */
    public MessageKey key() {
        return key;
    }

    /**
     * The id of the first message.
     *
     * @return that of {@link #key()}.
     */
    public MessageId id() {
        return key.id();
    }

    /**
     * Holds the body.
     *
     * @return the buffer.
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the body starts.
     *
     * @return the offset in {@link #buffer()}.
     */
    public int bodyOffset() {
        return bodyOffset;
    }

    /**
     * How long the body is.
     *
     * @return bytes.
     */
    public int bodyLength() {
        return bodyLength;
    }

    /**
     * How many messages it is. As many count where it is bounded how far a peer may fall behind, since it is bounded
     * how many of them a handler keeps.
     *
     * @return 1 or more.
     */
    public int count() {
        return count;
    }

    /**
     * How many bytes of payload count against what a peer may owe.
     *
     * @return bytes, 0 or more.
     */
    public int payloadLength() {
        return payloadLength;
    }
}
