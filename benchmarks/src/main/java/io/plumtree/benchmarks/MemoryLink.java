package io.plumtree.benchmarks;

import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Copies each frame to where a claim would be, in a log that starts again when it is full, and hands it to the peer at
 * once: it is never back-pressured.
 */
final class MemoryLink implements Link {
    private static final int ALIGNMENT = 32;
    private static final int HEADER_LENGTH = 32;

    private final UnsafeBuffer log = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(2 * MemoryTransport.MAX_FRAME_LENGTH, ALIGNMENT));
    private final MemoryPeer peer;
    private int position;

    MemoryLink(final MemoryPeer peer) {
        this.peer = peer;
    }

    @Override
    public int send(
        final DirectBuffer head,
        final int headOffset,
        final int headLength,
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength) {
        final int length = headLength + bodyLength;
        if (length > MemoryTransport.MAX_FRAME_LENGTH) {
            return SendResult.TOO_LONG;
        }
        final int claimedLength = BitUtil.align(HEADER_LENGTH + length, ALIGNMENT);
        final int start = position + claimedLength <= log.capacity() ? position : 0;
        final int offset = start + HEADER_LENGTH;
        position = start + claimedLength;
        log.putBytes(offset, head, headOffset, headLength);
        if (bodyLength > 0) {
            log.putBytes(offset + headLength, body, bodyOffset, bodyLength);
        }
        peer.onFrame(log, offset, length);
        return SendResult.ACCEPTED;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public long availableWindow() {
        return windowLength();
    }

    @Override
    public long windowLength() {
        return log.capacity();
    }

    @Override
    public String endpoint() {
        return peer.member().endpoint();
    }

    @Override
    public int channel() {
        return 0;
    }

    @Override
    public void close() {
    }
}
