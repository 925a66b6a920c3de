package io.plumtree.transport.aeron;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The parts of one sender's frame so far. Keeps its space from frame to frame.
 *
 * <p>Aeron's own assembler takes only messages that lie within one term; a frame of ours may begin in one and end in
 * the next, so this one follows it there.
 */
final class PartialFrame {
    private static final int INITIAL_CAPACITY = 16 * 1024;
    private static final int NONE = -1;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final int maxLength;
    private int length = NONE;
    private int nextTermId;
    private int nextTermOffset;

    PartialFrame(final int maxLength) {
        this.maxLength = maxLength;
    }

    boolean isEmpty() {
        return length == NONE;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    void begin() {
        length = 0;
    }

    void reset() {
        length = NONE;
    }

    /** Takes back the last part, which will come again. */
    void truncate(final int lengthBefore) {
        length = lengthBefore;
    }

    boolean hasRoomFor(final int partLength) {
        return partLength <= maxLength - length;
    }

    void append(final DirectBuffer source, final int offset, final int partLength) {
        final int newLength = length + partLength;
        if (newLength > buffer.capacity()) {
            grow(newLength);
        }
        buffer.putBytes(length, source, offset, partLength);
        length = newLength;
    }

    private void grow(final int needed) {
        final int doubled = Math.max(INITIAL_CAPACITY, (int) Math.min(maxLength, 2L * buffer.capacity()));
        final int capacity = Math.max(needed, doubled);
        final byte[] old = buffer.byteArray();
        buffer.wrap(old == null ? new byte[capacity] : Arrays.copyOf(old, capacity));
    }

    /** The part that was taken back comes next. */
    void expectAgain(final Header header) {
        nextTermId = header.termId();
        nextTermOffset = header.termOffset();
    }

    void expectAfter(final Header header) {
        nextTermId = header.termId();
        nextTermOffset = header.nextTermOffset();
    }

    /**
     * Whether a part follows the last one: right behind it, or at the start of the next term if there was no room for
     * it in the last.
     */
    boolean isFollowedBy(final Header header) {
        if (header.termId() == nextTermId) {
            return header.termOffset() == nextTermOffset;
        }
        final int termLength = 1 << header.positionBitsToShift();
        final int alignedLength = BitUtil.align(header.frameLength(), FrameDescriptor.FRAME_ALIGNMENT);
        return header.termId() == nextTermId + 1
            && header.termOffset() == 0
            && termLength - nextTermOffset < alignedLength;
    }
}
