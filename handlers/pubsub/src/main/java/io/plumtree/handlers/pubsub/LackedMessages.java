package io.plumtree.handlers.pubsub;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Finds, step by step, what is retained here and the peer lacks: at most so many messages, the oldest; in the order of
 * their age, which is that of their sequences as far as it is known here.
 */
final class LackedMessages {
    private static final int SCANNED_PER_CALL = 1024;
    /** Enough for the place of any message among the retained. */
    private static final int PLACE_BITS = 22;
    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;
    /** Above the age of whatever is retained. */
    private static final long MAX_AGE_MS = TimeUnit.DAYS.toMillis(1) + 1;

    private final MessageStore store;
    private final RetainedMessages retained;
    private final PeerDigest peer;
    private final long nowNs;
    private final long minAgeNs;
    private final long maxAgeNs;
    private final int max;
    private final long start;
    private final long end;
    private long position;
    /** Age and place; the oldest is the lowest. */
    private final long[] keys;
    private int count;
    private int next;
    private boolean isCut;
    private boolean isAnyTooYoung;

    /**
     * Starts with what is retained now.
     *
     * @param store    whose messages.
     * @param peer     what the other side has seen, complete.
     * @param minAgeNs what is younger is left out.
     * @param maxAgeNs what is older is left out.
     * @param max      how many.
     */
    LackedMessages(
        final MessageStore store, final PeerDigest peer, final long minAgeNs, final long maxAgeNs, final int max) {
        this.store = store;
        this.retained = store.retained();
        this.peer = peer;
        this.nowNs = store.nowNs();
        this.minAgeNs = minAgeNs;
        this.maxAgeNs = maxAgeNs;
        this.max = max;
        start = retained.head();
        end = start + retained.count();
        position = start;
        keys = new long[(int) Math.min(2L * max, end - start)];
    }

    boolean isScanned() {
        return position == end;
    }

    /** Looks at some more; how many. */
    int scan() {
        final long from = Math.max(position, retained.head());
        final long to = Math.min(end, from + SCANNED_PER_CALL);
        for (position = from; position < to; position++) {
            final int slot = retained.slot(position);
            final long ageNs = nowNs - retained.bornNs(slot);
            if (ageNs < minAgeNs) {
                isAnyTooYoung = isAnyTooYoung || isInHole(slot);
            } else if (ageNs <= maxAgeNs && isMissing(slot)) {
                add(ageNs);
            }
        }
        position = Math.min(position, end);
        if (isScanned()) {
            keepOldest();
        }
        return 1;
    }

    /** More is missing than was found. */
    boolean isCut() {
        return isCut;
    }

    /** One was left out that the peer lacks between others. */
    boolean isAnyTooYoung() {
        return isAnyTooYoung;
    }

    /** The slot of the next one that is retained still; {@link RetainedMessages#NOT_FOUND} when there is none. */
    int slot() {
        while (next < count) {
            final long candidate = start + (keys[next] & PLACE_MASK);
            if (candidate >= retained.head()) {
                return retained.slot(candidate);
            }
            next++;
        }
        return RetainedMessages.NOT_FOUND;
    }

    /** Goes on to the one after it. */
    void advance() {
        next++;
    }

    private boolean isInHole(final int slot) {
        return peer.hasHole(retained.origin(slot), retained.incarnation(slot), retained.sequence(slot));
    }

    private boolean isMissing(final int slot) {
        final long origin = retained.origin(slot);
        final long incarnation = retained.incarnation(slot);
        return store.isKnown(origin, incarnation) && peer.lacks(origin, incarnation, retained.sequence(slot));
    }

    private void add(final long ageNs) {
        if (count == keys.length) {
            keepOldest();
        }
        final long ageMs = Math.min(MAX_AGE_MS, TimeUnit.NANOSECONDS.toMillis(ageNs));
        keys[count++] = MAX_AGE_MS - ageMs << PLACE_BITS | position - start;
    }

    private void keepOldest() {
        Arrays.sort(keys, 0, count);
        if (count > max) {
            count = max;
            isCut = true;
        }
    }
}
