package io.plumtree.engine.codec;

import io.plumtree.api.Exchange;

/**
 * Is told of queries and their answers, which may be those of nodes that are no members; see {@link FrameListeners}.
 */
public interface QueryFrameListener {
    /**
     * Whether to look at a frame at all. Must do no more than answer.
     *
     * @param cluster what stands for the sender's cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of the sender's id.
     * @return false to drop the frame as a {@link DecodeResult#STRANGER}'s.
     */
    boolean accepts(long cluster, long sender);

    /**
     * A question.
     *
     * @param sender who asks, a member or not.
     * @param query  what is asked.
     */
    void onQuery(long sender, Query query);

    /**
     * Members of the node that answers. The value of its name is that of the frame's sender, here and below.
     *
     * @param part some of them.
     */
    void onMembersAnswer(AnswerPart<MemberState> part);

    /**
     * Peers in the tree of the root that was asked for.
     *
     * @param part some of them.
     */
    void onPeersAnswer(AnswerPart<TreePeer> part);

    /**
     * Exchanges that run.
     *
     * @param incarnation the run of the node that answers; positive.
     * @param part        some of them.
     */
    void onExchangesAnswer(long incarnation, AnswerPart<Exchange> part);

    /**
     * A question will not be answered.
     *
     * @param sender      the node that was asked.
     * @param correlation of the query.
     * @param code        why, as {@link RefusalReason#of} knows it: 0 to 255.
     */
    void onQueryRefused(long sender, long correlation, int code);
}
