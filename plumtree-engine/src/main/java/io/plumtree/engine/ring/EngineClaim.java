package io.plumtree.engine.ring;

import io.plumtree.api.BroadcastResult;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.handlers.HandlerSlot;
import io.plumtree.handlers.spi.BroadcastClaim;
import org.agrona.MutableDirectBuffer;

/** A claim on the {@link CommandRing}. For one thread at a time, but for {@link #ownerAt}. */
public final class EngineClaim implements BroadcastClaim {
    private static final int NOT_OPEN = -1;

    private final CommandRing ring;
    private HandlerSlot handler;
    private Thread owner;
    private int offset = NOT_OPEN;
    private int idOffset;
    private int payloadOffset;
    /** Whether the engine slept, or may be asleep, without knowing of the claim. */
    private boolean isEngineAsleep;
    private long result;

    EngineClaim(final CommandRing ring, final HandlerSlot handler) {
        this.ring = ring;
        this.handler = handler;
    }

    @Override
    public long tryClaim(final int idLength, final int payloadLength) {
        if (idLength < 1) {
            throw new IllegalArgumentException("idLength must be at least 1: " + idLength);
        }
        if (payloadLength < 0) {
            throw new IllegalArgumentException("payloadLength must be at least 0: " + payloadLength);
        }
        if (offset != NOT_OPEN) {
            throw new IllegalStateException("a claim of handler '" + handler + "' is open already");
        }
        owner = Thread.currentThread();
        result = ring.claim(this, idLength, payloadLength);
        if (result < 0) {
            owner = null;
        }
        return result;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return ring.buffer();
    }

    @Override
    public int idOffset() {
        return idOffset;
    }

    @Override
    public int payloadOffset() {
        return payloadOffset;
    }

    @Override
    public void commit() {
        ring.commit(release(), isEngineAsleep);
    }

    @Override
    public void abort() {
        result = BroadcastResult.REJECTED;
        ring.abort(release());
    }

    HandlerSlot handler() {
        return handler;
    }

    void opened(final int recordOffset, final int offsetOfId, final int idLength, final boolean asleep) {
        isEngineAsleep = asleep;
        offset = recordOffset;
        idOffset = offsetOfId;
        payloadOffset = offsetOfId + idLength + GossipBody.PAYLOAD_PREFIX_LENGTH;
    }

    boolean isOpen() {
        return offset != NOT_OPEN;
    }

    /** Makes it ready for another broadcast, perhaps of another handler. */
    void reset(final HandlerSlot newHandler) {
        handler = newHandler;
        result = BroadcastResult.REJECTED;
    }

    /** Result of the last claim; {@link BroadcastResult#REJECTED} if there was none, or it was aborted. */
    long result() {
        return result;
    }

    /**
     * The thread that has, or may be about to have, the record at an offset open. For another thread, which asks long
     * after the record was claimed: the ring's own barriers have published the owner by then.
     */
    Thread ownerAt(final int recordOffset) {
        final Thread thread = owner;
        return offset == recordOffset || offset == NOT_OPEN ? thread : null;
    }

    private int release() {
        final int open = offset;
        if (open == NOT_OPEN) {
            throw new IllegalStateException("no claim of handler '" + handler + "' is open");
        }
        offset = NOT_OPEN;
        owner = null;
        return open;
    }
}
