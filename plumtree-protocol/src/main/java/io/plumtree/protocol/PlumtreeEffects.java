package io.plumtree.protocol;

/**
 * All that the protocol does to the world, as primitive callbacks. Peers are dense indexes
 * ({@link Plumtree#peerIndex}), handlers and channels are whatever number the caller gave.
 *
 * <p>No effect may call the core. Keys and broadcasts are flyweights, valid during the call.
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
    /** A graft's answer: the payload is there, and was not sent. */
    int FOUND = 3;
    /** A graft's answer: the message is not there. */
    int UNKNOWN = 4;
    /** A handler's answer to {@link #isStale} and {@link #graft}: it is not asked now, since it holds the others up. */
    int DEFERRED = 5;
    /** A graft's answer: the payload is there, and the peer's link has accepted it. */
    int SERVED = 6;

    /** A peer's queue is none to speak of ({@link #queuePosition}). */
    long NO_QUEUE = -1;

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
     * Something waits for a peer that {@link #isWritable} or {@link #isAdmissible} has said to wait for: the budget
     * that it has for that begins, unless it has begun. Those two only answer, and change nothing.
     *
     * @param peer    index of the peer.
     * @param channel the channel.
     * @param isRelay true if a relay waits, false if it is a broadcast of this node's own.
     */
    default void onHeldBack(final int peer, final int channel, final boolean isRelay) {
    }

    /**
     * How far the queue of what is on its way to a peer has moved: changes as long as the peer takes in what stands
     * there, slow as it may be.
     *
     * @param peer    index of the peer.
     * @param channel the channel.
     * @return a position, 0 or more; {@link #NO_QUEUE} if there is no queue to speak of; always the same if it is not
     *     known.
     */
    default long queuePosition(final int peer, final int channel) {
        return 0;
    }

    /**
     * Gives what has been received to its handler.
     *
     * @param broadcast what has been received.
     * @return {@link #NEW}, {@link #STALE} or {@link #FAILED}.
     */
    int merge(Broadcast broadcast);

    /**
     * Asks a handler whether it has a message.
     *
     * @param key the message, with its handler.
     * @return {@link #NEW}, {@link #STALE}, {@link #FAILED} or {@link #DEFERRED}.
     */
    int isStale(MessageKey key);

    /**
     * Asks a handler for a message's payload, and sends it to who wants it.
     *
     * @param peer index of the peer to which it is sent; {@link Peers#NO_PEER} to ask alone.
     * @param key  the message, with its handler.
     * @return {@link #SERVED}, {@link #FOUND}, {@link #STALE}, {@link #UNKNOWN}, {@link #FAILED} or {@link #DEFERRED}.
     */
    int graft(int peer, MessageKey key);

    /**
     * Pushes messages.
     *
     * @param peer      index of the peer.
     * @param round     the round in which they go out.
     * @param broadcast the messages.
     * @return true if accepted.
     */
    boolean sendGossip(int peer, int round, Broadcast broadcast);

    /**
     * Sends a control message.
     *
     * @param type which one.
     * @param peer index of the peer.
     * @param key  the message that it names; with {@link Roots#COMMON_TREE} as the root where
     *             a prune or an adoption is about the common tree.
     * @return true if accepted.
     */
    boolean sendControl(ControlMessage type, int peer, MessageKey key);

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
