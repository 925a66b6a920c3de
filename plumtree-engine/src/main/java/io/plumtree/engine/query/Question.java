package io.plumtree.engine.query;

import io.plumtree.api.Exchange;
import io.plumtree.api.Member;
import io.plumtree.api.MembersView;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.engine.codec.MemberState;
import io.plumtree.engine.codec.QueryType;
import io.plumtree.engine.codec.TreePeer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What to ask, and how to make one thing of an answer's entries.
 *
 * @param type   what is asked.
 * @param root   value of the tree's root, or 0.
 * @param result makes the answer from the node that gave it and the entries of all its parts.
 * @param <T>    what the entries are.
 * @param <R>    what the answer is.
 */
public record Question<T, R>(QueryType type, long root, BiFunction<NodeId, List<T>, R> result) {
    /**
     * Who are the members, and who of them is connected?
     *
     * @return the question.
     */
    public static Question<MemberState, MembersView> members() {
        return new Question<>(QueryType.MEMBERS, 0, Question::membersView);
    }

    /**
     * Who are the peers in a tree?
     *
     * @param root the tree's root.
     * @return the question.
     */
    public static Question<TreePeer, PeerSets> peers(final NodeId root) {
        return new Question<>(QueryType.PEERS, root.value(), (node, peers) -> peerSets(peers));
    }

    /**
     * Which exchanges run?
     *
     * @return the question.
     */
    public static Question<Exchange, List<Exchange>> exchanges() {
        return new Question<>(QueryType.EXCHANGES, 0, (node, exchanges) -> List.copyOf(exchanges));
    }

    private static MembersView membersView(final NodeId node, final List<MemberState> states) {
        final List<Member> members = new ArrayList<>();
        final Set<NodeId> connected = new HashSet<>();
        final Set<NodeId> distant = new HashSet<>();
        for (final MemberState state : states) {
            members.add(state.member());
            if (state.isConnected()) {
                connected.add(state.member().id());
            }
            if (state.isDistant()) {
                distant.add(state.member().id());
            }
        }
        return new MembersView(node, members, connected, distant);
    }

    private static PeerSets peerSets(final List<TreePeer> peers) {
        final Set<NodeId> eager = new HashSet<>();
        final Set<NodeId> lazy = new HashSet<>();
        for (final TreePeer peer : peers) {
            if (peer.isEager()) {
                eager.add(peer.id());
            }
            if (peer.isLazy()) {
                lazy.add(peer.id());
            }
        }
        return new PeerSets(eager, lazy);
    }
}
