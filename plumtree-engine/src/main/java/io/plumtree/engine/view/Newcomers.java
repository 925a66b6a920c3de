package io.plumtree.engine.view;

import io.plumtree.api.TokenBucket;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.view.Rumors.Rumor;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;

/**
 * Decides who is believed to be there of whom nothing was known. Nobody can tell a member far away from a name that
 * somebody made up, so it is their number that is bounded:
 * <ul>
 * <li>who has greeted this node itself is believed;
 * <li>of announced names some at once and some a second; of more, nothing but a rumor is kept. One that is announced
 * again later, as members do each refresh period, is believed;
 * <li>of names told in exchanges, some a peer.
 * </ul>
 * One thread.
 */
final class Newcomers {
    /** What becomes of a name. */
    enum Verdict { MEMBER, RUMOR, REFUSED }

    /** So many refresh periods is a rumor kept. */
    private static final int RUMOR_PERIODS = 2;
    /** An announcement comes again when it comes this part of a refresh period later. */
    private static final int REPEATED_PARTS = 4;
    /** Of as many as are known, that part may be new at once. */
    private static final int KNOWN_PARTS = 4;
    private static final int MAX_GREETED = 256;
    private static final int MAX_TELLERS = 64;

    private final FullViewOptions options;
    private final FullViewCounters counters;
    private final MemberTable table;
    private final TokenBucket announced;
    private final Rumors rumors;
    private final LongHashSet greeted = new LongHashSet();
    private final Long2ObjectHashMap<TokenBucket> told = new Long2ObjectHashMap<>();

    Newcomers(
        final FullViewOptions options, final FullViewCounters counters, final MemberTable table, final long nowNs) {
        this.options = options;
        this.counters = counters;
        this.table = table;
        this.announced = new TokenBucket(options.newcomers(), options.newcomersPerSecond(), nowNs);
        this.rumors = new Rumors(options.maxRumors(), RUMOR_PERIODS * options.refreshPeriodNs());
    }

    /** How long after a name was first heard of it counts as announced again. */
    long repeatedNs() {
        return options.refreshPeriodNs() / REPEATED_PARTS;
    }

    /** Whether an announcement of a name that is not known would be of no use. */
    boolean isStale(final long node, final long incarnation, final long version, final long nowNs) {
        final Rumor rumor = rumors.find(node);
        if (rumor != null) {
            return rumor.subsumes(incarnation, version);
        }
        return !rumors.hasRoom() && !greeted.contains(node) && !announced.has(nowNs);
    }

    /** What is kept of a name as a rumor; null for nothing. */
    Announcement rumor(final long node) {
        final Rumor rumor = rumors.find(node);
        return rumor == null ? null : rumor.news;
    }

    /** A name is announced that is not known, and for which there is room. */
    Verdict onAnnounced(final Announcement news, final long nowNs) {
        final long node = news.member().id().value();
        final Rumor rumor = rumors.find(node);
        if (greeted.remove(node) || isAllowed(rumor, nowNs)) {
            settle(rumor);
            return Verdict.MEMBER;
        }
        if (news.status() != MemberStatus.ALIVE) {
            settle(rumor);
            return Verdict.REFUSED;
        }
        if (rumor != null) {
            rumor.news = news;
            return Verdict.RUMOR;
        }
        if (!rumors.hasRoom()) {
            return Verdict.REFUSED;
        }
        rumors.add(news, nowNs);
        return Verdict.RUMOR;
    }

    /** Whether a name that is not known is believed when a peer tells it in an exchange. */
    boolean isToldWithin(final long teller, final long node, final long nowNs) {
        final long burst = burst();
        final double perSecond = 1e9 * burst / options.expiryNs();
        TokenBucket share = told.get(teller);
        if (share == null) {
            makeRoomForTeller(nowNs);
            share = new TokenBucket(burst, perSecond, nowNs);
            told.put(teller, share);
        }
        share.limits(burst, perSecond);
        if (!greeted.remove(node) && !share.take(nowNs)) {
            return false;
        }
        settle(rumors.find(node));
        return true;
    }

    /** A node has greeted: what it announces of itself from now on is believed. What it has announced is returned. */
    Announcement onGreeted(final long node) {
        final Rumor rumor = rumors.find(node);
        if (rumor != null) {
            settle(rumor);
            return rumor.news;
        }
        if (greeted.size() >= MAX_GREETED) {
            greeted.clear();
        }
        greeted.add(node);
        return null;
    }

    int doWork(final long nowNs) {
        final int count = rumors.forget(nowNs);
        counters.rumorsForgotten.getAndAddRelease(count);
        counters.rumors.setRelease(rumors.size());
        return count;
    }

    private boolean isAllowed(final Rumor rumor, final long nowNs) {
        if (rumor != null) {
            return nowNs - rumor.heardNs >= repeatedNs();
        }
        announced.limits(burst(), options.newcomersPerSecond());
        return announced.take(nowNs);
    }

    private long burst() {
        return Math.max(options.newcomers(), table.memberCount() / KNOWN_PARTS);
    }

    private void settle(final Rumor rumor) {
        if (rumor != null) {
            rumors.settle(rumor);
            counters.rumorsSettled.incrementRelease();
        }
    }

    /** The one goes that has most left: it loses least by being forgotten. */
    private void makeRoomForTeller(final long nowNs) {
        if (told.size() < MAX_TELLERS) {
            return;
        }
        long loser = 0;
        double most = -1;
        for (final Long2ObjectHashMap<TokenBucket>.EntryIterator each = told.entrySet().iterator(); each.hasNext();) {
            each.next();
            final double available = each.getValue().available(nowNs);
            if (available > most) {
                most = available;
                loser = each.getLongKey();
            }
        }
        told.remove(loser);
    }
}
