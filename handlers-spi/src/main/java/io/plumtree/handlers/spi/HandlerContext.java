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
     * When the node was started, on the clock by which {@link BroadcastHandler#doWork} tells the time. A handler's own
     * time begins there: one that reads a clock of its own would mix two times wherever the node's is not the
     * machine's, as in tests. Any thread.
     *
     * @return nanoseconds; the same at each call.
     */
    long startNs();

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
     * Whether an exchange of this handler's may yet bring what it lacks: one is due with a peer; or with a peer whose
     * link is up none has been completed that began since then, or it was {@link ExchangeSession#unsettled()}; or a
     * link was lost within the last 60 s, and its peer may come back; or no link is up. A handler that would give
     * something up as lost waits as long as this holds, within a bound of its own.
     *
     * <p>False where this node starts no exchanges ({@code plumtree.exchange.limit} or, but for those that are due,
     * {@code plumtree.exchange.tick.period} is 0). Peers that don't have this handler, or with which its exchange has
     * failed twice in a row, are not waited for. On the engine's thread only.
     *
     * @param sinceNs since when it is lacking, as told by {@link BroadcastHandler#doWork}; what began earlier says
     *     nothing of it.
     * @return true if so.
     */
    default boolean isExchangePending(final long sinceNs) {
        return false;
    }

    /**
     * Says that this handler lacks something: the peers that {@link #isExchangePending} waits for are then not left to
     * the engine's next ticks, but asked in turn, four a second at most. One at a time, but for exchanges that take
     * longer than two seconds: they hold up no other. To be repeated at each {@link BroadcastHandler#doWork} for as
     * long as something is lacking. On the engine's thread only.
     *
     * @param sinceNs since when; the latest where there are several.
     */
    default void requestExchange(final long sinceNs) {
    }

    /**
     * The run of a node that the node itself has told: on its link, if it is a peer, or to the members of the cluster,
     * as far as this node knows them. What others say of a run is a claim until then: any frame may name any
     * incarnation. On the engine's thread only; cheap.
     *
     * @param node the node's {@link NodeId#value()}.
     * @return its incarnation; 0 if it has told none, or this node has not heard it. Of this node, its own.
     */
    default long confirmedIncarnation(final long node) {
        return 0;
    }

    /**
     * Whether a node is known as a member of the cluster: this node, a peer, or in the full view if there is one. Where
     * there is none, members that are no peers are not known. On the engine's thread only; cheap.
     *
     * @param node the node's {@link NodeId#value()}.
     * @return true if it is.
     */
    default boolean isMember(final long node) {
        return false;
    }

    /**
     * Reports an error that did not stop the handler; it is counted, with the handler's name. Any thread.
     *
     * @param error what happened.
     */
    void onError(Throwable error);
}
