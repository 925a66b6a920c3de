package io.plumtree.transport.aeron;

import java.net.InetSocketAddress;

/** A publication elsewhere that has been let in, and what it costs. */
final class RemoteSession {
    final WakingReceiveEndpoint endpoint;
    final int streamId;
    final int sessionId;
    final InetSocketAddress address;
    final RemoteSource source;
    final long logLength;
    final long beginNs;
    /** Whether it takes one of the strangers' places. */
    boolean isStranger;
    boolean isConfirmed;
    /** Nothing is taken from it any more; it goes when its image has gone. */
    boolean isGivenUp;
    /** When all that was its image's has gone; once the image has. */
    long restUntilNs;
    private boolean isFarewellSent;

    RemoteSession(
        final WakingReceiveEndpoint endpoint,
        final int streamId,
        final int sessionId,
        final InetSocketAddress address,
        final RemoteSource source,
        final long logLength,
        final long beginNs) {
        this.endpoint = endpoint;
        this.streamId = streamId;
        this.sessionId = sessionId;
        this.address = address;
        this.source = source;
        this.logLength = logLength;
        this.beginNs = beginNs;
    }

    long key() {
        return key(streamId, sessionId);
    }

    static long key(final int streamId, final int sessionId) {
        return (long) streamId << Integer.SIZE | sessionId & 0xFFFF_FFFFL;
    }

    /** One that is given up is answered once more, with the message that it is over, which ends it at once. */
    boolean mayBeAnswered(final boolean isEnd) {
        if (!isGivenUp) {
            return true;
        }
        if (!isEnd || isFarewellSent) {
            return false;
        }
        isFarewellSent = true;
        return true;
    }
}
