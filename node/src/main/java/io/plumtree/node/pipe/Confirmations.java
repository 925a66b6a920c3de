package io.plumtree.node.pipe;

import io.plumtree.api.NodeId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far each peer has confirmed this node's questions. A peer takes part once it has confirmed one, until its link
 * goes down; who does not take part is not waited for. Written by the engine's thread, read by any.
 */
final class Confirmations {
    private final Map<Long, Long> numberByPeer = new ConcurrentHashMap<>();
    private final Map<Long, NodeId> members = new ConcurrentHashMap<>();

    /** From now on this peer's confirmations count. */
    void add(final NodeId member) {
        members.put(member.value(), member);
    }

    /** A peer has confirmed a question, and so all before it. */
    void onConfirm(final long peer, final long number) {
        if (members.containsKey(peer)) {
            numberByPeer.merge(peer, number, Math::max);
        }
    }

    /** A peer is gone, or no longer waited for: it takes no part until it confirms again. */
    void exclude(final NodeId peer) {
        numberByPeer.remove(peer.value());
    }

    /** Whether a peer takes part. */
    boolean hasPart(final NodeId peer) {
        return numberByPeer.containsKey(peer.value());
    }

    /** How many peers take part. */
    int count() {
        return numberByPeer.size();
    }

    /** How many questions have been confirmed, over all peers: grows as long as there is progress. */
    long progress() {
        long sum = 0;
        for (final long number : numberByPeer.values()) {
            sum += number;
        }
        return sum;
    }

    /** Whether all who take part have confirmed a question. */
    boolean isConfirmed(final long number) {
        for (final long confirmed : numberByPeer.values()) {
            if (confirmed < number) {
                return false;
            }
        }
        return true;
    }

    /** Who takes part and has not confirmed a question. */
    List<NodeId> missing(final long number) {
        return members.values().stream()
            .filter(member -> numberByPeer.getOrDefault(member.value(), number) < number)
            .sorted()
            .toList();
    }
}
