package io.plumtree.handlers.spi;

import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import org.agrona.DirectBuffer;

/**
 * Gives meaning to broadcast messages: names them, stores them, knows which it has seen, and hands them out again.
 * The Java form of the reference's behaviour {@code partisan_plumtree_broadcast_handler}.
 *
 * <p>A message is an id and a payload, both bytes. {@link #broadcastData} runs in the thread of whoever broadcasts;
 * every other method runs on the engine's thread, one at a time, so that a handler needs no locks. None of them may
 * block, or keep a buffer or a flyweight beyond the call. A method that throws is counted and reported by name; the
 * engine goes on and leaves the trees as they are.
 */
public interface BroadcastHandler {
    /** The channel of handlers that name no other; what the nodes themselves have to say is always on it. */
    String DEFAULT_CHANNEL = "default";

    /**
     * The channel on which this handler's payloads and exchanges travel (the reference's {@code broadcast_channel/0}).
     * Handlers that name the same channel share it. What is held up on one channel, by a peer that is slow to take it
     * in, holds up nothing on another. Each channel that is in use costs a link to each peer and a command ring.
     *
     * <p>Asked once, before {@link #onStart}, on the thread that launches the node. A handler's channel must be the
     * same on all nodes: a node listens on no others than those of its own handlers.
     *
     * @return the channel's name: 1 to 64 ASCII letters, digits, dots, underscores and hyphens.
     */
    default String channel() {
        return DEFAULT_CHANNEL;
    }

    /**
     * Called once, before everything else, on the thread that launches the node.
     *
     * @param context the node, as a handler sees it.
     */
    default void onStart(final HandlerContext context) {
    }

    /**
     * Makes a message of an application's data: claims space for it and writes id and payload there (the reference's
     * {@code broadcast_data/1}). Runs in the thread of the caller, so possibly in several at once. Return without
     * claiming to refuse the data. The engine commits the claim.
     *
     * @param data   the application's data.
     * @param offset where it starts.
     * @param length its length in bytes.
     * @param claim  claims the space; where a claim fails, just return.
     */
    void broadcastData(DirectBuffer data, int offset, int length, BroadcastClaim claim);

    /**
     * A broadcast of this node's own is about to be pushed; runs on the engine's thread, in the order in which
     * broadcasts were claimed. The place to finish the id (a sequence number, say), and to store the message so that
     * {@link #graft} finds it. Not called again for the same message.
     *
     * @param message the message, which may be written to.
     */
    default void onBroadcast(final MutableMessage message) {
    }

    /**
     * Takes in a message from another node (the reference's {@code merge/2}).
     *
     * @param message the message.
     * @return true if the message was new; false if it, or what subsumes it, was there already.
     * @throws MalformedMessageException if the bytes are not a message of this handler: it is counted, dropped and
     *     not passed on.
     */
    boolean merge(Message message);

    /**
     * Whether a message, or what subsumes it, is here already (the reference's {@code is_stale/1}). Must agree with
     * {@link #merge}: stale exactly when a merge would return false.
     *
     * @param id the message's id.
     * @return true if it is.
     * @throws MalformedMessageException if the bytes are not an id of this handler.
     */
    boolean isStale(MessageId id);

    /**
     * Looks a message up for a peer that asks for it (the reference's {@code graft/1}).
     *
     * @param id      the message's id.
     * @param payload to be pointed at the payload, which must stay as it is until the call that follows.
     * @return what was found.
     * @throws MalformedMessageException if the bytes are not an id of this handler.
     */
    GraftResult graft(MessageId id, GraftPayload payload);

    /**
     * Starts an exchange with the same handler on a peer, so that each gets what it lacks (the reference's
     * {@code exchange/1}). Called every now and then, with a peer of the engine's choice, while no other exchange of
     * this handler runs that this node has initiated. To talk to the peer, start the session and return
     * {@link ExchangeResult#RUNNING}; the peer's {@link #acceptExchange} is called then. An exchange need not care for
     * messages that are on their way while it runs.
     *
     * @param peer    the peer.
     * @param session the exchange, not started.
     * @return what becomes of it.
     */
    default ExchangeResult exchange(final NodeId peer, final ExchangeSession session) {
        return ExchangeResult.IGNORED;
    }

    /**
     * The same handler on a peer asks for an exchange. To take part, start the session and return
     * {@link ExchangeResult#RUNNING}; any other answer ends it for both sides: {@link ExchangeResult#DONE} as
     * completed, {@link ExchangeResult#FAILED} as failed, {@link ExchangeResult#IGNORED} and
     * {@link ExchangeResult#BUSY} as refused.
     *
     * @param peer    the peer.
     * @param session the exchange, not started.
     * @return what becomes of it.
     */
    default ExchangeResult acceptExchange(final NodeId peer, final ExchangeSession session) {
        return ExchangeResult.IGNORED;
    }

    /**
     * The latest incarnation of a node that this handler goes by, from messages, from exchanges, or from wherever it
     * keeps one. Below that the handler may take what the node broadcasts for outdated. The engine tells the node,
     * which goes on above it: so a node is heard though its clock was set back between two runs. Must be cheap, as it
     * is asked of each peer now and then; of this node itself, too. What a single message says is no incarnation to go
     * by, unless {@link HandlerContext#confirmedIncarnation} says the same: any frame may name any.
     *
     * @param node the node's {@link NodeId#value()}.
     * @return the incarnation; 0 if none is known, or the handler does not order what comes by incarnations.
     */
    default long latestIncarnation(final long node) {
        return 0;
    }

    /**
     * This node goes on in a later incarnation, since others know a later one of its name than it was launched with;
     * {@link HandlerContext#incarnation()} is the new one already. Ids that {@link #onBroadcast} makes from now on must
     * have it; messages that wait in the command ring were claimed under the former one.
     *
     * @param former      the incarnation until now.
     * @param isHeard     whether a link has been up since the launch, so that others may have seen what was broadcast
     *     under the former incarnation. If not, the handler gives those messages new ids, and hands them out anew.
     * @param rebroadcast broadcasts a message under its new id; for use during this call alone.
     */
    default void onIncarnation(final long former, final boolean isHeard, final Rebroadcast rebroadcast) {
    }

    /**
     * Housekeeping, about every lazy tick, and where nothing happens about every 50 ms if ticks come more often: drop
     * what is too old, for example. Bounded work only.
     *
     * @param nowNs the cycle's time, {@link System#nanoTime()}; goes on from {@link HandlerContext#startNs()}.
     * @return how much was done; 0 if nothing.
     */
    default int doWork(final long nowNs) {
        return 0;
    }

    /** Called once, after everything else; frees what {@link #onStart} acquired. */
    default void onClose() {
    }
}
