package io.plumtree.engine.ring;

import io.plumtree.api.BroadcastResult;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.handlers.HandlerSlot;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The ring through which the broadcasts of one channel reach the engine. A record's type is the handler's number plus
 * 1; its body is a {@link GossipBody}, so that it is sent from where it lies:
 *
 * <pre>
 *     0           8             14
 *     +-----------+- - - - - - -+-------------------------------+
 *     | Agrona's  | to make the | body: id length, id, payload  |
 *     | header    | id aligned  | length, payload               |
 *     +-----------+- - - - - - -+-------------------------------+
 * </pre>
 *
 * <p>Threads claim and commit; the engine's thread reads.
 */
public final class CommandRing {
    /** What a record has besides id and payload, Agrona's header aside. */
    public static final int RECORD_OVERHEAD = 6 + GossipBody.length(0, 0);

    private static final int BODY_OFFSET = RECORD_OVERHEAD - GossipBody.length(0, 0);

    private final RegisteredClaims claims = new RegisteredClaims();
    private final ManyToOneRingBuffer ring;
    private final int mask;
    private final int maxIdLength;
    private final int maxMessageLength;
    private final AtomicCounter backPressured;
    private final AtomicCounter tooLong;
    private final Waker waker;
    private volatile boolean isClosed;
    /** Who may claim though it is closed: the engine, for what is said last. */
    private volatile Thread lastWriter;

    /**
     * An empty ring.
     *
     * @param length           bytes, a power of two.
     * @param maxIdLength      longest id, in bytes.
     * @param maxMessageLength longest message, in bytes.
     * @param waker            wakes the engine.
     * @param counters         where to count.
     */
    CommandRing(
        final int length,
        final int maxIdLength,
        final int maxMessageLength,
        final Waker waker,
        final EngineCounters counters) {
        this.waker = waker;
        this.ring = new ManyToOneRingBuffer(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(length + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
        this.mask = length - 1;
        this.maxIdLength = maxIdLength;
        this.maxMessageLength = maxMessageLength;
        this.backPressured = counters.get(EngineCounter.BROADCASTS_BACK_PRESSURED);
        this.tooLong = counters.get(EngineCounter.BROADCASTS_TOO_LONG);
    }

    /**
     * A claim for the messages of one handler. Any thread.
     *
     * @param handler the handler.
     * @return a new claim, not open.
     */
    public EngineClaim newClaim(final HandlerSlot handler) {
        final EngineClaim claim = new EngineClaim(this, handler);
        claims.add(claim);
        return claim;
    }

    /**
     * Whether claims are refused.
     *
     * @return true if so.
     */
    public boolean isClosed() {
        return isClosed;
    }

    /** Refuses claims from now on. Those that are open may be committed still. Any thread. */
    public void close() {
        isClosed = true;
    }

    /** Lets one thread claim though the ring is closed; null for none. */
    void lastWriter(final Thread thread) {
        lastWriter = thread;
    }

    private boolean isRefusing() {
        return isClosed && lastWriter != Thread.currentThread();
    }

    /**
     * How far the engine has read. Any thread.
     *
     * @return the position.
     */
    public long consumedPosition() {
        return ring.consumerPosition();
    }

    public int maxMessageLength() {
        return maxMessageLength;
    }

    /** How many bytes have been claimed but not read. */
    public int size() {
        return ring.size();
    }

    /** How many bytes there is room for. */
    int capacity() {
        return ring.capacity();
    }

    MutableDirectBuffer buffer() {
        return ring.buffer();
    }

    int poll(final ControlledMessageHandler handler, final int limit) {
        return ring.controlledRead(handler, limit);
    }

    static int handlerOf(final int typeId) {
        return typeId - 1;
    }

    static int bodyOffset(final int recordOffset) {
        return recordOffset + BODY_OFFSET;
    }

    /**
     * Claims a record. Its owner has been set before, and is not taken for an orphan, however long this takes.
     *
     * @return the position after the record, or a {@link BroadcastResult}.
     */
    long claim(final EngineClaim claim, final int idLength, final int payloadLength) {
        if (isRefusing()) {
            return BroadcastResult.CLOSED;
        }
        if (idLength > maxIdLength) {
            tooLong.increment();
            return BroadcastResult.ID_TOO_LONG;
        }
        if ((long) idLength + payloadLength > maxMessageLength) {
            tooLong.increment();
            return BroadcastResult.PAYLOAD_TOO_LONG;
        }
        final int length = RECORD_OVERHEAD + idLength + payloadLength;
        final int offset = ring.tryClaim(claim.handler().index + 1, length);
        if (offset < 0) {
            backPressured.increment();
            return BroadcastResult.BACK_PRESSURED;
        }
        // The claim is there for all to see, so either this sees the close, or the one who closes sees the claim.
        if (isRefusing()) {
            ring.abort(offset);
            return BroadcastResult.CLOSED;
        }
        GossipBody.lengths(ring.buffer(), bodyOffset(offset), idLength, payloadLength);
        claim.opened(offset, GossipBody.idOffset(bodyOffset(offset)), idLength, waker.isAsleep());
        return positionAfter(offset, length);
    }

    void commit(final int offset, final boolean isAsleep) {
        ring.commit(offset);
        if (isAsleep) {
            waker.wakeUp();
        }
    }

    void abort(final int offset) {
        ring.abort(offset);
    }

    /**
     * Whether the engine can't go on because the next record has been claimed, but not committed.
     */
    boolean isAtOpenClaim() {
        final long position = ring.consumerPosition();
        return position < ring.producerPosition() &&
            ring.buffer().getIntVolatile(RecordDescriptor.lengthOffset((int) position & mask)) <= 0;
    }

    /**
     * The thread that has the next record open.
     *
     * @return a thread that is alive and has, or may have, that claim; null if there is none left.
     */
    Thread ownerOfOpenClaim() {
        return claims.ownerAt(RecordDescriptor.encodedMsgOffset((int) ring.consumerPosition() & mask));
    }

    /** Passes the next record, whose owner is gone. */
    boolean unblock() {
        return ring.unblock();
    }

    /**
     * The record is not committed, so the consumer is before it; and the producer is at most one capacity ahead of the
     * consumer. So of all positions with this index, it is the last one up to the producer's.
     */
    private long positionAfter(final int offset, final int length) {
        final int alignedLength = BitUtil.align(length + RecordDescriptor.HEADER_LENGTH, RecordDescriptor.ALIGNMENT);
        final int endIndex = offset - RecordDescriptor.HEADER_LENGTH + alignedLength;
        final long producerPosition = ring.producerPosition();
        return producerPosition - (producerPosition - endIndex & mask);
    }
}
