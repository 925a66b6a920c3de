package io.plumtree.handlers.spi;

import io.plumtree.api.NodeId;
import org.agrona.concurrent.status.AtomicCounter;

/** The node, as a handler sees it. */
public interface HandlerContext {
    /**
     * The node that this handler runs in.
     *
     * @return its identity.
     */
    NodeId self();

    /**
     * Distinguishes this run of the node from its earlier ones; grows from run to run: milliseconds since 1970 at the
     * start or, where others know a later one, above that. It may grow during a run, and
     * {@link BroadcastHandler#onIncarnation} tells. So an id gets it in {@link BroadcastHandler#onBroadcast}. Any
     * thread.
     *
     * @return the incarnation, positive.
     */
    long incarnation();

    /**
     * An option of this handler: {@code handler.NAME.KEY} in the node's options.
     *
     * @param key          what follows {@code handler.NAME.}.
     * @param defaultValue the value where none was given.
     * @return the value.
     */
    String option(String key, String defaultValue);

    /**
     * A counter of this handler, shown among the node's as {@code handler.NAME.LABEL}. Only in
     * {@link BroadcastHandler#onStart}.
     *
     * @param label what it counts.
     * @return a counter, at 0, to be incremented on the engine's thread.
     */
    AtomicCounter counter(String label);

    /**
     * A way to broadcast through this handler without passing {@link BroadcastHandler#broadcastData}: for typed
     * front ends that write id and payload themselves. May be called from any thread; the claim itself is for one
     * thread at a time.
     *
     * @return a new claim, not open.
     */
    BroadcastClaim newClaim();

    /**
     * The longest message.
     *
     * @return id and payload together, in bytes.
     */
    int maxMessageLength();

    /**
     * Reports an error that did not stop the handler; it is counted, with the handler's name. Any thread.
     *
     * @param error what happened.
     */
    void onError(Throwable error);
}
