package io.plumtree.engine.query;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Makes links that do what the test says. */
final class FakeTransport implements Transport {
    final List<FakeLink> links = new ArrayList<>();
    boolean isConnecting = true;
    boolean isRefusing;

    /** Keeps what is sent. */
    static final class FakeLink implements Link {
        final String endpoint;
        final List<byte[]> frames = new ArrayList<>();
        boolean isConnected;
        boolean isClosed;
        int room = Integer.MAX_VALUE;

        FakeLink(final String endpoint, final boolean isConnected) {
            this.endpoint = endpoint;
            this.isConnected = isConnected;
        }

        @Override
        public int send(
            final DirectBuffer head,
            final int headOffset,
            final int headLength,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
            if (!isConnected || isClosed) {
                return isClosed ? SendResult.CLOSED : SendResult.NOT_CONNECTED;
            }
            if (room == 0) {
                return SendResult.BACK_PRESSURED;
            }
            room--;
            final byte[] frame = new byte[headLength];
            head.getBytes(headOffset, frame);
            frames.add(frame);
            return SendResult.ACCEPTED;
        }

        int template(final int index) {
            return frames.get(index)[2];
        }

        @Override
        public boolean isConnected() {
            return isConnected && !isClosed;
        }

        @Override
        public long availableWindow() {
            return room;
        }

        @Override
        public long windowLength() {
            return Integer.MAX_VALUE;
        }

        @Override
        public String endpoint() {
            return endpoint;
        }

        @Override
        public int channel() {
            return DEFAULT_CHANNEL;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    FakeLink last() {
        return links.get(links.size() - 1);
    }

    @Override
    public void listen(final int channel) {
    }

    @Override
    public Link connect(final String endpoint, final int channel) {
        if (isRefusing) {
            throw new PlumtreeException(Category.TRANSPORT, "on purpose");
        }
        links.add(new FakeLink(endpoint, isConnecting));
        return last();
    }

    @Override
    public int doWork(final long nowNs) {
        return 0;
    }

    @Override
    public int poll(final FrameHandler handler, final int frameLimit) {
        return 0;
    }

    @Override
    public String localEndpoint() {
        return "fake:1";
    }

    @Override
    public int maxFrameLength() {
        return 1 << 20;
    }

    @Override
    public int maxUnfragmentedLength() {
        return 1_376;
    }

    @Override
    public void close() {
        links.forEach(FakeLink::close);
    }
}
