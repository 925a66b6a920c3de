package io.plumtree.protocol.membership;

import java.util.random.RandomGenerator;

/** Pauses that double up to a longest one; each is shorter by chance, by up to half, lest nodes act in step. */
final class Backoff {
    private final long minNs;
    private final long maxNs;
    private final RandomGenerator random;
    private long pauseNs;

    Backoff(final long minNs, final long maxNs, final RandomGenerator random) {
        this.minNs = minNs;
        this.maxNs = Math.max(minNs, maxNs);
        this.random = random;
        pauseNs = minNs;
    }

    void reset() {
        pauseNs = minNs;
    }

    long nextNs() {
        final long nextNs = pauseNs - random.nextLong(pauseNs / 2 + 1);
        pauseNs = Math.min(maxNs, 2 * pauseNs);
        return nextNs;
    }
}
