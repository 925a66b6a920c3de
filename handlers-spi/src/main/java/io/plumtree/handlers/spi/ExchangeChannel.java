package io.plumtree.handlers.spi;

import io.plumtree.api.NodeId;
import org.agrona.DirectBuffer;

/** What an {@link ExchangeTask} talks through. Blocks where that is said; for the task's thread alone. */
public interface ExchangeChannel {
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
     * As {@link ExchangeSession#isNeeded()}.
     *
     * @return true if the peer is known to lack messages.
     */
    boolean isNeeded();

    /**
     * The longest message, as {@link ExchangeSession#maxMessageLength()}.
     *
     * @return bytes.
     */
    int maxMessageLength();

    /**
     * Sends a message to the other side; waits until there is room for it.
     *
     * @param buffer holds the message, which is copied.
     * @param offset where it starts.
     * @param length its length in bytes, 0 to {@link #maxMessageLength()}.
     * @return false if the exchange has ended.
     * @throws InterruptedException     if the thread is interrupted, as it is when the exchange is cancelled.
     * @throws IllegalArgumentException if the message is too long.
     */
    boolean send(DirectBuffer buffer, int offset, int length) throws InterruptedException;

    /**
     * Waits for the next message of the other side.
     *
     * @return the message, from 0 to the buffer's capacity, valid until the next call; null if the other side has
     *     completed the exchange and nothing is left.
     * @throws InterruptedException if the thread is interrupted, as it is when the exchange is cancelled.
     */
    DirectBuffer receive() throws InterruptedException;

    /** As {@link ExchangeSession#again()}. */
    void again();

    /** As {@link ExchangeSession#unsettled()}. */
    default void unsettled() {
    }

    /**
     * Whether it goes on.
     *
     * @return false when it has ended.
     */
    boolean isOpen();
}
