package io.plumtree.system.hostile;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.NakFlyweight;
import io.aeron.protocol.RttMeasurementFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A hand-made session of Aeron's to one node: a stranger's, whom nobody has greeted. It has a SETUP, then data frames
 * at the right positions; it keeps to the receiver's window and sends again what it is asked for. Where a node gives
 * the session up, another one is begun.
 */
final class HostileSession implements AutoCloseable {
    private static final int HEAD = DataHeaderFlyweight.HEADER_LENGTH;
    private static final long HEARTBEAT_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SETUP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SILENCE_NS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final int TERM_BITS = Integer.numberOfTrailingZeros(AeronFrames.TERM_LENGTH);

    private final HostileSocket socket = new HostileSocket();
    private final AeronFrames frames = new AeronFrames(socket.buffer);
    private final InetSocketAddress target;
    /** All that was sent in two terms. */
    private final UnsafeBuffer log = new UnsafeBuffer(new byte[2 * AeronFrames.TERM_LENGTH]);
    private int session;
    private int initialTermId;
    private long position;
    private long limit;
    private boolean isConnected;
    private long nextHeartbeatNs;
    private long lastHeardNs;
    private long sessions;

    HostileSession(final String endpoint) {
        target = HostileSocket.address(endpoint);
        begin();
    }

    private void begin() {
        session = ThreadLocalRandom.current().nextInt();
        initialTermId = ThreadLocalRandom.current().nextInt();
        position = 0;
        limit = 0;
        isConnected = false;
        sessions++;
        final long nowNs = System.nanoTime();
        lastHeardNs = nowNs;
        nextHeartbeatNs = nowNs;
        poll();
    }

    /** Takes what has come back, and keeps the session alive. */
    void poll() {
        socket.receive(this::onDatagram);
        final long nowNs = System.nanoTime();
        if (nowNs - lastHeardNs > SILENCE_NS) {
            lastHeardNs = nowNs;
            begin();
        } else if (nowNs - nextHeartbeatNs >= 0) {
            if (isConnected) {
                send(frames.data(
                    session, AeronFrames.STREAM, termId(position), termOffset(position), 0,
                    DataHeaderFlyweight.BEGIN_AND_END_FLAGS, false));
                nextHeartbeatNs = nowNs + HEARTBEAT_NS;
            } else {
                setUp();
                nextHeartbeatNs = nowNs + SETUP_NS;
            }
        }
    }

    private void setUp() {
        send(frames.setup(
            session, AeronFrames.STREAM, initialTermId, termId(position), termOffset(position),
            AeronFrames.TERM_LENGTH, AeronFrames.MTU));
    }

    /** Whether the node has made an image of the session. */
    boolean isConnected() {
        return isConnected;
    }

    /** Sends one of our frames; false if the node has no room for it now. */
    boolean offer(final byte[] frame) {
        poll();
        final int maxPart = AeronFrames.MTU - HEAD;
        final int parts = Math.max(1, (frame.length + maxPart - 1) / maxPart);
        final int required = parts * AeronFrames.MTU;
        if (!isConnected || position + 2L * required > limit) {
            return false;
        }
        if (termOffset(position) + required > AeronFrames.TERM_LENGTH) {
            pad();
        }
        for (int i = 0; i < parts; i++) {
            final int offset = i * maxPart;
            final int length = Math.min(maxPart, frame.length - offset);
            final byte flags = (byte) ((i == 0 ? FrameDescriptor.BEGIN_FRAG_FLAG : 0)
                | (i == parts - 1 ? FrameDescriptor.END_FRAG_FLAG : 0));
            frames.data(
                session, AeronFrames.STREAM, termId(position), termOffset(position), HEAD + length,
                (short) (flags & 0xFF), false);
            socket.buffer.putBytes(HEAD, frame, offset, length);
            keepAndSend(HEAD + length, BitUtil.align(HEAD + length, FrameDescriptor.FRAME_ALIGNMENT));
        }
        return true;
    }

    private void pad() {
        final int rest = AeronFrames.TERM_LENGTH - termOffset(position);
        frames.data(
            session, AeronFrames.STREAM, termId(position), termOffset(position), rest,
            DataHeaderFlyweight.BEGIN_AND_END_FLAGS, true);
        keepAndSend(HEAD, rest);
    }

    private void keepAndSend(final int length, final int taken) {
        log.putBytes(logOffset(position), socket.buffer, 0, length);
        socket.send(target, length);
        position += taken;
        nextHeartbeatNs = System.nanoTime() + HEARTBEAT_NS;
    }

    private void onDatagram(final UnsafeBuffer datagram, final int length) {
        if (length < HeaderFlyweight.MIN_HEADER_LENGTH) {
            return;
        }
        final HeaderFlyweight head = new HeaderFlyweight(datagram);
        if (head.headerType() == HeaderFlyweight.HDR_TYPE_SM) {
            onStatus(new StatusMessageFlyweight(datagram));
        } else if (head.headerType() == HeaderFlyweight.HDR_TYPE_NAK) {
            onNak(new NakFlyweight(datagram));
        } else if (head.headerType() == HeaderFlyweight.HDR_TYPE_RTTM) {
            onQuestion(new RttMeasurementFlyweight(datagram));
        }
    }

    /** Whether this session's sender is where it says: it is. */
    private void onQuestion(final RttMeasurementFlyweight question) {
        if (question.sessionId() == session) {
            send(frames.roundTrip(session, AeronFrames.STREAM, question.echoTimestampNs(), true));
        }
    }

    private void onStatus(final StatusMessageFlyweight status) {
        if (status.sessionId() != session) {
            return;
        }
        if ((status.flags() & StatusMessageFlyweight.SEND_SETUP_FLAG) != 0) {
            // The node has no image of it any more.
            if (isConnected) {
                begin();
            }
            return;
        }
        lastHeardNs = System.nanoTime();
        isConnected = true;
        limit = position(status.consumptionTermId(), status.consumptionTermOffset()) + status.receiverWindowLength();
    }

    private void onNak(final NakFlyweight nak) {
        if (nak.sessionId() != session) {
            return;
        }
        lastHeardNs = System.nanoTime();
        long from = position(nak.termId(), nak.termOffset());
        final long to = Math.min(position, from + nak.length());
        while (from >= 0 && from < to) {
            final int offset = logOffset(from);
            final int frameLength = FrameDescriptor.frameLength(log, offset);
            if (frameLength < HEAD || position - from > log.capacity()) {
                return;
            }
            final int length = FrameDescriptor.isPaddingFrame(log, offset) ? HEAD : frameLength;
            socket.buffer.putBytes(0, log, offset, length);
            socket.send(target, length);
            from += BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
        }
    }

    private void send(final int length) {
        socket.send(target, length);
    }

    private long position(final int termId, final int termOffset) {
        return ((long) (termId - initialTermId) << TERM_BITS) + termOffset;
    }

    private int termId(final long at) {
        return initialTermId + (int) (at >> TERM_BITS);
    }

    private static int termOffset(final long at) {
        return (int) at & (AeronFrames.TERM_LENGTH - 1);
    }

    private int logOffset(final long at) {
        return (int) at & (log.capacity() - 1);
    }

    long sessions() {
        return sessions;
    }

    HostileSocket socket() {
        return socket;
    }

    @Override
    public void close() {
        socket.close();
    }
}
