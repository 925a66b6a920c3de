package io.plumtree.handlers.testkit;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Buffers as the engine hands them out: outside the heap, begun elsewhere than at 0, and another's after the call. They
 * end where their last part ends, so that reading beyond it fails; what lies before and between is noise.
 */
final class Scratch {
    /** As the engine has it, a multiple of 8. */
    static final int DEFAULT_OFFSET = 24;
    private static final int GAP = 5;
    private static final int INITIAL_CAPACITY = 4096;
    /** Taken in turns, so that a buffer that was kept does not have the next message by chance. */
    private static final int MEMORY_COUNT = 3;

    private final ByteBuffer[] memories = new ByteBuffer[MEMORY_COUNT];
    private int index;
    private UnsafeBuffer buffer;
    private byte noise = 0x5A;
    private int firstOffset = DEFAULT_OFFSET;

    void firstOffset(final int offset) {
        firstOffset = offset;
    }

    /** Where the first part begins. */
    int firstOffset() {
        return firstOffset;
    }

    /** Where the second part begins. */
    int secondOffset(final int firstLength) {
        return firstOffset + firstLength + GAP;
    }

    UnsafeBuffer place(final byte[] part) {
        acquire(firstOffset + part.length);
        buffer.putBytes(firstOffset, part);
        return buffer;
    }

    UnsafeBuffer place(final byte[] first, final byte[] second) {
        final UnsafeBuffer space = place(first.length, second.length);
        space.putBytes(firstOffset, first);
        space.putBytes(secondOffset(first.length), second);
        return space;
    }

    UnsafeBuffer place(final int firstLength, final int secondLength) {
        acquire(secondOffset(firstLength) + secondLength);
        return buffer;
    }

    /** Whoever has kept the buffer finds noise in it from now on. */
    void scribble() {
        noise += 0x35;
        buffer.setMemory(0, buffer.capacity(), noise);
    }

    private void acquire(final int length) {
        index = (index + 1) % MEMORY_COUNT;
        if (memories[index] == null || memories[index].capacity() < length) {
            memories[index] = ByteBuffer.allocateDirect(Math.max(INITIAL_CAPACITY, 2 * length));
        }
        buffer = new UnsafeBuffer(memories[index], 0, length);
        scribble();
    }
}
