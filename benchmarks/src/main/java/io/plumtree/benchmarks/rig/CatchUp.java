package io.plumtree.benchmarks.rig;

/**
 * Finds out how long it takes until the nodes have everything again, from when one was stopped: until nobody lacks a
 * message that is older than {@link #GRACE_NS}, after somebody has. It is told now and then how things are.
 */
final class CatchUp {
    /** What is younger may still be on its way without anything being wrong. */
    static final long GRACE_NS = 10_000_000;
    private static final int LOOKS = 64;

    private final long[] timesNs = new long[LOOKS];
    private final long[] published = new long[LOOKS];
    private final long startNs;
    private int looks;
    private boolean wasBehind;
    private double caughtUpNs = Double.NaN;

    /** From when the node was stopped. */
    CatchUp(final long startNs) {
        this.startNs = startNs;
    }

    /**
     * How things are.
     *
     * @param nowNs          the time.
     * @param publishedSoFar messages published.
     * @param delivered      messages that the node which has the fewest has.
     */
    void onLook(final long nowNs, final long publishedSoFar, final long delivered) {
        if (!Double.isNaN(caughtUpNs)) {
            return;
        }
        timesNs[looks % LOOKS] = nowNs;
        published[looks % LOOKS] = publishedSoFar;
        looks++;
        final boolean isBehind = delivered < publishedBefore(nowNs - GRACE_NS);
        if (wasBehind && !isBehind) {
            caughtUpNs = nowNs - startNs;
        }
        wasBehind |= isBehind;
    }

    /** Of the looks that are old enough, the youngest counts; before there is one, nobody is behind. */
    private long publishedBefore(final long timeNs) {
        long most = Long.MIN_VALUE;
        for (int i = 0; i < Math.min(looks, LOOKS); i++) {
            if (timesNs[i] - timeNs <= 0) {
                most = Math.max(most, published[i]);
            }
        }
        return most;
    }

    /** How long it took; 0 if nobody was ever behind, NaN if somebody still is. */
    double ns() {
        return wasBehind ? caughtUpNs : 0;
    }
}
