package io.plumtree.engine.peers;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an update of the members changes.
 *
 * @param left   peers that are no members any more.
 * @param moved  peers that listen elsewhere, and how they are members now.
 * @param joined members that were none.
 */
record MembershipChange(Set<Peer> left, Map<Peer, Member> moved, List<Member> joined) {
    static MembershipChange of(final Peer[] peers, final List<Member> wanted) {
        final Map<NodeId, Member> joined = new LinkedHashMap<>();
        wanted.forEach(member -> joined.put(member.id(), member));
        final Set<Peer> left = new LinkedHashSet<>();
        final Map<Peer, Member> moved = new LinkedHashMap<>();
        for (final Peer peer : peers) {
            final Member now = joined.remove(peer.id);
            if (now == null) {
                left.add(peer);
            } else if (!now.equals(peer.member())) {
                moved.put(peer, now);
            }
        }
        return new MembershipChange(left, moved, new ArrayList<>(joined.values()));
    }

    boolean isEmpty() {
        return left.isEmpty() && moved.isEmpty() && joined.isEmpty();
    }

    /** Members as they were not before; those that moved are among them. */
    Set<Member> arrivals() {
        final Set<Member> arrivals = new HashSet<>(joined);
        arrivals.addAll(moved.values());
        return Set.copyOf(arrivals);
    }

    /** Members as they are no longer. To be asked before the peers are changed. */
    Set<Member> departures() {
        final Set<Member> departures = new HashSet<>();
        left.forEach(peer -> departures.add(peer.member()));
        moved.keySet().forEach(peer -> departures.add(peer.member()));
        return Set.copyOf(departures);
    }

    /** What a link is needed for, by member. */
    Map<NodeId, Member> connections() {
        final Map<NodeId, Member> connections = new LinkedHashMap<>();
        moved.values().forEach(member -> connections.put(member.id(), member));
        joined.forEach(member -> connections.put(member.id(), member));
        return connections;
    }
}
