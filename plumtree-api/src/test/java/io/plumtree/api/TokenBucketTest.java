package io.plumtree.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 500_000_000, Long.MIN_VALUE})
    void shouldGiveSoManyAtOnceAndSoManyASecond(final long startNs) {
        final TokenBucket bucket = new TokenBucket(3, 10, startNs);
        assertTrue(bucket.isFull(startNs));
        assertEquals(3, taken(bucket, startNs));
        assertFalse(bucket.has(startNs + 100 * MS - 1));
        assertTrue(bucket.has(startNs + 100 * MS));
        assertEquals(1, taken(bucket, startNs + 100 * MS));
        assertFalse(bucket.isFull(startNs + 400 * MS - 1));
        assertTrue(bucket.isFull(startNs + 400 * MS));
        assertEquals(3, taken(bucket, startNs + 10_000 * MS));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000})
    void shouldLoseNoPartOfATokenHoweverOftenItIsLookedAt(final int stepMs) {
        final TokenBucket bucket = new TokenBucket(1_000, 10, 0);
        taken(bucket, 0);
        for (long ms = stepMs; ms < 50_000; ms += stepMs) {
            bucket.has(ms * MS);
        }
        assertEquals(500, taken(bucket, 50_000 * MS));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 24, 24 * 365 * 200})
    void shouldBeFullAfterALongTime(final long hours) {
        final TokenBucket bucket = new TokenBucket(1_000_000, 1, 0);
        taken(bucket, 0);
        assertEquals(1_000_000, taken(bucket, TimeUnit.HOURS.toNanos(hours)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldHoldNoMoreThanItMayWhenItsLimitsChange(final int burst) {
        final TokenBucket bucket = new TokenBucket(10, 1, 0);
        bucket.limits(burst, 2);
        assertEquals(burst, taken(bucket, 0));
        assertEquals(0, bucket.available(0));
        assertEquals(0.5, bucket.available(250 * MS));
        assertFalse(bucket.take(499 * MS));
        assertTrue(bucket.take(500 * MS));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void shouldGiveNothingForATimeThatHasBeen(final long earlierNs) {
        final TokenBucket bucket = new TokenBucket(1, 1, 0);
        assertTrue(bucket.take(0));
        assertFalse(bucket.take(-earlierNs));
        assertTrue(bucket.take(1_000 * MS));
    }

    private static int taken(final TokenBucket bucket, final long nowNs) {
        int count = 0;
        while (bucket.take(nowNs)) {
            count++;
        }
        return count;
    }
}
