package io.plumtree.protocol;

import io.plumtree.api.MessageId;

/**
 * What control messages name a message by: its root, round, handler and id. A reused flyweight, valid during the call
 * to which it is handed. For one thread at a time.
 */
public final class MessageKey {
    private final MessageId id = new MessageId();
    private long root;
    private int round;
    private int handler;

    /** A flyweight that names nothing: to be set and wrapped first. */
    public MessageKey() {
    }

    /**
     * Names a message whose id is wrapped before or after, by {@link #id()}.
     *
     * @param newRoot    value of the id of the node that has broadcast it; {@link Roots#COMMON_TREE} where a prune or
     *                   an adoption is about the common tree.
     * @param newRound   hops from there, 0 or more.
     * @param newHandler number of the handler.
     * @return this.
     */
    public MessageKey set(final long newRoot, final int newRound, final int newHandler) {
        root = newRoot;
        round = newRound;
        handler = newHandler;
        return this;
    }

    /**
     * The id, which lies where {@link MessageId#wrap} says.
     *
     * @return a flyweight of this key's own.
     */
    public MessageId id() {
        return id;
    }

    /**
     * Which node has broadcast the message.
     *
     * @return value of that node's id, or {@link Roots#COMMON_TREE}.
     */
    public long root() {
        return root;
    }

    /**
     * How many hops the message has made.
     *
     * @return hops.
     */
    public int round() {
        return round;
    }

    /**
     * Whose message it is.
     *
     * @return number of the handler.
     */
    public int handler() {
        return handler;
    }

    /**
     * Gives the handler another number: a frame has one of its own for it.
     *
     * @param newHandler number of the handler.
     */
    public void handler(final int newHandler) {
        handler = newHandler;
    }

    /** A hash of handler and id, whatever root and round. */
    int hash() {
        return id.hash() ^ handler * 0x9e3779b9;
    }
}
