package io.plumtree.handlers.testkit;

import io.plumtree.api.BroadcastResult;
import io.plumtree.handlers.spi.BroadcastClaim;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A claim on space for a message at a {@link TestNode}. */
final class TestClaim implements BroadcastClaim {
    private final TestNode node;
    private final Scratch scratch = new Scratch();
    private UnsafeBuffer buffer;
    private int idLength;
    private int payloadLength;
    private boolean isOpen;

    TestClaim(final TestNode node) {
        this.node = node;
    }

    @Override
    public long tryClaim(final int lengthOfId, final int lengthOfPayload) {
        if (lengthOfId < 1) {
            throw new IllegalArgumentException("idLength must be at least 1: " + lengthOfId);
        }
        if (lengthOfPayload < 0) {
            throw new IllegalArgumentException("payloadLength must be at least 0: " + lengthOfPayload);
        }
        if (isOpen) {
            throw new IllegalStateException("a claim is open already");
        }
        if (lengthOfId > TestNode.MAX_ID_LENGTH) {
            return BroadcastResult.ID_TOO_LONG;
        }
        if (lengthOfId + (long) lengthOfPayload > TestNode.MAX_MESSAGE_LENGTH) {
            return BroadcastResult.PAYLOAD_TOO_LONG;
        }
        final long position = node.claimed(lengthOfId + lengthOfPayload);
        if (position > 0) {
            buffer = scratch.place(lengthOfId, lengthOfPayload);
            idLength = lengthOfId;
            payloadLength = lengthOfPayload;
            isOpen = true;
        }
        return position;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int idOffset() {
        return scratch.firstOffset();
    }

    @Override
    public int payloadOffset() {
        return scratch.secondOffset(idLength);
    }

    @Override
    public void commit() {
        close();
        final byte[] id = new byte[idLength];
        final byte[] payload = new byte[payloadLength];
        buffer.getBytes(idOffset(), id);
        buffer.getBytes(payloadOffset(), payload);
        scratch.scribble();
        node.committed(new TestMessage(id, payload));
    }

    @Override
    public void abort() {
        close();
        scratch.scribble();
    }

    boolean isOpen() {
        return isOpen;
    }

    private void close() {
        if (!isOpen) {
            throw new IllegalStateException("no claim is open");
        }
        isOpen = false;
    }
}
