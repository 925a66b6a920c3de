package io.plumtree.benchmarks;

import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.Session;
import io.plumtree.api.transport.Transport;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A transport without a network: its links end at {@link MemoryPeer}s, and what these send lies where they wrote it
 * until the next poll, as in an image; all on one session. Allocates when it is made, not later.
 */
final class MemoryTransport implements Transport, Session {
    /** As with an MTU of 1,408 bytes. */
    static final int MAX_UNFRAGMENTED_LENGTH = 1376;
    static final int MAX_FRAME_LENGTH = 128 * 1024;

    private static final int CAPACITY = 4096;

    private final List<MemoryPeer> peers;
    private final DirectBuffer[] buffers = new DirectBuffer[CAPACITY];
    private final int[] offsets = new int[CAPACITY];
    private final int[] lengths = new int[CAPACITY];
    private int head;
    private int tail;

    /** A node's transport, connected to its peers. */
    MemoryTransport(final List<MemoryPeer> peers) {
        this.peers = peers;
        peers.forEach(peer -> peer.transport(this));
    }

    /** A frame arrives; it must stay as it is until it is polled. */
    void deliver(final DirectBuffer buffer, final int offset, final int length) {
        if (tail - head == CAPACITY) {
            throw new IllegalStateException(CAPACITY + " frames wait");
        }
        final int index = tail++ & CAPACITY - 1;
        buffers[index] = buffer;
        offsets[index] = offset;
        lengths[index] = length;
    }

    /** How many frames have not been polled. */
    int size() {
        return tail - head;
    }

    @Override
    public int doWork(final long nowNs) {
        return 0;
    }

    @Override
    public int poll(final FrameHandler handler, final int frameLimit) {
        int count = 0;
        while (count < frameLimit && head != tail) {
            final int index = head & CAPACITY - 1;
            if (!handler.onFrame(this, buffers[index], offsets[index], lengths[index])) {
                break;
            }
            head++;
            count++;
        }
        return count;
    }

    @Override
    public void listen(final int channel) {
        throw new UnsupportedOperationException("channel " + channel);
    }

    @Override
    public Link connect(final String endpoint, final int channel) {
        for (final MemoryPeer peer : peers) {
            if (peer.member().endpoint().equals(endpoint)) {
                return new MemoryLink(peer);
            }
        }
        throw new IllegalArgumentException("no peer listens on " + endpoint);
    }

    @Override
    public String localEndpoint() {
        return "self:1";
    }

    @Override
    public int maxFrameLength() {
        return MAX_FRAME_LENGTH;
    }

    @Override
    public int maxUnfragmentedLength() {
        return MAX_UNFRAGMENTED_LENGTH;
    }

    @Override
    public int channel() {
        return DEFAULT_CHANNEL;
    }

    @Override
    public String source() {
        return "peers:1";
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void confirm() {
        // There are no strangers.
    }

    @Override
    public void close() {
        head = tail;
    }
}
