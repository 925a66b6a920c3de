package io.plumtree.system.hostile;

import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.Transport;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ObjLongConsumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The transport of a member with a fault: besides what its engine says, it sends over the links that its peers have
 * greeted whatever the test puts in. Any thread puts in; the engine's sends.
 */
final class FaultyTransport implements Transport {
    /** What one duty cycle sends, so that the engine goes on meanwhile. */
    private static final int FRAMES_PER_CYCLE = 64;

    private final Transport delegate;
    private final Map<String, Link> links = new ConcurrentHashMap<>();
    private final Queue<Forged> forged = new ConcurrentLinkedQueue<>();
    /** Written by the engine's thread alone. */
    private volatile long leftOut;

    private record Forged(String endpoint, UnsafeBuffer frame) {
    }

    FaultyTransport(final Transport delegate) {
        this.delegate = delegate;
    }

    /** Has a frame sent to a peer on the default channel. It waits while there is no room for it. */
    void send(final String endpoint, final byte[] frame) {
        forged.add(new Forged(endpoint, new UnsafeBuffer(frame)));
        delegate.wakeUp();
    }

    /** How many frames are not sent yet. */
    int waiting() {
        return forged.size();
    }

    /** How many frames had no link to be sent over. */
    long leftOut() {
        return leftOut;
    }

    @Override
    public int doWork(final long nowNs) {
        int count = 0;
        while (count < FRAMES_PER_CYCLE) {
            final Forged next = forged.peek();
            if (next == null || !trySend(next)) {
                break;
            }
            forged.remove();
            count++;
        }
        return count + delegate.doWork(nowNs);
    }

    /** What has no link, or none that is connected, is left out. */
    private boolean trySend(final Forged next) {
        final Link link = links.get(next.endpoint());
        if (link == null || !link.isConnected()) {
            leftOut = leftOut + 1;
            return true;
        }
        return link.send(next.frame(), 0, next.frame().capacity(), null, 0, 0) != SendResult.BACK_PRESSURED;
    }

    @Override
    public Link connect(final String endpoint, final int channel) {
        final Link link = delegate.connect(endpoint, channel);
        if (channel == DEFAULT_CHANNEL) {
            links.put(endpoint, link);
        }
        return link;
    }

    @Override
    public Link connectBriefly(final String endpoint) {
        return delegate.connectBriefly(endpoint);
    }

    @Override
    public int poll(final FrameHandler handler, final int frameLimit) {
        return delegate.poll(handler, frameLimit);
    }

    @Override
    public void listen(final int channel) {
        delegate.listen(channel);
    }

    @Override
    public String localEndpoint() {
        return delegate.localEndpoint();
    }

    @Override
    public int maxFrameLength() {
        return delegate.maxFrameLength();
    }

    @Override
    public int maxUnfragmentedLength() {
        return delegate.maxUnfragmentedLength();
    }

    @Override
    public Map<String, String> commonSettings() {
        return delegate.commonSettings();
    }

    @Override
    public boolean awaitWork(final long timeoutNs) {
        return delegate.awaitWork(timeoutNs);
    }

    @Override
    public void wakeUp() {
        delegate.wakeUp();
    }

    @Override
    public void forEachCounter(final ObjLongConsumer<String> consumer) {
        delegate.forEachCounter(consumer);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
