package io.plumtree.handlers.spi;

import org.agrona.DirectBuffer;

/**
 * One side of an exchange that runs on the engine's thread. No method may block; what one throws fails the exchange,
 * and is counted and reported in the handler's name.
 */
public interface ExchangeListener {
    /**
     * A message from the other side.
     *
     * @param buffer holds the message, for the time of the call.
     * @param offset where it starts.
     * @param length its length in bytes.
     */
    void onMessage(DirectBuffer buffer, int offset, int length);

    /**
     * The exchange is open, and there may be room to send: called again and again, at most once in a duty cycle.
     * Bounded work only.
     *
     * @param nowNs the cycle's time, {@link System#nanoTime()}.
     * @return how much was done; 0 if nothing.
     */
    default int doWork(final long nowNs) {
        return 0;
    }

    /**
     * The exchange has ended; nothing follows. Called once, for every listener that was started.
     *
     * @param end how it ended.
     */
    default void onEnd(final ExchangeEnd end) {
    }
}
