package io.plumtree.protocol;

/**
 * Whether a root's messages still flow along its tree. They come in the order in which they were broadcast, so one that
 * is late is still under way as long as none that was announced after it has come; only a longer queue than before
 * holds it up, and to ask for it would make that one longer.
 */
final class TreeFlow {
    private boolean isFlowing;
    private long arrivedNs;
    private long announcedNs;

    void reset() {
        isFlowing = false;
    }

    /** A message has come along the tree that had been announced, or is only now. */
    void onArrived(final long messageAnnouncedNs, final long nowNs) {
        if (!isFlowing || messageAnnouncedNs - announcedNs > 0) {
            announcedNs = messageAnnouncedNs;
        }
        isFlowing = true;
        arrivedNs = nowNs;
    }

    /** Whether messages have come of late, but none that was announced later than a certain time. */
    boolean isUnderWay(final long messageAnnouncedNs, final long ofLateNs, final long nowNs) {
        return isFlowing && nowNs - arrivedNs < ofLateNs && announcedNs - messageAnnouncedNs < 0;
    }
}
