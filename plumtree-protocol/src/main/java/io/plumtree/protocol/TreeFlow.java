package io.plumtree.protocol;

/**
 * Whether a root's messages still flow, for each tree. They come along it in the order in which they were broadcast, so
 * one that is late is still under way as long as none that was announced after it has come; only a longer queue than
 * before holds it up, and to ask for it would make that one longer.
 */
final class TreeFlow {
    private final boolean[] isFlowing;
    private final long[] arrivedNs;
    private final long[] announcedNs;

    TreeFlow(final int count) {
        isFlowing = new boolean[count];
        arrivedNs = new long[count];
        announcedNs = new long[count];
    }

    void reset(final int index) {
        isFlowing[index] = false;
    }

    /** A message has come along the tree that had been announced, or is only now. */
    void onArrived(final int index, final long messageAnnouncedNs, final long nowNs) {
        if (!isFlowing[index] || messageAnnouncedNs - announcedNs[index] > 0) {
            announcedNs[index] = messageAnnouncedNs;
        }
        isFlowing[index] = true;
        arrivedNs[index] = nowNs;
    }

    /** Whether messages have come of late, but none that was announced later than a certain time. */
    boolean isUnderWay(final int index, final long messageAnnouncedNs, final long ofLateNs, final long nowNs) {
        return isFlowing[index] && nowNs - arrivedNs[index] < ofLateNs
            && announcedNs[index] - messageAnnouncedNs < 0;
    }
}
