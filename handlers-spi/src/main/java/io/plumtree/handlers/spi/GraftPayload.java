package io.plumtree.handlers.spi;

import org.agrona.DirectBuffer;

/** Where a handler points at the payload that it was asked for. Reused by the engine; for its thread alone. */
public final class GraftPayload {
    private DirectBuffer buffer;
    private int offset;
    private int length;

    /** Points at nothing yet. */
    public GraftPayload() {
    }

    /**
     * Points at a payload.
     *
     * @param payloadBuffer holds it.
     * @param payloadOffset where it starts.
     * @param payloadLength its length in bytes.
     */
    public void wrap(final DirectBuffer payloadBuffer, final int payloadOffset, final int payloadLength) {
        payloadBuffer.boundsCheck(payloadOffset, payloadLength);
        this.buffer = payloadBuffer;
        this.offset = payloadOffset;
        this.length = payloadLength;
    }

    /**
     * What holds the payload.
     *
     * @return the buffer; null if nothing was wrapped.
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the payload starts.
     *
     * @return the offset.
     */
    public int offset() {
        return offset;
    }

    /**
     * How long the payload is.
     *
     * @return bytes.
     */
    public int length() {
        return length;
    }

    /** Points at nothing again. */
    public void clear() {
        buffer = null;
        offset = 0;
        length = 0;
    }
}
