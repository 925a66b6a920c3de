package io.plumtree.api;

import java.util.concurrent.TimeUnit;

/**
 * Bounds how often something is done: so many times at once, and so many a second from then on. For nodes and
 * transports alike, against what others could make them do. One thread; times are compared by subtraction and may have
 * any origin.
 */
public final class TokenBucket {
    /** One token; what is there is counted in billionths. */
    private static final long ONE = TimeUnit.SECONDS.toNanos(1);
    /** After that it is full, whatever its limits: a longer time might not be counted right. */
    private static final long LONGEST_NS = TimeUnit.HOURS.toNanos(1);

    private long capacity;
    private double perSecond;
    private long available;
    private long filledNs;

    /**
     * A bucket that is full.
     *
     * @param burst     how many tokens it holds: 1 to 1,000,000,000.
     * @param perSecond how many come a second: more than 0, up to 1,000,000.
     * @param nowNs     the time.
     */
    public TokenBucket(final long burst, final double perSecond, final long nowNs) {
        limits(burst, perSecond);
        available = capacity;
        filledNs = nowNs;
    }

    /**
     * Sets other limits. What is there and more than it holds now is lost.
     *
     * @param burst           how many tokens it holds.
     * @param tokensPerSecond how many come a second.
     */
    public void limits(final long burst, final double tokensPerSecond) {
        capacity = burst * ONE;
        perSecond = tokensPerSecond;
        available = Math.min(available, capacity);
    }

    /**
     * Whether there is a token.
     *
     * @param nowNs the time.
     * @return true if there is one, which stays there.
     */
    public boolean has(final long nowNs) {
        fill(nowNs);
        return available >= ONE;
    }

    /**
     * Takes a token.
     *
     * @param nowNs the time.
     * @return false if there is none.
     */
    public boolean take(final long nowNs) {
        final boolean isThere = has(nowNs);
        if (isThere) {
            available -= ONE;
        }
        return isThere;
    }

    /**
     * Whether all that was taken is there again.
     *
     * @param nowNs the time.
     * @return true if so.
     */
    public boolean isFull(final long nowNs) {
        fill(nowNs);
        return available == capacity;
    }

    /**
     * How many tokens there are.
     *
     * @param nowNs the time.
     * @return tokens, and parts of one.
     */
    public double available(final long nowNs) {
        fill(nowNs);
        return (double) available / ONE;
    }

    private void fill(final long nowNs) {
        final long elapsedNs = nowNs - filledNs;
        if (elapsedNs > 0) {
            filledNs = nowNs;
            available = elapsedNs >= LONGEST_NS ? capacity
                : Math.min(capacity, available + (long) (elapsedNs * perSecond));
        }
    }
}
