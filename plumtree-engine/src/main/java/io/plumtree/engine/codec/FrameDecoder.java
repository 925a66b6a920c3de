package io.plumtree.engine.codec;

import org.agrona.DirectBuffer;

/** Checks frames and passes what is in them to a {@link FrameListener}. */
public final class FrameDecoder {
    /** A decoder. */
    public FrameDecoder() {
    }

    /**
     * Decodes one frame. Reads nothing outside of it, and throws nothing, whatever its bytes are; what the listener
     * throws goes through.
     *
     * @param buffer   holds the frame.
     * @param offset   where it starts.
     * @param length   its length in bytes.
     * @param listener is told what is in it.
     * @return what became of it.
     */
    public DecodeResult decode(
        final DirectBuffer buffer, final int offset, final int length, final FrameListener listener) {
        return DecodeResult.MALFORMED;
    }
}
