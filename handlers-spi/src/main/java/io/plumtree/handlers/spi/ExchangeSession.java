package io.plumtree.handlers.spi;

import io.plumtree.api.NodeId;
import org.agrona.DirectBuffer;

/**
 * An exchange, from one of its two sides: lets a handler talk to the same handler on a peer. What one side sends
 * arrives at the other in order, once, and no faster than that one takes it in.
 *
 * <p>Started with an {@link ExchangeListener} it runs on the engine's thread, in small steps: then all methods here are
 * for that thread alone. Started with an {@link ExchangeTask} it has a thread of its own, and all else happens through
 * the task's {@link ExchangeChannel}.
 *
 * <p>It ends for both sides as soon as it ends for one; {@link ExchangeEnd} says how.
 */
public interface ExchangeSession {
    /**
     * Its id in this run of the node that initiated it.
     *
     * @return positive.
     */
    long id();

    /**
     * The node at the other side.
     *
     * @return the peer.
     */
    NodeId peer();

    /**
     * Which side this is.
     *
     * @return true at the node that asked for the exchange.
     */
    boolean isInitiator();

    /**
     * Whether the protocol knows, at the initiator, that the peer lacks messages which nothing but this exchange will
     * bring; otherwise, what is still on its way can be left to the trees.
     *
     * @return true if so; always false at the other side.
     */
    boolean isNeeded();

    /**
     * The longest message of an exchange, which the transport may have to cut into several packets.
     *
     * @return bytes; at least {@link HandlerContext#maxMessageLength()}, if both nodes have the same.
     */
    int maxMessageLength();

    /**
     * Runs the exchange on the engine's thread. Once, and only in {@link BroadcastHandler#exchange} or
     * {@link BroadcastHandler#acceptExchange}.
     *
     * @param listener told of what comes.
     * @throws IllegalStateException if it was started already.
     */
    void start(ExchangeListener listener);

    /**
     * Runs the exchange on a thread of its own, for work that takes long. Once, and only in
     * {@link BroadcastHandler#exchange} or {@link BroadcastHandler#acceptExchange}.
     *
     * @param task what to do there; the exchange is completed when it returns, and has failed when it throws.
     * @throws IllegalStateException if it was started already.
     */
    void start(ExchangeTask task);

    /**
     * Sends a message to the other side. Never blocks.
     *
     * @param buffer holds the message, which is copied.
     * @param offset where it starts.
     * @param length its length in bytes, 0 to {@link #maxMessageLength()}.
     * @return false if there is no room now, the exchange has ended, or its other side has not accepted it yet: go on
     *     in {@link ExchangeListener#doWork}.
     * @throws IllegalArgumentException if it is too long.
     */
    boolean send(DirectBuffer buffer, int offset, int length);

    /**
     * Asks for another exchange with this peer soon after this one is completed: for handlers that bound what they do
     * in one. Heeded at the side that has initiated it.
     */
    void again();

    /**
     * Says that this exchange was no answer: the peer may have soon what this side lacks. Where it is asked for, the
     * peer is asked anew after a second ({@link HandlerContext#isExchangePending}), a few times in a row at most. At
     * either side, before the exchange ends.
     */
    default void unsettled() {
    }

    /** Completes the exchange for both sides; what was sent before arrives before. Harmless when it has ended. */
    void complete();

    /**
     * Ends the exchange for both sides with a failure, which is counted and reported in this handler's name. Harmless
     * when it has ended.
     *
     * @param reason what went wrong.
     */
    void fail(Throwable reason);

    /**
     * Whether it goes on.
     *
     * @return false when it has ended.
     */
    boolean isOpen();
}
