package io.plumtree.engine.view;

import io.plumtree.engine.options.FullViewOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** All members by their nodes' values, and those that are gone for a while longer. One thread. */
final class MemberTable {
    /** Most entries that are looked at in one go. */
    static final int SCANNED_PER_CALL = 1024;

    private final Long2ObjectHashMap<MemberEntry> entries = new Long2ObjectHashMap<>();
    /** The same, in any order, to be gone through step by step. */
    private final List<MemberEntry> inTurn = new ArrayList<>();
    /** Those that are gone, the first to go first. */
    private final LinkedHashSet<MemberEntry> tombstones = new LinkedHashSet<>();
    private final MemberEntry self;
    private final FullViewOptions options;
    private final FullViewCounters counters;
    private final Roster roster;
    /** How many are still to be looked at, from the last one down. */
    private int toScan;

    MemberTable(final MemberEntry self, final FullViewOptions options, final FullViewCounters counters) {
        this.self = self;
        this.options = options;
        this.counters = counters;
        this.roster = new Roster(self.member);
        put(self);
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
        return new ArrayList<>(inTurn);
    }

    /**
     * Takes in what is news of another node; there must be room for it.
     *
     * @param known   its entry; null if there is none.
     * @param sinceNs when it was heard, or since when the node is gone.
     * @return its entry.
     */
    MemberEntry update(final MemberEntry known, final Announcement news, final long sinceNs) {
        final MemberEntry entry = known == null ? add(news, sinceNs) : known;
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
        return entry;
    }

    private MemberEntry add(final Announcement news, final long nowNs) {
        final MemberEntry entry = new MemberEntry(news.member(), news.incarnation());
        entry.firstNs = nowNs;
        put(entry);
        return entry;
    }

    private void put(final MemberEntry entry) {
        entries.put(entry.member.id().value(), entry);
        entry.index = inTurn.size();
        inTurn.add(entry);
    }

    private void remove(final MemberEntry entry) {
        entries.remove(entry.member.id().value());
        entry.isForgotten = true;
        final MemberEntry last = inTurn.remove(inTurn.size() - 1);
        if (last != entry) {
            last.index = entry.index;
            inTurn.set(last.index, last);
        }
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
            remove(dropped);
            counters.tombstonesDropped.incrementRelease();
        }
    }

    /** All entries are to be looked at, unless the last time is not over yet. */
    void startScan() {
        if (toScan == 0) {
            toScan = inTurn.size();
        }
    }

    /**
     * Looks at some of the entries: takes those for failed that were not heard of for too long, and forgets those that
     * are gone for long enough.
     */
    int scan(final long nowNs) {
        int workCount = 0;
        // Who is removed gives its place to the last one, which has been looked at, or was added meanwhile.
        toScan = Math.min(toScan, inTurn.size());
        final int end = Math.max(0, toScan - SCANNED_PER_CALL);
        while (toScan > end) {
            toScan--;
            final MemberEntry entry = inTurn.get(toScan);
            if (entry != self && isOver(entry, nowNs)) {
                end(entry, nowNs);
                workCount++;
            }
        }
        return workCount;
    }

    private boolean isOver(final MemberEntry entry, final long nowNs) {
        return nowNs - entry.sinceNs >= (entry.isAlive() ? options.expiryNs() : options.tombstoneTimeNs());
    }

    private void end(final MemberEntry entry, final long nowNs) {
        if (entry.isAlive()) {
            entry.sinceNs = nowNs;
            bury(entry, MemberStatus.FAILED, true);
            counters.expired.incrementRelease();
        } else {
            tombstones.remove(entry);
            remove(entry);
        }
    }
}
