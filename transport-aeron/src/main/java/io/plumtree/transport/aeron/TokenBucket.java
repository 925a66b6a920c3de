package io.plumtree.transport.aeron;

import java.util.concurrent.TimeUnit;

/** So many at once, and so many a second from then on. */
final class TokenBucket {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final long fullNs;
    private final long tokenNs;
    /** What there is, as the time that it takes to come; full at first. */
    private long availableNs;
    private long lastNs;

    TokenBucket(final int burst, final int perSecond, final long nowNs) {
        tokenNs = SECOND_NS / perSecond;
        fullNs = burst * tokenNs;
        availableNs = fullNs;
        lastNs = nowNs;
    }

    boolean hasToken(final long nowNs) {
        availableNs = Math.min(fullNs, availableNs + (nowNs - lastNs));
        lastNs = nowNs;
        return availableNs >= tokenNs;
    }

    /** There is one. */
    void take() {
        availableNs -= tokenNs;
    }
}
