package io.plumtree.system;

import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.Session;
import io.plumtree.api.transport.Transport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Links in memory, on a test's time and thread: each frame arrives after a latency, in order, unless its direction is
 * blocked. One that is blocked takes frames in and lets nothing through, as a reliable stream does from a datagram on
 * that is lost again and again; when it is opened, what was under way is lost with the stream, and a new one begins a
 * moment later: a transport does not lose frames of a link without saying that it was disconnected.
 */
final class VirtualNetwork {
    private static final int MAX_FRAME_LENGTH = 64 * 1024;
    private static final int UNFRAGMENTED_LENGTH = 1_408;
    private static final long WINDOW_LENGTH = 8 * 1024 * 1024;
    private static final long RECONNECT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Map<String, Direction> directions = new LinkedHashMap<>();
    private final long latencyNs;
    private long nowNs;

    VirtualNetwork(final long latencyNs, final long nowNs) {
        this.latencyNs = latencyNs;
        this.nowNs = nowNs;
    }

    void nowNs(final long timeNs) {
        nowNs = timeNs;
    }

    Transport transport(final String endpoint) {
        return new VirtualTransport(endpoint);
    }

    void block(final String from, final String to) {
        direction(from, to).isBlocked = true;
    }

    void open(final String from, final String to) {
        final Direction direction = direction(from, to);
        direction.isBlocked = false;
        if (!direction.frames.isEmpty()) {
            direction.frames.clear();
            direction.length = 0;
            direction.reconnectNs = nowNs + RECONNECT_NS;
        }
    }

    private Direction direction(final String from, final String to) {
        return directions.computeIfAbsent(from + ">" + to, key -> new Direction(from, to, nowNs));
    }

    private static final class Direction implements Session {
        final Deque<Frame> frames = new ArrayDeque<>();
        final String from;
        final String to;
        boolean isBlocked;
        long length;
        long reconnectNs;

        Direction(final String from, final String to, final long nowNs) {
            this.from = from;
            this.to = to;
            this.reconnectNs = nowNs;
        }

        @Override
        public int channel() {
            return Transport.DEFAULT_CHANNEL;
        }

        @Override
        public String source() {
            return from;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void confirm() {
        }
    }

    private record Frame(byte[] bytes, long dueNs) {
    }

    private final class VirtualTransport implements Transport {
        private final String endpoint;

        VirtualTransport(final String endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public int doWork(final long timeNs) {
            return 0;
        }

        @Override
        public int poll(final FrameHandler handler, final int frameLimit) {
            int count = 0;
            for (final Direction direction : directions.values()) {
                while (direction.to.equals(endpoint) && !direction.isBlocked && count < frameLimit
                    && !direction.frames.isEmpty() && nowNs - direction.frames.peek().dueNs >= 0) {
                    final byte[] bytes = direction.frames.peek().bytes;
                    if (!handler.onFrame(direction, new UnsafeBuffer(bytes), 0, bytes.length)) {
                        break;
                    }
                    direction.frames.poll();
                    direction.length -= bytes.length;
                    count++;
                }
            }
            return count;
        }

        @Override
        public void listen(final int channel) {
        }

        @Override
        public Link connect(final String to, final int channel) {
            return new VirtualLink(direction(endpoint, to), channel);
        }

        @Override
        public String localEndpoint() {
            return endpoint;
        }

        @Override
        public int maxFrameLength() {
            return MAX_FRAME_LENGTH;
        }

        @Override
        public int maxUnfragmentedLength() {
            return UNFRAGMENTED_LENGTH;
        }

        @Override
        public void forEachCounter(final ObjLongConsumer<String> consumer) {
        }

        @Override
        public void close() {
        }
    }

    private final class VirtualLink implements Link {
        private final Direction direction;
        private final int channel;

        VirtualLink(final Direction direction, final int channel) {
            this.direction = direction;
            this.channel = channel;
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
            if (length > MAX_FRAME_LENGTH) {
                return SendResult.TOO_LONG;
            }
            if (!isConnected()) {
                return SendResult.NOT_CONNECTED;
            }
            if (availableWindow() < length) {
                return SendResult.BACK_PRESSURED;
            }
            final byte[] bytes = new byte[length];
            head.getBytes(headOffset, bytes, 0, headLength);
            if (bodyLength > 0) {
                body.getBytes(bodyOffset, bytes, headLength, bodyLength);
            }
            direction.frames.add(new Frame(bytes, nowNs + latencyNs));
            direction.length += length;
            return SendResult.ACCEPTED;
        }

        @Override
        public boolean isConnected() {
            return nowNs - direction.reconnectNs >= 0;
        }

        @Override
        public long availableWindow() {
            return WINDOW_LENGTH - direction.length;
        }

        @Override
        public long windowLength() {
            return WINDOW_LENGTH;
        }

        @Override
        public String endpoint() {
            return direction.to;
        }

        @Override
        public int channel() {
            return channel;
        }

        @Override
        public void close() {
        }
    }
}
