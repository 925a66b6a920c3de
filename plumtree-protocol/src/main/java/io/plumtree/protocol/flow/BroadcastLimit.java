package io.plumtree.protocol.flow;

import io.plumtree.protocol.options.FlowControlOptions;

/**
 * How many messages this node may broadcast in a time: any number, until it is told that they can't all be taken in.
 * Then half of what it did, and step by step more again once nothing of the kind is heard. As with TCP, nodes that
 * share what there is come to equal shares, since all lose one half, and all gain the same. What travels as one is not
 * divided: by how much it exceeds the limit, so much less is left for the next periods.
 */
final class BroadcastLimit {
    static final int NONE = Integer.MAX_VALUE;

    /** More in each period: 800 a second with periods of 10 ms. */
    private static final int STEP = 8;
    /** And so much of what there is: one part in 64. */
    private static final int STEP_BITS = 6;
    /** More in a period is as good as no limit: a hundred million a second. */
    private static final int MAX = 1_000_000;

    private final long lengthNs;
    /** Until a change shows. */
    private final long reactionNs;
    private final long quietNs;
    /** Then there would be no limit any more, whatever it was. */
    private final long expiryNs;
    private int allowed = NONE;
    private int used;
    /** What earlier periods had beyond their limit. */
    private int owed;
    /** In a period, of late. */
    private int recent;
    private boolean isStarted;
    private long periodNs;
    private long quenchedNs;
    private long halvedNs;

    BroadcastLimit(final FlowControlOptions options) {
        lengthNs = options.limitPeriodNs();
        reactionNs = options.limitReactionNs();
        quietNs = options.limitQuietNs();
        expiryNs = options.limitExpiryNs();
    }

    /** Whether another message may be broadcast, as of the last update. */
    boolean isOpen() {
        return used < allowed - owed;
    }

    /** In each period; {@link #NONE} if there is no limit. */
    int allowed() {
        return allowed;
    }

    /** So many messages are broadcast as one. */
    void onBroadcast(final int messageCount, final long nowNs) {
        update(nowNs);
        used += messageCount;
    }

    void onQuench(final long nowNs) {
        update(nowNs);
        quenchedNs = nowNs;
        if (allowed == NONE || nowNs - halvedNs >= reactionNs) {
            halvedNs = nowNs;
            final boolean isFirst = allowed == NONE;
            recent = Math.max(recent, used);
            allowed = Math.max(1, Math.min(allowed, recent) / 2);
            // What there was before the first complaint was not too much when it was broadcast.
            used = isFirst ? Math.min(used, allowed) : used;
        }
    }

    /** Begins the periods that have come since. */
    void update(final long nowNs) {
        if (!isStarted) {
            isStarted = true;
            periodNs = nowNs;
        }
        if (nowNs - periodNs >= expiryNs) {
            periodNs = nowNs;
            recent = 0;
            used = 0;
            owed = 0;
            allowed = NONE;
        }
        while (nowNs - periodNs >= lengthNs) {
            periodNs += lengthNs;
            recent = Math.max(used, recent - recent / 4);
            owed = allowed == NONE ? 0 : Math.max(0, owed + used - allowed);
            used = 0;
            if (allowed != NONE && periodNs - quenchedNs >= quietNs) {
                allowed += STEP + (allowed >> STEP_BITS);
                allowed = allowed > MAX ? NONE : allowed;
            }
        }
    }
}
