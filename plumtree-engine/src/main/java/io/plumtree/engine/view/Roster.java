package io.plumtree.engine.view;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The living members, this node among them, in order. They are published together, so that a thousand nodes that join
 * at once cost a list or two, not a thousand.
 */
final class Roster {
    /** Most changes that are told in one go. */
    static final int TOLD_PER_CALL = 1024;

    private final TreeMap<NodeId, Member> current = new TreeMap<>();
    /** How those were published that have changed since; null for those that were not. */
    private final Map<NodeId, Member> before = new LinkedHashMap<>();
    private volatile List<Member> published;

    Roster(final Member self) {
        current.put(self.id(), self);
        published = List.of(self);
    }

    /** What was published last. Any thread. */
    List<Member> published() {
        return published;
    }

    void put(final Member member) {
        note(member.id(), current.put(member.id(), member));
    }

    void remove(final NodeId id) {
        note(id, current.remove(id));
    }

    private void note(final NodeId id, final Member previous) {
        if (!before.containsKey(id)) {
            before.put(id, previous);
        }
    }

    /**
     * Publishes the members if they are others than before, and tells the listener: of so many, and of more the next
     * time. The list may be ahead of what is told, therefore.
     */
    boolean publish(final FullViewListener listener) {
        if (before.isEmpty()) {
            return false;
        }
        final Set<Member> joined = new LinkedHashSet<>();
        final Set<Member> left = new LinkedHashSet<>();
        final Iterator<Map.Entry<NodeId, Member>> changes = before.entrySet().iterator();
        for (int i = 0; i < TOLD_PER_CALL && changes.hasNext(); i++) {
            final Map.Entry<NodeId, Member> change = changes.next();
            changes.remove();
            final Member previous = change.getValue();
            final Member now = current.get(change.getKey());
            if (previous != null && !previous.equals(now)) {
                left.add(previous);
            }
            if (now != null && !now.equals(previous)) {
                joined.add(now);
            }
        }
        if (joined.isEmpty() && left.isEmpty()) {
            return false;
        }
        published = List.copyOf(current.values());
        listener.onMembersChanged(Collections.unmodifiableSet(joined), Collections.unmodifiableSet(left));
        return true;
    }
}
