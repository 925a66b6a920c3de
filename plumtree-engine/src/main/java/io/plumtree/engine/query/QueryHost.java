package io.plumtree.engine.query;

import io.plumtree.api.Exchange;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Link;
import io.plumtree.engine.codec.MemberState;
import io.plumtree.engine.codec.TreePeer;
import java.util.List;

/** What a node knows of itself that others can ask for; called by the engine's thread. */
public interface QueryHost {
    /**
     * The node.
     *
     * @return its id.
     */
    NodeId self();

    /**
     * Its run.
     *
     * @return positive.
     */
    long incarnation();

    /**
     * A member other than the node.
     *
     * @param value value of its id.
     * @return the member; null if it is none.
     */
    Member member(long value);

    /**
     * The link to a member.
     *
     * @param value value of its id.
     * @return the link, connected; null if it is not, or if that is no member.
     */
    Link memberLink(long value);

    /**
     * The members, the node itself included.
     *
     * @return the members, in any order.
     */
    List<MemberState> members();

    /**
     * The node's peers in a tree.
     *
     * @param root value of the tree's root.
     * @return those that are eager or lazy, in any order.
     */
    List<TreePeer> peers(long root);

    /**
     * The exchanges that run, of those that the node initiated.
     *
     * @return the exchanges, in any order.
     */
    List<Exchange> exchanges();
}
