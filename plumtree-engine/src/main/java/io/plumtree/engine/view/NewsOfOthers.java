package io.plumtree.engine.view;

import io.plumtree.api.Member;
import io.plumtree.engine.options.FullViewOptions;

/** What this node hears of others: by broadcasts, from peers in exchanges, and from those that greet it. */
final class NewsOfOthers {
    /** For so many halves of a refresh period a run is silent when another one may take its place. */
    private static final int QUIET_PERIODS_HALVES = 3;

    private final FullViewOptions options;
    private final FullViewCounters counters;
    private final MemberTable table;
    private final Newcomers newcomers;

    NewsOfOthers(
        final FullViewOptions options,
        final FullViewCounters counters,
        final MemberTable table,
        final Newcomers newcomers) {
        this.options = options;
        this.counters = counters;
        this.table = table;
        this.newcomers = newcomers;
    }

    // ---- broadcasts

    /** Takes in what a node announces, of which this may be known; true if it is passed on. */
    boolean merge(final MemberEntry known, final Announcement news, final long timeNs) {
        return known == null ? mergeNew(news, timeNs) : mergeKnown(known, news, timeNs);
    }

    /** True if it is passed on: as a member, or as one that may be. */
    private boolean mergeNew(final Announcement news, final long timeNs) {
        switch (newcomers.onAnnounced(news, timeNs)) {
            case MEMBER -> {
                countReceived(news);
                table.update(null, news, timeNs);
                return true;
            }
            case RUMOR -> {
                counters.rumored.incrementRelease();
                return true;
            }
            default -> {
                counters.refused.incrementRelease();
                return false;
            }
        }
    }

    private boolean mergeKnown(final MemberEntry known, final Announcement news, final long timeNs) {
        if (known.subsumes(news.incarnation(), news.version())) {
            if (!known.contend(news.incarnation(), news.version(), timeNs, newcomers.repeatedNs())) {
                return true;
            }
            counters.runsReverted.incrementRelease();
            known.isReverted = true;
        } else {
            known.isReverted = false;
        }
        countReceived(news);
        known.isConfirmed |= timeNs - known.firstNs >= newcomers.repeatedNs();
        known.isToldOnly = false;
        table.update(known, news, timeNs);
        return true;
    }

    private void countReceived(final Announcement news) {
        counters.received.incrementRelease();
        if (news.status() == MemberStatus.LEFT) {
            counters.left.incrementRelease();
        }
    }

    /** Whether an announcement of another node is of no use here: known, outdated, or one too many. */
    boolean isStale(
        final MemberEntry known, final long node, final long incarnation, final long version, final long timeNs) {
        if (FullView.isAbsurd(incarnation)) {
            return true;
        }
        if (known == null) {
            return !table.hasRoom() || newcomers.isStale(node, incarnation, version, timeNs);
        }
        if (known.subsumes(incarnation, version)) {
            return !known.isContender(
                incarnation, version, timeNs, QUIET_PERIODS_HALVES * options.refreshPeriodNs() / 2);
        }
        return !known.isAlive() && !table.hasRoom();
    }

    void countStale(
        final MemberEntry known, final long node, final long incarnation, final long version) {
        final Announcement rumor = known == null ? newcomers.rumor(node) : null;
        if (FullView.isAbsurd(incarnation)) {
            counters.runsRefused.incrementRelease();
        } else if (known != null && known.subsumes(incarnation, version) || rumor != null) {
            counters.stale.incrementRelease();
        } else {
            counters.refused.incrementRelease();
        }
    }

    // ---- exchanges

    /** Takes in what a peer tells of a node in an exchange, of which this may be known; true if it is news. */
    boolean mergeTold(
        final MemberEntry known,
        final Announcement news,
        final long peer,
        final boolean isTrusted,
        final long ageNs,
        final long timeNs) {
        if (known == null) {
            return mergeNewTold(news, peer, isTrusted, ageNs, timeNs);
        }
        if (known.teller != peer) {
            // Two have told of it.
            known.isToldOnly = false;
        }
        if (known.subsumes(news.incarnation(), news.version())) {
            return false;
        }
        final boolean isAlive = news.status() == MemberStatus.ALIVE;
        final long sinceNs = timeNs - ageNs;
        if (!known.isAlive() && isAlive && isRefusedAlive(ageNs) || known.isReverted(sinceNs, newcomers.repeatedNs())) {
            return false;
        }
        final boolean isLaterKnown = isAlive && known.isAlive() && known.sinceNs - sinceNs > 0;
        table.update(known, news, isLaterKnown ? known.sinceNs : sinceNs);
        return true;
    }

    private boolean isRefusedAlive(final long ageNs) {
        if (!table.hasRoom()) {
            counters.refused.incrementRelease();
            return true;
        }
        return ageNs >= options.expiryNs();
    }

    private boolean mergeNewTold(
        final Announcement news, final long peer, final boolean isTrusted, final long ageNs, final long timeNs) {
        if (!table.hasRoom()) {
            counters.refused.incrementRelease();
            return false;
        }
        // It would be gone right away; what is known must not pass around for ever.
        final boolean isAlive = news.status() == MemberStatus.ALIVE;
        if (ageNs >= (isAlive ? options.expiryNs() : options.tombstoneTimeNs())) {
            return false;
        }
        final long node = news.member().id().value();
        final boolean isSaidElsewhere = node == peer || newcomers.rumor(node) != null;
        if (node != peer && !isTrusted && !newcomers.isToldWithin(peer, node, timeNs)) {
            counters.exchangeEntriesRefused.incrementRelease();
            return false;
        }
        final MemberEntry entry = table.update(null, news, timeNs - ageNs);
        entry.teller = peer;
        entry.isToldOnly = !isSaidElsewhere;
        return true;
    }

    // ---- greetings

    /** A node, of which this may be known, has greeted this one: it is there, whatever others have said. */
    void confirm(
        final MemberEntry known,
        final long node,
        final String endpoint,
        final long incarnation,
        final long timeNs) {
        if (known == null) {
            final Announcement news = newcomers.onGreeted(node);
            if (news != null && table.hasRoom()) {
                table.update(null, news, timeNs);
                table.find(node).isConfirmed = true;
            }
            return;
        }
        known.isConfirmed = true;
        if (known.incarnation != incarnation && !FullView.isAbsurd(incarnation)) {
            if (incarnation < known.incarnation) {
                counters.runsReverted.incrementRelease();
            }
            if (known.isAlive() || table.hasRoom()) {
                table.update(known, new Announcement(
                    endpoint.isEmpty() ? known.member : new Member(known.member.id(), endpoint),
                    incarnation, 0, MemberStatus.ALIVE), timeNs);
                known.isReverted = true;
                known.isToldOnly = false;
            }
        }
    }
}
