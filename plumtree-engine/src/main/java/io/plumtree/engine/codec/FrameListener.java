package io.plumtree.engine.codec;

import org.agrona.DirectBuffer;

/**
 * Is told what is in a frame, on the thread that decodes. Before anything of a message arrives here the whole frame has
 * been checked, so that there are no half-done frames. Buffers are the frame's own and valid during the call only.
 *
 * <p>Common to all: {@code sender} is the value of the node that sent the frame, {@code root} that of the node where
 * the message was first broadcast, {@code round} 0 to {@value FrameEncoder#MAX_ROUND}, {@code handler} as
 * {@link NameHash#ofHandler} has it, an id 1 to {@value GossipBody#MAX_ID_LENGTH} bytes long. Nothing else is known of
 * them: a sender can name any root and any handler.
 */
public interface FrameListener
    extends ExchangeFrameListener, QueryFrameListener, OverlayFrameListener, IncarnationFrameListener {
    /**
     * Whether to look at a frame at all; called first for every frame of this schema but those of queries and
     * membership, and must do no more than answer, since the frame can still turn out to be malformed.
     *
     * @param cluster what stands for the sender's cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of the sender's id.
     * @return false to drop the frame as a {@link DecodeResult#STRANGER}'s.
     */
    boolean accepts(long cluster, long sender);

    /**
     * As {@link #accepts}, for a Greeting: a node may greet before it is known here that it is a peer.
     *
     * @param cluster what stands for the sender's cluster.
     * @param sender  value of the sender's id.
     * @return false to drop the frame.
     */
    default boolean acceptsGreeting(final long cluster, final long sender) {
        return accepts(cluster, sender);
    }

    /**
     * A node has introduced itself. The value of its name is that of the frame's sender, and its handlers' hashes are
     * those of their names.
     *
     * @param greeting what it says.
     */
    void onGreeting(Greeting greeting);

    /**
     * A node is there.
     *
     * @param sender      the node.
     * @param incarnation its run, positive.
     */
    void onHeartbeat(long sender, long incarnation);

    /**
     * A node ends its run.
     *
     * @param sender      the node.
     * @param incarnation the run, positive.
     */
    void onGoodbye(long sender, long incarnation);

    /**
     * A message with its payload. Id and payload lie as {@link GossipBody} says, so that they can be passed on as they
     * are: from {@code GossipBody.offset(idOffset)} to the end of the payload.
     *
     * @param sender        the last hop.
     * @param root          the message's root.
     * @param round         the round.
     * @param handler       the handler.
     * @param buffer        holds id and payload.
     * @param idOffset      where the id starts.
     * @param idLength      its length in bytes.
     * @param payloadOffset where the payload starts.
     * @param payloadLength its length in bytes, 0 or more.
     * @return false if it could not be consumed: the same frame is to be given again.
     */
    boolean onGossip(
        long sender,
        long root,
        int round,
        int handler,
        DirectBuffer buffer,
        int idOffset,
        int idLength,
        int payloadOffset,
        int payloadLength);

    /**
     * Messages with their payloads, one or more, that travel as one, with the id of the first. They lie one after
     * another, each as {@link GossipBody} says, and can be passed on as they are: from
     * {@link GossipBundle#offsetToSend} to their end.
     *
     * @param sender     who sent the frame.
     * @param root       the messages' root.
     * @param round      the round.
     * @param handler    their handler.
     * @param buffer     the frame's buffer.
     * @param bodyOffset where the first starts.
     * @param end        where the last one ends.
     * @return false if they can't be taken now; they will come again.
     */
    boolean onBundle(
        long sender, long root, int round, int handler, DirectBuffer buffer, int bodyOffset, int end);

    /**
     * One entry of a batch; the entries come in the order in which they were appended.
     *
     * @param kind     what it is.
     * @param sender   the peer.
     * @param root     the message's root.
     * @param round    the round.
     * @param handler  the handler.
     * @param buffer   holds the id.
     * @param idOffset where the id starts.
     * @param idLength its length in bytes.
     */
    void onEntry(
        BatchKind kind,
        long sender,
        long root,
        int round,
        int handler,
        DirectBuffer buffer,
        int idOffset,
        int idLength);

    /**
     * A request to make the link to the sender lazy in the root's tree.
     *
     * @param sender   the peer.
     * @param root     root of the duplicate that led to it.
     * @param round    the duplicate's round.
     * @param handler  its handler.
     * @param buffer   holds its id.
     * @param idOffset where the id starts.
     * @param idLength its length in bytes.
     */
    void onPrune(long sender, long root, int round, int handler, DirectBuffer buffer, int idOffset, int idLength);

    /**
     * A Quench.
     *
     * @param sender  value of the id of the node that sends it.
     * @param root    value of the id of the root that is to slow down.
     * @param handler a handler on the channel of its messages.
     */
    void onQuench(long sender, long root, int handler);
}
