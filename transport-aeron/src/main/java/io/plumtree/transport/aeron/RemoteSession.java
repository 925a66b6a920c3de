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
    /** By how many bytes more has come from it than was sent to where it says that it is. */
    private long credit;

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

    void onReceived(final int length) {
        credit += length;
    }

    /**
     * Whether it may be answered with so many bytes. An unconfirmed one is sent no more than has come from it, so that
     * nobody is flooded in whose name it was begun; and one message more, which ends it at once where it is real.
     */
    boolean takeCredit(final int length, final boolean isEnd) {
        if (isGivenUp) {
            if (!isEnd || isFarewellSent) {
                return false;
            }
            isFarewellSent = true;
            return true;
        }
        if (isConfirmed) {
            return true;
        }
        if (credit < length) {
            return false;
        }
        credit -= length;
        return true;
    }
}
