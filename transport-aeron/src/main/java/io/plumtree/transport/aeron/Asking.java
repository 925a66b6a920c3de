package io.plumtree.transport.aeron;

import io.plumtree.api.TokenBucket;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Hashing;

/**
 * Bounds how often those are asked to begin anew who send what the driver knows nothing of. Each is asked, and the
 * driver remembers it for a while; who has just been asked is not asked again.
 */
final class Asking {
    /** A power of two. */
    private static final int PLACES = 64;
    /** Aeron itself waits longer. */
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final TokenBucket rate;
    private final TransportCounters counters;
    private final long[] asked = new long[PLACES];
    private final long[] askedNs = new long[PLACES];

    Asking(final int burst, final int perSecond, final TransportCounters counters, final long nowNs) {
        this.rate = new TokenBucket(burst, perSecond, nowNs);
        this.counters = counters;
        Arrays.fill(askedNs, nowNs - PAUSE_NS);
    }

    /** Whether a sender may be asked now; it has been then. */
    boolean mayAsk(final long session, final long nowNs) {
        final int place = Hashing.hash(session) & PLACES - 1;
        if (asked[place] == session && nowNs - askedNs[place] < PAUSE_NS) {
            // Its answer is on its way; what comes meanwhile is sent again.
            return false;
        }
        if (!rate.take(nowNs)) {
            counters.increment(TransportCounter.DATAGRAMS_UNKNOWN_DROPPED);
            return false;
        }
        asked[place] = session;
        askedNs[place] = nowNs;
        return true;
    }
}
