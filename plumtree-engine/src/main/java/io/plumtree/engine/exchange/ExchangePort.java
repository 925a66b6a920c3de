package io.plumtree.engine.exchange;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeEnd;
import org.agrona.DirectBuffer;

/** The node, as its exchanges see it. Peers and handlers go by their numbers. */
public interface ExchangePort {
    /** No such handler. */
    int NO_HANDLER = -1;

    /**
     * This node.
     *
     * @return its identity.
     */
    NodeId self();

    /**
     * One above the highest number of a peer.
     *
     * @return the limit; 0 if there is no peer.
     */
    int peerLimit();

    /**
     * A peer's identity.
     *
     * @param peer number of a member.
     * @return its identity.
     */
    NodeId peerId(int peer);

    /**
     * Whether the link to a peer is up.
     *
     * @param peer any number below the limit.
     * @return true if so; false where there is no such peer.
     */
    boolean isUp(int peer);

    /**
     * Whether a peer is eager or lazy in the tree of another.
     *
     * @param root number of the peer that is the root.
     * @param peer number of the peer.
     * @return true if so.
     */
    boolean isLinked(int root, int peer);

    /**
     * Whether the link on a handler's channel has room for what an exchange can't do without: requests, credit, ends.
     *
     * @param peer    number of the peer.
     * @param handler number of the handler; {@link #NO_HANDLER} for the default channel.
     * @return true if so.
     */
    boolean isWritable(int peer, int handler);

    /**
     * Whether the link on a handler's channel has room for messages of exchanges beside what is broadcast, or they
     * have waited enough.
     *
     * @param peer    number of the peer.
     * @param handler number of the handler.
     * @return true if so.
     */
    boolean isAdmissible(int peer, int handler);

    /**
     * Messages of an exchange wait, as {@link #isAdmissible} has said no. That one only answers.
     *
     * @param peer    number of the peer.
     * @param handler number of the handler.
     */
    void onHeldBack(int peer, int handler);

    /**
     * Sends a frame on a handler's channel.
     *
     * @param peer       number of the peer.
     * @param handler    number of the handler; {@link #NO_HANDLER} for the default channel.
     * @param head       the first part.
     * @param headLength its length in bytes, from 0.
     * @param body       the second part; null if there is none.
     * @param bodyOffset where it starts.
     * @param bodyLength its length in bytes.
     * @return false if the link does not take it.
     */
    boolean send(
        int peer, int handler, DirectBuffer head, int headLength, DirectBuffer body, int bodyOffset, int bodyLength);

    /**
     * The channel that a handler is on.
     *
     * @param handler its number; {@link #NO_HANDLER} for the default channel.
     * @return the channel's number in this node.
     */
    int channelOf(int handler);

    /**
     * An exchange that was started here has ended, for whatever reason.
     *
     * @param peer   number of the peer.
     * @param isDone whether none is due with that peer any more.
     */
    void onExchanged(int peer, boolean isDone);

    /**
     * How many handlers there are, at most 64.
     *
     * @return the number.
     */
    int handlerCount();

    /**
     * A handler.
     *
     * @param handler its number.
     * @return the handler.
     */
    BroadcastHandler handler(int handler);

    /**
     * A handler's name.
     *
     * @param handler its number.
     * @return the name.
     */
    String handlerName(int handler);

    /**
     * What stands for a handler on the wire.
     *
     * @param handler its number.
     * @return the hash of its name.
     */
    int handlerHash(int handler);

    /**
     * The handler that a hash stands for.
     *
     * @param hash the hash.
     * @return its number, or {@link #NO_HANDLER}.
     */
    int handlerOf(int hash);

    /**
     * Counts and reports what a handler threw, in its name.
     *
     * @param handler its number.
     * @param doing   what it was doing.
     * @param error   what it threw.
     */
    void onHandlerFailure(int handler, String doing, Throwable error);

    /**
     * A handler is about to be called.
     *
     * @param isRare whether it is not for each message, or each cycle.
     */
    void beginCallback(boolean isRare);

    /**
     * The handler has returned, or thrown.
     *
     * @param handler the handler.
     * @param doing   what it was doing.
     */
    void endCallback(int handler, String doing);

    /**
     * Counts.
     *
     * @param counter what.
     * @param amount  how many.
     */
    void count(ExchangeCounter counter, long amount);

    /**
     * An exchange has begun.
     *
     * @param peer        number of the peer.
     * @param handler     the handler's number.
     * @param id          the exchange's number.
     * @param isInitiator whether this node has initiated it.
     */
    void onBegun(int peer, int handler, long id, boolean isInitiator);

    /**
     * An exchange that had begun has ended.
     *
     * @param peerId      the peer, whose number may be another's by now.
     * @param handler     the handler's number.
     * @param id          the exchange's number.
     * @param isInitiator whether this node had initiated it.
     * @param end         how it has ended.
     * @param runTimeNs   how long it has run.
     */
    void onEnded(NodeId peerId, int handler, long id, boolean isInitiator, ExchangeEnd end, long runTimeNs);
}
