package io.plumtree.system;

import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.Transport;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjLongConsumer;
import org.agrona.DirectBuffer;

/** A transport whose links a test can cut: nothing is sent over such a one, and it looks disconnected. */
final class CuttableTransport implements Transport {
    private final Transport delegate;
    private final Set<String> cut = ConcurrentHashMap.newKeySet();

    CuttableTransport(final Transport delegate) {
        this.delegate = delegate;
    }

    void cut(final String endpoint) {
        cut.add(endpoint);
    }

    void heal(final String endpoint) {
        cut.remove(endpoint);
    }

    @Override
    public int doWork(final long nowNs) {
        return delegate.doWork(nowNs);
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
    public Link connect(final String endpoint, final int channel) {
        return new CuttableLink(delegate.connect(endpoint, channel));
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
    public void forEachCounter(final ObjLongConsumer<String> consumer) {
        delegate.forEachCounter(consumer);
    }

    @Override
    public void close() {
        delegate.close();
    }

    private final class CuttableLink implements Link {
        private final Link link;

        CuttableLink(final Link link) {
            this.link = link;
        }

        private boolean isCut() {
            return cut.contains(link.endpoint());
        }

        @Override
        public int send(
            final DirectBuffer head,
            final int headOffset,
            final int headLength,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
            return isCut() ? SendResult.NOT_CONNECTED :
                link.send(head, headOffset, headLength, body, bodyOffset, bodyLength);
        }

        @Override
        public boolean isConnected() {
            return !isCut() && link.isConnected();
        }

        @Override
        public long availableWindow() {
            return isCut() ? 0 : link.availableWindow();
        }

        @Override
        public long windowLength() {
            return link.windowLength();
        }

        @Override
        public String endpoint() {
            return link.endpoint();
        }

        @Override
        public int channel() {
            return link.channel();
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
