package io.plumtree.engine.codec;

import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;

/** Is told of messages and of what peers in trees say about them; see {@link FrameListeners}. */
public interface GossipFrameListener {
    /**
     * Whether to look at a frame at all. Must do no more than answer.
     *
     * @param cluster what stands for the sender's cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of the sender's id.
     * @return false to drop the frame as a {@link DecodeResult#STRANGER}'s.
     */
    boolean accepts(long cluster, long sender);

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
