package io.plumtree.handlers.testkit;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Buffers as the engine hands them out: outside the heap, begun elsewhere than at 0, and another's after the call. They
 * end where their last part ends, so that reading beyond it fails; what lies before and between is noise.
 */
final class Scratch {
    /** As the engine has it, a multiple of 8. */
    static final int FIRST_OFFSET = 24;
    private static final int GAP = 5;
    private static final int INITIAL_CAPACITY = 4096;

    private ByteBuffer memory = ByteBuffer.allocateDirect(INITIAL_CAPACITY);
    private UnsafeBuffer buffer;
    private byte noise = 0x5A;

    /** Where the second part begins. */
    static int secondOffset(final int firstLength) {
        return FIRST_OFFSET + firstLength + GAP;
    }

    UnsafeBuffer place(final byte[] part) {
        acquire(FIRST_OFFSET + part.length);
        buffer.putBytes(FIRST_OFFSET, part);
        return buffer;
    }

    UnsafeBuffer place(final byte[] first, final byte[] second) {
        final UnsafeBuffer space = place(first.length, second.length);
        space.putBytes(FIRST_OFFSET, first);
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
        if (memory.capacity() < length) {
            memory = ByteBuffer.allocateDirect(2 * length);
        }
        buffer = new UnsafeBuffer(memory, 0, length);
        scribble();
    }
}
