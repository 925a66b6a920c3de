package io.plumtree.node.pipe;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * What the engine's thread leaves for the one that prints. Bounded: when it is full, the engine waits a moment, which
 * slows those who send, and then drops what it has, which is counted. As publishers of the command line wait for what
 * has been printed, that happens only with other publishers.
 */
final class Inbox {
    /** A line. */
    static final int LINE = 1;
    /** A question of {@link Control}, with its origin and incarnation filled in. */
    static final int QUESTION = 2;
    /** A gap, encoded here. */
    static final int GAP = 3;
    /** Length of a gap. */
    static final int GAP_LENGTH = 3 * BitUtil.SIZE_OF_LONG;

    private static final int LENGTH = 32 * 1024 * 1024;
    private static final int FIRST_LENGTH = 1024 * 1024;
    private static final long STALL_LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    /** Written to until something does not fit; then the long ring is, which most nodes never need. */
    private final OneToOneRingBuffer first = ring(FIRST_LENGTH);
    /** Behind all that is in the first. Made by the engine's thread. */
    private volatile OneToOneRingBuffer rest;
    private volatile long dropped;
    /** Who waits for something to be added; null if nobody does. */
    private volatile Thread reader;
    private boolean isStalled;

    private static OneToOneRingBuffer ring(final int length) {
        return new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(length + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    /** Adds something; only on the engine's thread. */
    void put(final int type, final DirectBuffer buffer, final int offset, final int length) {
        if (rest == null && length <= first.maxMsgLength() && first.write(type, buffer, offset, length)) {
            wakeUp();
            return;
        }
        if (rest == null) {
            rest = ring(LENGTH);
        }
        final OneToOneRingBuffer ring = rest;
        if (ring.write(type, buffer, offset, length)) {
            isStalled = false;
            wakeUp();
            return;
        }
        if (!isStalled) {
            // Once in a row only: the engine has heartbeats to send.
            final long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < STALL_LIMIT_NS) {
                LockSupport.parkNanos(PARK_NS);
                if (ring.write(type, buffer, offset, length)) {
                    wakeUp();
                    return;
                }
            }
            isStalled = true;
        }
        droppedIncrement();
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void droppedIncrement() {
        dropped = dropped + 1;
    }

    /** Takes things out; only on the thread that prints. */
    int drain(final MessageHandler handler, final int limit) {
        // Looked at before the first: then nothing is put into that any more, and what is there comes first.
        final OneToOneRingBuffer next = rest;
        final int count = first.read(handler, limit);
        return count > 0 || next == null || first.size() > 0 ? count : next.read(handler, limit);
    }

    /** Gets what {@link #decodeGap} finds. */
    @FunctionalInterface
    interface GapConsumer {
        void accept(long origin, long fromSequence, long toSequence);
    }

    static void encodeGap(
        final MutableDirectBuffer buffer, final long origin, final long fromSequence, final long toSequence) {
        buffer.putLong(0, origin);
        buffer.putLong(BitUtil.SIZE_OF_LONG, fromSequence);
        buffer.putLong(2 * BitUtil.SIZE_OF_LONG, toSequence);
    }

    static void decodeGap(final DirectBuffer buffer, final int offset, final GapConsumer consumer) {
        consumer.accept(buffer.getLong(offset), buffer.getLong(offset + BitUtil.SIZE_OF_LONG),
            buffer.getLong(offset + 2 * BitUtil.SIZE_OF_LONG));
    }

    /** Waits until there is something, or {@link #wakeUp()} is called; only on the thread that prints. */
    void await(final long timeoutNs) {
        reader = Thread.currentThread();
        // Said first, looked second; who adds something does it the other way round.
        final OneToOneRingBuffer next = rest;
        if (first.size() == 0 && (next == null || next.size() == 0)) {
            LockSupport.parkNanos(this, timeoutNs);
        }
        reader = null;
    }

    /** Ends a wait, or not much later. Any thread. */
    void wakeUp() {
        VarHandle.fullFence();
        // Null is no thread.
        LockSupport.unpark(reader);
    }

    /** How much has been dropped. */
    long dropped() {
        return dropped;
    }
}
