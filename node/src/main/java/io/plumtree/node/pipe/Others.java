package io.plumtree.node.pipe;

import io.plumtree.api.DownReason;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.PeerListener;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Who the other members are, and which of them can be reached. Where they are given, those whose links are up; where
 * the cluster finds itself, all that it knows of, most of which this node has no link to. Written by the engine's
 * thread, read by any.
 */
final class Others implements PeerListener {
    private final Map<Long, NodeId> members = new ConcurrentHashMap<>();
    private final Set<NodeId> up = new ConcurrentSkipListSet<>();
    private final Confirmations confirmations;
    private final boolean isGiven;
    private volatile boolean isAnyReached;

    /**
     * Others whose confirmations are waited for as long as they can be reached.
     *
     * @param given         the other members; null where the cluster finds itself.
     * @param confirmations forgets whoever can't be reached any more.
     */
    Others(final Collection<NodeId> given, final Confirmations confirmations) {
        this.confirmations = confirmations;
        isGiven = given != null;
        if (isGiven) {
            given.forEach(this::add);
        }
    }

    private void add(final NodeId member) {
        members.put(member.value(), member);
        confirmations.add(member);
    }

    @Override
    public void onPeerUp(final NodeId peer, final long incarnation) {
        up.add(peer);
        isAnyReached = true;
    }

    @Override
    public void onPeerDown(final NodeId peer, final DownReason reason) {
        up.remove(peer);
        if (isGiven) {
            confirmations.exclude(peer);
        }
    }

    @Override
    public void onMembersChanged(final Set<Member> joined, final Set<Member> left) {
        if (!isGiven) {
            for (final Member member : left) {
                members.remove(member.id().value());
                confirmations.exclude(member.id());
            }
            joined.forEach(member -> add(member.id()));
        }
    }

    /** How many there are. */
    int count() {
        return members.size();
    }

    /** How many there are, in words; where the cluster finds itself, that is what this node has heard of so far. */
    String description() {
        return isGiven ? count() + " members" :
            "the " + count() + " members that this node knows; there may be more";
    }

    /** Whether there has ever been a link to one. */
    boolean isAnyReached() {
        return isAnyReached;
    }

    /** How many can be reached, by one way or another. */
    int reachable() {
        return isGiven ? up.size() : up.isEmpty() ? 0 : members.size();
    }

    /** Whether this node has found those that it talks with itself. */
    boolean hasFoundPeers() {
        return isGiven ? up.size() == members.size() : !up.isEmpty();
    }

    /** Who does not confirm (yet). */
    List<NodeId> silent() {
        return members.values().stream().filter(member -> !confirmations.hasPart(member)).sorted().toList();
    }

    /** Whether somebody who can be reached does not confirm. */
    boolean isAnySilent() {
        return silent().stream().anyMatch(member -> !isGiven || up.contains(member));
    }

    /** A member's name; the value in hexadecimal where it is not known. */
    String name(final long value) {
        final NodeId member = members.get(value);
        return member == null ? Long.toHexString(value) : member.name();
    }
}
