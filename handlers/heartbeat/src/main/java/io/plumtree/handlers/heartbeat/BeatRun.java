package io.plumtree.handlers.heartbeat;

import java.util.concurrent.TimeUnit;

/**
 * What has come of one run of a node. A sequence far above all others counts as the highest only when another one comes
 * near it; and when {@link #ENOUGH} in a row come below the highest, one after the other for {@link #HEAL_NS}, it was
 * none.
 */
final class BeatRun {
    /** So many heartbeats are more than a wrong frame or two. */
    static final int ENOUGH = 4;
    /** What is only late comes in a shorter time. */
    private static final long HEAL_NS = TimeUnit.SECONDS.toNanos(5);
    /** What may be missing in between, and yet nothing looks strange. */
    private static final long NEAR = 1 << 16;

    final SeenSequences seen;
    /** 0 if nothing has come. */
    long epoch;
    /** When one came last. */
    long heardNs;
    /** Whether the node itself has told this run, or enough has come of it. */
    boolean isEstablished;
    private int count;
    /** A sequence far above all others; 0 if there is none. */
    private long far;
    /** How many came in a row below the highest, since when, and the last of them. */
    private int behindCount;
    private long behindNs;
    private long behind;

    BeatRun(final int maxRuns) {
        seen = new SeenSequences(maxRuns);
    }

    void begin(final long newEpoch) {
        epoch = newEpoch;
        seen.clear();
        isEstablished = false;
        count = 0;
        far = 0;
        behindCount = 0;
    }

    boolean contains(final long sequence) {
        return sequence == far || seen.contains(sequence);
    }

    boolean hasEnough() {
        return count >= ENOUGH;
    }

    /** Whether one that has not come yet is the latest, as far as it is to be believed. */
    boolean isLatest(final long sequence, final long nowNs) {
        heardNs = nowNs;
        count = Math.min(count + 1, ENOUGH);
        if (seen.isEmpty() || sequence > seen.highest() && sequence - NEAR <= seen.highest()) {
            behindCount = 0;
            return true;
        }
        if (sequence > seen.highest()) {
            if (far == 0 || Math.abs(sequence - far) > NEAR) {
                far = sequence;
                return false;
            }
            seen.add(far);
            far = 0;
            behindCount = 0;
            return true;
        }
        if (behindCount == 0 || sequence != behind + 1) {
            behindCount = 0;
            behindNs = nowNs;
        }
        behind = sequence;
        behindCount++;
        if (behindCount < ENOUGH || nowNs - behindNs < HEAL_NS) {
            return false;
        }
        behindCount = 0;
        seen.clear();
        return true;
    }

    /** Whether one counts among the others; not if it is far above them. */
    boolean isNear(final long sequence) {
        return sequence != far;
    }
}
