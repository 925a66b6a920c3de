package io.plumtree.engine.view;

import io.plumtree.engine.options.FullViewOptions;

/**
 * What others say of this node. Only the node itself makes versions, so anything that it has not said is contradicted
 * with a higher one; and a run of its name that is later than its own is another node's, or its clock was set back.
 */
final class NewsOfSelf {
    private final MemberEntry self;
    private final Announcer announcer;
    private final FullViewCounters counters;
    private final long expiryNs;
    private long rivalNs;
    /** The latest run of this node's name, later than this one, that others know; null for none. */
    private Announcement rival;
    /** Somebody has used up the versions of this run, so that it takes a later one to be heard above that. */
    private boolean isUsedUp;

    NewsOfSelf(
        final MemberEntry self,
        final Announcer announcer,
        final FullViewOptions options,
        final FullViewCounters counters) {
        this.self = self;
        this.announcer = announcer;
        this.counters = counters;
        expiryNs = options.expiryNs();
    }

    /** True if it is new, be it right or wrong. */
    boolean merge(final Announcement news, final long timeNs) {
        final boolean isNew = !isStale(news.incarnation(), news.version());
        if (news.incarnation() > self.incarnation) {
            if (isNew) {
                onRival(news, timeNs);
            }
            return isNew;
        }
        if (news.incarnation() == self.incarnation && news.version() > AnnouncementLayout.MAX_BELIEVED_VERSION) {
            // To go above it would leave no versions for this run. What it says meanwhile is believed later.
            isUsedUp = true;
            counters.refutations.incrementRelease();
            return false;
        }
        final boolean isDenied = news.version() == announcer.version() && news.status() != self.status;
        if (news.incarnation() == self.incarnation && (isNew || isDenied)) {
            self.version = Math.max(self.version, news.version());
            announcer.contradict(news.version(), timeNs);
        }
        return isNew;
    }

    boolean isStale(final long incarnation, final long version) {
        if (incarnation > self.incarnation) {
            return rival != null && (incarnation < rival.incarnation() ||
                incarnation == rival.incarnation() && version <= rival.version());
        }
        return incarnation < self.incarnation || version <= announcer.version();
    }

    /**
     * Another node has this one's name, or this one's clock was set back between two runs: nobody heeds it now. The
     * engine finds out which, and raises the incarnation or ends the node.
     */
    private void onRival(final Announcement news, final long timeNs) {
        rival = news;
        rivalNs = timeNs;
        counters.conflicts.incrementRelease();
    }

    Announcement rival() {
        return rival;
    }

    /** Forgets a rival that has not been heard of for the expiry. */
    void forgetRival(final long timeNs) {
        if (rival != null && timeNs - rivalNs >= expiryNs) {
            rival = null;
        }
    }

    /** This node goes on in a later run, whose versions nobody has used. */
    void onLaterRun() {
        isUsedUp = false;
    }

    /** The latest run of this node's name of which others know, or which takes a later one to be heard above. */
    long latestIncarnation() {
        final long used = isUsedUp ? self.incarnation + 1 : self.incarnation;
        return rival != null ? Math.max(used, rival.incarnation()) : used;
    }
}
