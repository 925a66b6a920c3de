package io.plumtree.engine.agent;

import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.Session;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** One direction between two nodes on one channel, with a bound, and faults that a test can cause. */
public final class MemoryPipe implements ControlledMessageHandler, Session {
    final String from;
    final String to;
    /** The transport says that nobody is there. */
    public volatile boolean isCut;
    /** Frames are accepted, and vanish. */
    public volatile boolean isLossy;
    /** Frames are accepted, and wait. */
    public volatile boolean isFrozen;
    /** The receiver has said that it knows who sends. */
    volatile boolean isConfirmed;
    private final MemoryHub hub;
    private final int channel;
    private final OneToOneRingBuffer ring;
    private FrameHandler handler;

    MemoryPipe(final MemoryHub hub, final String from, final String to, final int channel, final int length) {
        this.hub = hub;
        this.from = from;
        this.to = to;
        this.channel = channel;
        this.ring = new OneToOneRingBuffer(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(length + RingBufferDescriptor.TRAILER_LENGTH, 64)));
    }

    int send(
        final DirectBuffer head,
        final int headOffset,
        final int headLength,
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength) {
        if (!isConnected()) {
            return SendResult.NOT_CONNECTED;
        }
        if (headLength + bodyLength > ring.maxMsgLength()) {
            return SendResult.TOO_LONG;
        }
        if (isLossy) {
            return SendResult.ACCEPTED;
        }
        final int index = ring.tryClaim(1, headLength + bodyLength);
        if (index < 0) {
            return SendResult.BACK_PRESSURED;
        }
        ring.buffer().putBytes(index, head, headOffset, headLength);
        if (bodyLength > 0) {
            ring.buffer().putBytes(index + headLength, body, bodyOffset, bodyLength);
        }
        ring.commit(index);
        return SendResult.ACCEPTED;
    }

    int poll(final FrameHandler frameHandler, final int limit) {
        if (isFrozen) {
            return 0;
        }
        handler = frameHandler;
        return ring.controlledRead(this, limit);
    }

    @Override
    public Action onMessage(final int typeId, final MutableDirectBuffer buffer, final int offset, final int length) {
        return handler.onFrame(this, buffer, offset, length) ? Action.CONTINUE : Action.ABORT;
    }

    void clear() {
        while (ring.size() > 0) {
            ring.read((typeId, buffer, offset, length) -> {
            });
        }
    }

    public int size() {
        return ring.size();
    }

    boolean isConnected() {
        return !isCut && hub.isListening(to, channel);
    }

    /** A frame of a thousand bytes must find room, so that a window of 1 is none. */
    long availableWindow() {
        return isConnected() ? ring.capacity() - ring.size() - 1_024 : 0;
    }

    long windowLength() {
        return ring.capacity() - 1_024;
    }

    @Override
    public int channel() {
        return channel;
    }

    @Override
    public String source() {
        return from;
    }

    @Override
    public boolean isOpen() {
        return isConnected();
    }

    @Override
    public void confirm() {
        isConfirmed = true;
    }
}
