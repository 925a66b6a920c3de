package io.plumtree.transport.aeron;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.Transport;
import org.agrona.DirectBuffer;

/**
 * One exclusive publication to one peer on one channel. Opened without waiting; opened anew after a failure or when the
 * transport has built itself anew.
 */
final class AeronLink implements Link {
    private static final int SEND_ATTEMPTS = 3;

    private final AeronTransport transport;
    private final TransportCounters counters;
    private final String endpoint;
    private final int channel;
    private final String uri;
    private final int streamId;
    private final int maxFrameLength;
    private final long windowLength;
    private final Opening opening;
    private final BufferClaim claim;
    private final LongFrame longFrame;
    private ExclusivePublication publication;
    private boolean isClosed;

    AeronLink(
        final AeronTransport transport,
        final String endpoint,
        final int channel,
        final String uri,
        final int streamId,
        final int termLength,
        final AeronTransportOptions options,
        final BufferClaim claim) {
        this.transport = transport;
        this.counters = transport.counters();
        this.endpoint = endpoint;
        this.channel = channel;
        this.uri = uri;
        this.streamId = streamId;
        this.maxFrameLength = transport.maxFrameLength();
        this.windowLength = options.sendWindowLength() == 0 ?
            termLength / 2 : Math.min(options.sendWindowLength(), termLength / 2);
        this.opening = new Opening(new Publishing(), "can't open the link to " + endpoint + onChannel(),
            options.retryIntervalNs(), counters, TransportCounter.LINK_FAILURES);
        this.claim = claim;
        this.longFrame = new LongFrame(claim, maxFrameLength);
    }

    @Override
    public int send(
        final DirectBuffer head, final int headOffset, final int headLength,
        final DirectBuffer body, final int bodyOffset, final int bodyLength) {
        if (isClosed) {
            return SendResult.CLOSED;
        }
        if (publication == null) {
            return SendResult.NOT_CONNECTED;
        }
        final int length = headLength + bodyLength;
        if (length > maxFrameLength) {
            counters.increment(TransportCounter.FRAMES_TOO_LONG_REFUSED);
            return SendResult.TOO_LONG;
        }
        // Before anything is claimed: a claim that is not completed blocks the stream.
        head.boundsCheck(headOffset, headLength);
        if (bodyLength != 0) {
            body.boundsCheck(bodyOffset, bodyLength);
        }
        if (!longFrame.isDone() && !drain()) {
            return refuse(publication != null && publication.isConnected()
                ? Publication.BACK_PRESSURED : Publication.NOT_CONNECTED);
        }
        final long result;
        try {
            result = put(length, head, headOffset, headLength, body, bodyOffset, bodyLength);
        } catch (final InternalError ex) {
            transport.onMemoryFault(ex);
            return SendResult.NOT_CONNECTED;
        }
        if (result < 0) {
            return refuse(result);
        }
        counters.increment(TransportCounter.FRAMES_SENT);
        return SendResult.ACCEPTED;
    }

    private long put(
        final int length,
        final DirectBuffer head, final int headOffset, final int headLength,
        final DirectBuffer body, final int bodyOffset, final int bodyLength) {
        if (length <= publication.maxPayloadLength()) {
            return claim(head, headOffset, headLength, body, bodyOffset, bodyLength);
        }
        if (length <= publication.maxMessageLength()) {
            return offer(head, headOffset, headLength, body, bodyOffset, bodyLength);
        }
        final long result = longFrame.send(publication, head, headOffset, headLength, body, bodyOffset, bodyLength);
        if (!longFrame.isDone()) {
            transport.onLinkUnsettled();
        }
        return result;
    }

    private long claim(
        final DirectBuffer head, final int headOffset, final int headLength,
        final DirectBuffer body, final int bodyOffset, final int bodyLength) {
        for (int i = 0; i < SEND_ATTEMPTS; i++) {
            final long result = publication.tryClaim(headLength + bodyLength, claim);
            if (result > 0) {
                final int offset = claim.offset();
                claim.buffer().putBytes(offset, head, headOffset, headLength);
                if (bodyLength != 0) {
                    claim.buffer().putBytes(offset + headLength, body, bodyOffset, bodyLength);
                }
                claim.commit();
                return result;
            }
            if (result != Publication.ADMIN_ACTION) {
                return result;
            }
        }
        return Publication.ADMIN_ACTION;
    }

    private long offer(
        final DirectBuffer head, final int headOffset, final int headLength,
        final DirectBuffer body, final int bodyOffset, final int bodyLength) {
        long result = Publication.ADMIN_ACTION;
        for (int i = 0; i < SEND_ATTEMPTS && result == Publication.ADMIN_ACTION; i++) {
            result = bodyLength == 0
                ? publication.offer(head, headOffset, headLength)
                : publication.offer(head, headOffset, headLength, body, bodyOffset, bodyLength);
        }
        return result;
    }

    private int refuse(final long aeronResult) {
        if (aeronResult == Publication.BACK_PRESSURED || aeronResult == Publication.ADMIN_ACTION) {
            counters.increment(TransportCounter.BACK_PRESSURE_EVENTS);
            return SendResult.BACK_PRESSURED;
        }
        if (aeronResult == Publication.MAX_POSITION_EXCEEDED) {
            reopen();
        }
        // A publication that the client closed with itself is made anew with the client.
        return SendResult.NOT_CONNECTED;
    }

    /** Sends more of a long frame; true if nothing of it is left. */
    private boolean drain() {
        final long result = longFrame.drain(publication);
        if (result == Publication.NOT_CONNECTED || result == Publication.CLOSED) {
            abandonLongFrame();
        } else if (result == Publication.MAX_POSITION_EXCEEDED) {
            reopen();
        }
        return publication != null && longFrame.isDone() && result >= 0;
    }

    private void abandonLongFrame() {
        if (!longFrame.isDone()) {
            longFrame.abandon();
            counters.increment(TransportCounter.FRAMES_ABANDONED);
        }
    }

    @Override
    public boolean isConnected() {
        return publication != null && publication.isConnected();
    }

    @Override
    public long availableWindow() {
        if (!isConnected() || !longFrame.isDone()) {
            return 0;
        }
        return Math.min(publication.availableWindow(), windowLength);
    }

    @Override
    public long windowLength() {
        return windowLength;
    }

    @Override
    public long sentPosition() {
        return publication == null ? 0 : publication.positionLimit() - windowLength;
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public int channel() {
        return channel;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            release();
            transport.onLinkClosed(this);
        }
    }

    /** Closes with the whole transport; the goodbye may be null. */
    void close(final Goodbye goodbye) {
        if (goodbye != null && isConnected()) {
            goodbye.expectEndOf(publication);
        }
        close();
    }

    /** Whether there is something to do at each cycle. */
    boolean isUnsettled() {
        return publication == null || !longFrame.isDone();
    }

    int doWork(final Aeron aeron, final long nowNs) {
        if (publication == null) {
            return opening.doWork(aeron, nowNs);
        }
        if (!longFrame.isDone()) {
            final boolean isDone = drain();
            return isDone ? 1 : 0;
        }
        return 0;
    }

    private void reopen() {
        release();
        opening.startAnew();
        transport.onLinkUnsettled();
    }

    /**
     * Gives up a publication of which the peer may have lost sight, to be opened anew when a time has come.
     *
     * @return false if there was none.
     */
    boolean onStall(final long reopenNs) {
        if (publication == null) {
            return false;
        }
        release();
        reopenAt(reopenNs);
        transport.onLinkUnsettled();
        return true;
    }

    /** The client is gone, and the publication with it. */
    void onHostLost() {
        abandonLongFrame();
        publication = null;
        opening.startAnew();
    }

    /** One that is not open is opened when a time has come. */
    void reopenAt(final long reopenNs) {
        opening.startAt(reopenNs);
    }

    private void release() {
        abandonLongFrame();
        if (publication != null) {
            publication.close();
            publication = null;
        } else if (opening.isAsked()) {
            transport.cancel(opening.cancel());
        }
    }

    private String onChannel() {
        return channel == Transport.DEFAULT_CHANNEL ? "" : " on channel " + channel;
    }

    @Override
    public String toString() {
        return "AeronLink{" + endpoint + onChannel()
            + (isClosed ? ", closed" : isConnected() ? ", connected" : "") + '}';
    }

    /** The publication being opened. */
    private final class Publishing implements Opening.Attempt {
        @Override
        public long request(final Aeron aeron) {
            return aeron.asyncAddExclusivePublication(uri, streamId);
        }

        @Override
        public boolean take(final Aeron aeron, final long registrationId) {
            publication = aeron.getExclusivePublication(registrationId);
            return publication != null;
        }

        @Override
        public void onFailure(final Exception failure) {
            transport.tell(failure);
        }
    }
}
