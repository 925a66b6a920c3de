package io.plumtree.handlers.spi;

/** One side of an exchange that has a thread of its own. */
@FunctionalInterface
public interface ExchangeTask {
    /**
     * Does the exchange, once the other side has accepted it; where that does not take part, it is not run at all.
     * Returning completes it for both sides; what is thrown fails it, and is counted and reported in the handler's
     * name, unless the exchange had ended before. The thread is interrupted when the exchange ends in another way than
     * by being completed. One that does not end then keeps its place among those that may run.
     *
     * @param channel talks to the other side.
     * @throws Exception if it fails.
     */
    void run(ExchangeChannel channel) throws Exception;
}
