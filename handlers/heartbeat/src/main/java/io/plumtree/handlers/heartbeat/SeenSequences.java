package io.plumtree.handlers.heartbeat;

/**
 * Which sequences of a node have come, as runs without a hole, the highest last. Few, and looked at from above: a
 * heartbeat nearly always prolongs the highest run. Where there would be more runs than are allowed, the lowest two
 * become one, and what is missing between them counts as seen.
 */
final class SeenSequences {
    private final long[] firsts;
    private final long[] lasts;
    private int count;

    SeenSequences(final int maxRuns) {
        // One more, until the lowest two have become one.
        firsts = new long[maxRuns + 1];
        lasts = new long[maxRuns + 1];
    }

    void clear() {
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The highest; there must be one. */
    long highest() {
        return lasts[count - 1];
    }

    boolean contains(final long sequence) {
        final int run = runAtOrBelow(sequence);
        return run >= 0 && sequence <= lasts[run];
    }

    /** Adds one that is not there; returns how many that were never added count as seen because of it. */
    long add(final long sequence) {
        final int below = runAtOrBelow(sequence);
        final int above = below + 1;
        final boolean prolongs = below >= 0 && lasts[below] + 1 == sequence;
        final boolean precedes = above < count && firsts[above] - 1 == sequence;
        if (prolongs) {
            lasts[below] = sequence;
            if (precedes) {
                join(below);
            }
            return 0;
        }
        if (precedes) {
            firsts[above] = sequence;
            return 0;
        }
        System.arraycopy(firsts, above, firsts, above + 1, count - above);
        System.arraycopy(lasts, above, lasts, above + 1, count - above);
        firsts[above] = sequence;
        lasts[above] = sequence;
        count++;
        if (count < firsts.length) {
            return 0;
        }
        final long missing = firsts[1] - lasts[0] - 1;
        join(0);
        return missing;
    }

    /** The highest run that begins at or below a sequence; -1 if none does. */
    private int runAtOrBelow(final long sequence) {
        int run = count - 1;
        while (run >= 0 && firsts[run] > sequence) {
            run--;
        }
        return run;
    }

    /** Makes one of a run and the next. */
    private void join(final int run) {
        lasts[run] = lasts[run + 1];
        count--;
        final int moved = count - run - 1;
        System.arraycopy(firsts, run + 2, firsts, run + 1, moved);
        System.arraycopy(lasts, run + 2, lasts, run + 1, moved);
    }
}
