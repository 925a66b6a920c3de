package io.plumtree.engine.view;

import io.plumtree.engine.options.FullViewOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** All members by their nodes' values, and those that are gone for a while longer. One thread. */
final class MemberTable {
    private final Long2ObjectHashMap<MemberEntry> entries = new Long2ObjectHashMap<>();
    /** Those that are gone, the first to go first. */
    private final LinkedHashSet<MemberEntry> tombstones = new LinkedHashSet<>();
    private final MemberEntry self;
    private final FullViewOptions options;
    private final FullViewCounters counters;
    private final Roster roster;

    MemberTable(final MemberEntry self, final FullViewOptions options, final FullViewCounters counters) {
        this.self = self;
        this.options = options;
        this.counters = counters;
        this.roster = new Roster(self.member);
        entries.put(self.member.id().value(), self);
    }

    Roster roster() {
        return roster;
    }

    MemberEntry self() {
        return self;
    }

    MemberEntry find(final long value) {
        return entries.get(value);
    }

    /** Whether one more can be taken in. */
    boolean hasRoom() {
        return memberCount() < options.maxMembers();
    }

    /** Members beside this node. */
    int memberCount() {
        return entries.size() - 1 - tombstones.size();
    }

    int tombstoneCount() {
        return tombstones.size();
    }

    /** All entries, this node's among them. */
    List<MemberEntry> all() {
        return new ArrayList<>(entries.values());
    }

    /**
     * Takes in what is news of another node; there must be room for it.
     *
     * @param known   its entry; null if there is none.
     * @param sinceNs when it was heard, or since when the node is gone.
     */
    void update(final MemberEntry known, final Announcement news, final long sinceNs) {
        final MemberEntry entry = known == null ? add(news) : known;
        final boolean wasAlive = entry.isAlive();
        entry.incarnation = news.incarnation();
        entry.version = news.version();
        entry.sinceNs = sinceNs;
        final boolean isSameMember = news.member().equals(entry.member);
        if (!isSameMember) {
            entry.member = news.member();
        }
        if (news.status() == MemberStatus.ALIVE) {
            if (!wasAlive || !isSameMember) {
                tombstones.remove(entry);
                entry.status = MemberStatus.ALIVE;
                roster.put(entry.member);
            }
        } else {
            bury(entry, news.status(), wasAlive);
        }
    }

    private MemberEntry add(final Announcement news) {
        final MemberEntry entry = new MemberEntry(news.member(), news.incarnation());
        entries.put(news.member().id().value(), entry);
        return entry;
    }

    private void bury(final MemberEntry entry, final MemberStatus status, final boolean wasAlive) {
        entry.status = status;
        if (wasAlive) {
            roster.remove(entry.member.id());
        }
        if (tombstones.add(entry) && tombstones.size() > options.maxMembers()) {
            final Iterator<MemberEntry> oldest = tombstones.iterator();
            final MemberEntry dropped = oldest.next();
            oldest.remove();
            entries.remove(dropped.member.id().value());
            dropped.isForgotten = true;
            counters.tombstonesDropped.incrementRelease();
        }
    }

    /** Takes those for failed that were not heard of for too long, and forgets those that are gone for long enough. */
    int expire(final long nowNs) {
        int workCount = 0;
        List<MemberEntry> expired = null;
        for (final MemberEntry entry : entries.values()) {
            if (entry != self && entry.isAlive() && nowNs - entry.sinceNs >= options.expiryNs()) {
                expired = expired == null ? new ArrayList<>() : expired;
                expired.add(entry);
            }
        }
        if (expired != null) {
            for (final MemberEntry entry : expired) {
                entry.sinceNs = nowNs;
                bury(entry, MemberStatus.FAILED, true);
                counters.expired.incrementRelease();
                workCount++;
            }
        }
        return workCount + forget(nowNs);
    }

    private int forget(final long nowNs) {
        int workCount = 0;
        for (final Iterator<MemberEntry> each = tombstones.iterator(); each.hasNext();) {
            final MemberEntry entry = each.next();
            if (nowNs - entry.sinceNs >= options.tombstoneTimeNs()) {
                each.remove();
                entries.remove(entry.member.id().value());
                entry.isForgotten = true;
                workCount++;
            }
        }
        return workCount;
    }
}
