package io.plumtree.engine.agent;

import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import java.util.List;
import org.agrona.DirectBuffer;

/** A link of one node over a pipe, which outlives it. */
final class MemoryLink implements Link {
    private final MemoryPipe pipe;
    private final List<MemoryLink> openLinks;
    private boolean isClosed;

    MemoryLink(final MemoryPipe pipe, final List<MemoryLink> openLinks) {
        this.pipe = pipe;
        this.openLinks = openLinks;
    }

    @Override
    public int send(
        final DirectBuffer head,
        final int headOffset,
        final int headLength,
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength) {
        return isClosed ? SendResult.CLOSED : pipe.send(head, headOffset, headLength, body, bodyOffset, bodyLength);
    }

    @Override
    public boolean isConnected() {
        return !isClosed && pipe.isConnected();
    }

    @Override
    public long availableWindow() {
        return isClosed ? 0 : pipe.availableWindow();
    }

    @Override
    public long windowLength() {
        return pipe.windowLength();
    }

    @Override
    public String endpoint() {
        return pipe.to;
    }

    @Override
    public int channel() {
        return pipe.channel();
    }

    @Override
    public void close() {
        isClosed = true;
        openLinks.remove(this);
    }
}
