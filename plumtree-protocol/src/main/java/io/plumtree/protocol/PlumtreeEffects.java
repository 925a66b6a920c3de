package io.plumtree.protocol;

import org.agrona.DirectBuffer;

/**
 * All that the protocol does to the world, as primitive callbacks. Peers are dense indexes
 * ({@link Plumtree#peerIndex}), handlers and channels are whatever number the caller gave.
 *
 * <p>A {@code send…} returns whether the frame was accepted; {@code false} is never an error, the protocol has an
 * answer to it. Announcements, acknowledgements and grafts may be gathered into one frame a peer.
 */
public interface PlumtreeEffects {
    /** A handler's answer: the message is new to it. */
    int NEW = 0;
    /** A handler's answer: it has the message, or what subsumes it. */
    int STALE = 1;
    /** A handler's answer: it threw, or does not know the bytes. */
    int FAILED = 2;
    /** A handler's answer to a graft: the payload is there, and {@link #sendGrafted} will send it. */
    int FOUND = 3;
    /** A handler's answer to a graft: the message is not there. */
    int UNKNOWN = 4;
    /** A handler's answer to {@link #isStale} and {@link #graft}: it is not asked now, since it holds the others up. */
    int DEFERRED = 5;

    /**
     * Whether a relayed payload may be sent to the peer now: false while the peer is back-pressured and the budget
     * that it has for that is not used up.
     *
     * @param peer    index of the peer.
     * @param channel the channel on which it would be sent.
     * @return false to make the relay wait.
     */
    boolean isWritable(int peer, int channel);

    /**
     * Whether a broadcast of this node's own may be sent to the peer now. Stricter than {@link #isWritable}, so that
     * relayed traffic, which others wait for, finds room where new traffic finds none.
     *
     * @param peer    index of the peer.
     * @param channel the channel on which it would be sent.
     * @return false to make the broadcast wait.
     */
    boolean isAdmissible(int peer, int channel);

    /**
     * How far the queue of what is on its way to a peer has moved: changes as long as the peer takes in what stands
     * there, slow as it may be, and not by what finds no queue.
     *
     * @param peer    index of the peer.
     * @param channel the channel.
     * @return a position; always the same if it is not known.
     */
    default long queuePosition(final int peer, final int channel) {
        return 0;
    }

    /**
     * Gives a received message to its handler.
     *
     * @param handler       the handler.
     * @param buffer        holds id and payload.
     * @param idOffset      where the id starts.
     * @param idLength      its length in bytes.
     * @param payloadOffset where the payload starts.
     * @param payloadLength its length in bytes.
     * @return {@link #NEW}, {@link #STALE} or {@link #FAILED}.
     */
    int merge(int handler, DirectBuffer buffer, int idOffset, int idLength, int payloadOffset, int payloadLength);

    /**
     * Asks a handler whether it has a message.
     *
     * @param handler  the handler.
     * @param buffer   holds the id.
     * @param idOffset where the id starts.
     * @param idLength its length in bytes.
     * @return {@link #NEW}, {@link #STALE}, {@link #FAILED} or {@link #DEFERRED}.
     */
    int isStale(int handler, DirectBuffer buffer, int idOffset, int idLength);

    /**
     * Asks a handler for a message's payload.
     *
     * @param handler  the handler.
     * @param buffer   holds the id.
     * @param idOffset where the id starts.
     * @param idLength its length in bytes.
     * @return {@link #FOUND}, {@link #STALE}, {@link #UNKNOWN}, {@link #FAILED} or {@link #DEFERRED}.
     */
    int graft(int handler, DirectBuffer buffer, int idOffset, int idLength);

    /**
     * Sends the payload that the last {@link #graft} found.
     *
     * @param peer     index of the peer.
     * @param root     the message's root.
     * @param round    the round.
     * @param handler  the handler.
     * @param buffer   holds the id.
     * @param idOffset where the id starts.
     * @param idLength its length in bytes.
     * @return true if accepted.
     */
    boolean sendGrafted(int peer, long root, int round, int handler, DirectBuffer buffer, int idOffset, int idLength);

    /**
     * As how many messages handlers keep what is one to the protocol: several that travel as one count as so many where
     * it is bounded how far a peer may fall behind, since it is bounded how many of them a handler keeps.
     *
     * @param buffer        holds id and payload.
     * @param idOffset      where the id starts.
     * @param idLength      its length in bytes.
     * @param payloadOffset where the payload starts.
     * @param payloadLength its length in bytes.
     * @return 1 or more.
     */
    default int messageCount(
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        return 1;
    }

    /**
     * Pushes a message.
     *
     * @param peer          index of the peer.
     * @param root          the message's root.
     * @param round         the round.
     * @param handler       the handler.
     * @param buffer        holds id and payload.
     * @param idOffset      where the id starts.
     * @param idLength      its length in bytes.
     * @param payloadOffset where the payload starts.
     * @param payloadLength its length in bytes.
     * @return true if accepted.
     */
    boolean sendGossip(
        int peer,
        long root,
        int round,
        int handler,
        DirectBuffer buffer,
        int idOffset,
        int idLength,
        int payloadOffset,
        int payloadLength);

    /**
     * Sends a control message.
     *
     * @param type     which one.
     * @param peer     index of the peer.
     * @param root     root of the message that it names; {@link Roots#COMMON_TREE} in a prune of the common tree.
     * @param round    the round.
     * @param handler  the handler.
     * @param buffer   holds the id.
     * @param idOffset where the id starts.
     * @param idLength its length in bytes.
     * @return true if accepted.
     */
    boolean sendControl(
        ControlMessage type,
        int peer,
        long root,
        int round,
        int handler,
        DirectBuffer buffer,
        int idOffset,
        int idLength);

    /**
     * Tells a peer that a root's messages come faster than all can take them in.
     *
     * @param peer    index of the peer.
     * @param root    the root: the peer, or one to be told by it.
     * @param handler a handler on the channel of those messages.
     * @return true if accepted.
     */
    boolean sendQuench(int peer, long root, int handler);

    /**
     * Announcements to, or grafts from, this peer could not be kept: only an exchange will find what it misses.
     *
     * @param peer index of the peer.
     */
    void onExchangeNeeded(int peer);
}
