package io.plumtree.engine.codec;

import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;

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
     * Messages with their payloads, one or more that travel as one. They lie so that they can be passed on as they are,
     * from {@link Broadcast#bodyOffset()} on; {@link MessageCursor} reads them one by one.
     *
     * @param sender    the last hop.
     * @param broadcast the messages.
     * @return false if they could not be consumed: the same frame is to be given again.
     */
    boolean onGossip(long sender, Broadcast broadcast);

    /**
     * A control message; those of a batch come in the order in which they were appended.
     *
     * @param sender the peer.
     * @param type   which one.
     * @param key    the message that it names.
     */
    void onControl(long sender, ControlMessage type, MessageKey key);

    /**
     * A Quench.
     *
     * @param sender  value of the id of the node that sends it.
     * @param root    value of the id of the root that is to slow down.
     * @param handler a handler on the channel of its messages.
     */
    void onQuench(long sender, long root, int handler);
}
