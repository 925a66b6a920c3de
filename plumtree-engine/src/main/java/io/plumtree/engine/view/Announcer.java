package io.plumtree.engine.view;

import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.HandlerContext;
import java.util.concurrent.TimeUnit;

/** Broadcasts what this node has to say of itself: that it is there, again and again, and that it leaves. */
final class Announcer {
    private static final long MAX_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);

    private final BroadcastClaim claim;
    private final MemberEntry self;
    private final FullViewCounters counters;
    private final long periodNs;
    /** Between two announcements, so that links that come and go don't make a flood of them. */
    private final long pauseNs;
    /**
     * From what was asked for to what is periodic: half a period to a whole one, by the node's name. Nodes that start
     * together, or are joined again together, don't announce themselves together from then on.
     */
    private final long spreadNs;
    /** The latest version under this node's name and incarnation, whoever has made it. */
    private long version;
    private long lastNs;
    private long nextNs;
    private boolean isStarted;
    private boolean isAskedFor;
    private boolean isLeaving;
    private boolean hasLeft;

    Announcer(
        final HandlerContext context,
        final MemberEntry self,
        final FullViewOptions options,
        final FullViewCounters counters,
        final long nowNs) {
        claim = context.newClaim();
        this.self = self;
        this.counters = counters;
        periodNs = options.refreshPeriodNs();
        pauseNs = Math.min(MAX_PAUSE_NS, periodNs / 2);
        spreadNs = periodNs / 2 + (self.member.id().value() >>> 1) % (periodNs / 2);
        lastNs = nowNs - pauseNs;
    }

    long version() {
        return version;
    }

    /** Announces this node with the next housekeeping, and periodically from then on. */
    void announce(final long nowNs) {
        isStarted = true;
        isAskedFor = true;
        final long earliestNs = lastNs + pauseNs;
        nextNs = earliestNs - nowNs > 0 ? earliestNs : nowNs;
    }

    /** Announces this node again, if it has been announced at all. */
    void announceAgain(final long nowNs) {
        if (isStarted && !isLeaving) {
            announce(nowNs);
        }
    }

    /** Somebody else has said something of this node under a version that is not below its own. */
    void contradict(final long otherVersion, final long nowNs) {
        version = Math.max(version, otherVersion);
        if (!isLeaving) {
            counters.refutations.incrementRelease();
            announce(nowNs);
        }
    }

    /** Says that this node leaves; true if that is on its way, and nothing more is announced. */
    boolean leave(final long nowNs) {
        isLeaving = true;
        hasLeft = hasLeft || !isStarted || broadcast(MemberStatus.LEFT, nowNs);
        return hasLeft;
    }

    int doWork(final long nowNs) {
        if (!isStarted || hasLeft) {
            return 0;
        }
        if (isLeaving) {
            return leave(nowNs) ? 1 : 0;
        }
        return nowNs - nextNs >= 0 && broadcast(MemberStatus.ALIVE, nowNs) ? 1 : 0;
    }

    private boolean broadcast(final MemberStatus status, final long nowNs) {
        final int payloadLength = AnnouncementLayout.payloadLength(self.member);
        if (claim.tryClaim(AnnouncementLayout.ID_LENGTH, payloadLength) < 0) {
            // Due as before, so that the next housekeeping tries again.
            counters.backPressured.incrementRelease();
            return false;
        }
        version++;
        AnnouncementLayout.encodeId(
            claim.buffer(), claim.idOffset(), self.member.id().value(), self.incarnation, version);
        AnnouncementLayout.encodePayload(claim.buffer(), claim.payloadOffset(), self.member, status);
        claim.commit();
        counters.announced.incrementRelease();
        lastNs = nowNs;
        nextNs = nowNs + (isAskedFor ? spreadNs : periodNs);
        isAskedFor = false;
        return true;
    }
}
