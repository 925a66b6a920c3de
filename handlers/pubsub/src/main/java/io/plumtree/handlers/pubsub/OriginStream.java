package io.plumtree.handlers.pubsub;

import java.util.concurrent.TimeUnit;

/**
 * What is known of one incarnation of one origin.
 *
 * <p>What a single frame says moves no bound here: a sequence further than {@link #NEAR} beyond the highest is kept
 * among the {@link #claims} until {@link #ENOUGH} have come near one another. Where so many were wrong, too, what keeps
 * coming below them shows it, in {@link #HEAL_NS}.
 */
final class OriginStream {
    static final int NOT_WAITING = -1;
    /** What may be missing in between, and yet nothing looks strange: more than is on its way in a busy cluster. */
    static final long NEAR = 1 << 16;
    /** So many messages are more than a wrong frame or two. */
    static final int ENOUGH = 4;
    /** For how long something must have come before it stands against what was taken for true until then. */
    static final long HEAL_NS = TimeUnit.SECONDS.toNanos(5);

    /** Whose it is. */
    final Origin owner;
    long origin;
    long incarnation;

    /** Whether the origin itself has said so, or enough has come for long enough. */
    boolean isEstablished;
    /** Established, of an origin that is known well: nothing is to be weighed any more. */
    boolean isSettled;
    /** How many came until it was settled, and since when. */
    int weighed;
    long firstNs;
    /** When something new came last. */
    long heardNs;

    /** Sequences that were taken in, or count as such. */
    final IntervalSet seen;
    /** Sequences up to here are taken in without a second look; all claims are above. */
    long plainTo;
    /** Null until there was one. */
    SequenceClaims claims;
    /** Where those start that were claims last, as long as nothing later has shown them right; 0 if there are none. */
    long islandFrom;
    long islandNs;
    /** Messages that came behind what is expected, while nothing came at the top; since when, and where that was. */
    int behindCount;
    long behindNs;
    long behindTop;

    /** What ordered subscriptions get next. */
    long expected;
    /** Sequences above {@link #expected} that wait for those before them. */
    final IntervalSet held;
    int heldCount;
    /** Since when {@link #expected} is waited for; valid if {@link #isGapTimed}. */
    long gapSinceNs;
    boolean isGapTimed;
    /** Its place among the streams that wait. */
    int waitingIndex = NOT_WAITING;
    /** Whether it is among those with claims that ordered subscriptions still have to get. */
    boolean isClaimant;

    OriginStream(final Origin owner, final int maxIntervals, final int maxHeld) {
        this.owner = owner;
        seen = new IntervalSet(maxIntervals);
        // A few more are held for a moment, before the first gap is given up; never so many that a hole is closed.
        held = new IntervalSet(maxHeld + 1 + SequenceClaims.MAX);
    }

    void reset(final long newOrigin, final long newIncarnation) {
        origin = newOrigin;
        incarnation = newIncarnation;
        isEstablished = false;
        isSettled = false;
        weighed = 0;
        seen.clear();
        plainTo = 0;
        if (claims != null) {
            claims.clear();
        }
        islandFrom = 0;
        behindCount = 0;
        expected = 1;
        held.clear();
        heldCount = 0;
        isGapTimed = false;
    }

    /** The highest sequence that was taken in; 0 if none was. */
    long top() {
        return seen.isEmpty() ? 0 : seen.last();
    }

    boolean hasClaims() {
        return claims != null && claims.count() > 0;
    }

    /** Whether a message with this sequence has come, as far as it is known here. */
    boolean isSeen(final long sequence) {
        return seen.contains(sequence)
            || sequence > plainTo && claims != null && isFar(sequence) && claims.indexOf(sequence) >= 0;
    }

    /** Whether it is further beyond the highest than what is missing could explain. */
    boolean isFar(final long sequence) {
        return sequence - NEAR > top();
    }

    /** What needs no second look from now on. */
    void plan() {
        final long top = top();
        long plain = top > Long.MAX_VALUE - NEAR ? Long.MAX_VALUE : top + NEAR;
        if (hasClaims()) {
            plain = Math.min(plain, claims.sequence(claims.lowest()) - 2);
        }
        plainTo = islandFrom > 0 ? 0 : plain;
    }

    /** A message came behind what is expected; whether they have come for long enough, with nothing at the top. */
    boolean staysBehind(final long nowNs) {
        if (behindCount == 0 || behindTop != top()) {
            behindCount = 1;
            behindTop = top();
            behindNs = nowNs;
            return false;
        }
        behindCount++;
        return behindCount >= ENOUGH && nowNs - behindNs >= HEAL_NS;
    }
}
