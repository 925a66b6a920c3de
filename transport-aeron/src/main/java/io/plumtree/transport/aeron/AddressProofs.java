package io.plumtree.transport.aeron;

import io.aeron.protocol.SetupFlyweight;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Hashing;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Has whoever begins to send here show first that it is where its datagrams say. It is asked, there, to measure the
 * round trip, with a number that nobody can guess: Aeron's senders answer that at once, with the number. Until the
 * answer comes a sender costs nothing but its place here, and gets back as many bytes as it sent: no log, no place of a
 * peer's, no counters.
 *
 * <p>Bounded: where many ask, the last one displaces another, which says again in a tenth of a second that it begins.
 * For the driver's thread.
 */
final class AddressProofs {
    /** A power of two; so many as can be on their way at a time, at ten thousand a second over a tenth of a second. */
    static final int PLACES = 1_024;
    /** An answer that comes later is one no more. */
    static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);

    private final SecureRandom random = new SecureRandom();
    private final int seed = random.nextInt();
    private final Asked[] places = new Asked[PLACES];

    /** A sender that has been asked, and what it has said. */
    static final class Asked {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetupFlyweight.HEADER_LENGTH]);
        final SetupFlyweight setup = new SetupFlyweight(buffer);
        private InetSocketAddress address;
        private long number;
        private long sinceNs;

        private boolean isOf(
            final int streamId, final int sessionId, final InetSocketAddress from, final long nowNs) {
            return setup.sessionId() == sessionId && setup.streamId() == streamId && from.equals(address) &&
                nowNs - sinceNs < PATIENCE_NS;
        }
    }

    /** A sender says that it begins; the number to ask it with, the same while it may be on its way to answer that. */
    long ask(final SetupFlyweight setup, final UnsafeBuffer buffer, final InetSocketAddress from, final long nowNs) {
        final int place = place(setup.streamId(), setup.sessionId(), from);
        Asked asked = places[place];
        if (asked == null) {
            asked = new Asked();
            places[place] = asked;
        }
        if (!asked.isOf(setup.streamId(), setup.sessionId(), from, nowNs)) {
            asked.number = random.nextLong();
            asked.address = from;
            asked.sinceNs = nowNs;
        }
        asked.buffer.putBytes(0, buffer, 0, SetupFlyweight.HEADER_LENGTH);
        return asked.number;
    }

    /** A sender answers; what it has said, or null if it was not asked that, or too long ago. */
    Asked answer(
        final int streamId, final int sessionId, final long number, final InetSocketAddress from, final long nowNs) {
        final Asked asked = places[place(streamId, sessionId, from)];
        if (asked == null || !asked.isOf(streamId, sessionId, from, nowNs) || asked.number != number) {
            return null;
        }
        asked.address = null;
        return asked;
    }

    private int place(final int streamId, final int sessionId, final InetSocketAddress from) {
        return Hashing.hash(RemoteSession.key(streamId, sessionId) * 31 + from.hashCode() ^ seed) & PLACES - 1;
    }
}
