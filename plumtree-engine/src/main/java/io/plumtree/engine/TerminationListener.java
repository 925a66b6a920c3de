package io.plumtree.engine;

/** Told when a node has ended: once, whatever has ended it. */
@FunctionalInterface
public interface TerminationListener {
    /**
     * The node has ended. Broadcasts return {@link io.plumtree.api.BroadcastResult#CLOSED}, open questions have failed,
     * the handlers are closed, port and files are free, and {@link PlumtreeNode#close()} returns at once. So this may
     * launch another node, or end the process.
     *
     * <p>Called on the thread that ran the engine, as the last thing it does; in invoker mode on the one that invoked
     * or closed it. What it throws is reported. Not called for a node whose launch fails before it has begun.
     *
     * @param cause what has ended it, which has been told to the error handler and the log: an {@link Error} of the
     *              JVM, an {@link InterruptedException} if the thread was interrupted, or whatever else has come out
     *              of the engine's loop; null if it was closed by who uses it.
     */
    void onTerminated(Throwable cause);
}
