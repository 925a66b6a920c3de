package io.plumtree.engine;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentInvoker;

/** A node of a cluster. SIGNATURES; the body follows. */
public final class PlumtreeNode implements AutoCloseable {
    private PlumtreeNode() {
    }

    /**
     * Launches a node.
     *
     * @param context its options; used for this launch alone.
     * @return the node, running.
     * @throws io.plumtree.api.PlumtreeException if the JVM lacks the flag that Agrona needs, an option is not
     *     allowed, the transport can't be made, or a handler does not start; nothing is left behind then.
     */
    public static PlumtreeNode launch(final NodeContext context) {
        throw new UnsupportedOperationException();
    }

    /**
     * This node's identity.
     *
     * @return the identity.
     */
    public NodeId id() {
        throw new UnsupportedOperationException();
    }

    /**
     * This node and where it listens, with the port resolved.
     *
     * @return this node, as others would name it among their members.
     */
    public Member self() {
        throw new UnsupportedOperationException();
    }

    /**
     * Distinguishes this run of the node from its earlier ones: grows from run to run.
     *
     * @return milliseconds since 1970 at the launch, positive.
     */
    public long incarnation() {
        throw new UnsupportedOperationException();
    }

    /**
     * The members that were given at launch, and this node.
     *
     * @return the members, by name.
     */
    public List<Member> members() {
        throw new UnsupportedOperationException();
    }

    /**
     * Broadcasts an application's data through a handler. Never blocks, allocates nothing in the steady state; any
     * thread.
     *
     * @param handler name of the handler.
     * @param data    holds the data, which is copied.
     * @param offset  where it starts.
     * @param length  its length in bytes.
     * @return a position (positive), or a negative {@link io.plumtree.api.BroadcastResult}. Once
     *     {@link #consumedPosition()} has reached the position, the message has been handed to the peers.
     */
    public long broadcast(final String handler, final DirectBuffer data, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    /**
     * How far the engine has come in the stream of this node's broadcasts. Any thread.
     *
     * @return all broadcasts with positions up to here have been handed to the peers.
     */
    public long consumedPosition() {
        throw new UnsupportedOperationException();
    }

    /**
     * A handler, to use the methods of its own.
     *
     * @param handler its name.
     * @param type    what it is.
     * @param <T>     what it is.
     * @return the handler.
     * @throws io.plumtree.api.PlumtreeException if there is none of that name, or it is something else.
     */
    public <T> T handler(final String handler, final Class<T> type) {
        throw new UnsupportedOperationException();
    }

    /**
     * The names of this node's handlers.
     *
     * @return the names, sorted.
     */
    public List<String> handlers() {
        throw new UnsupportedOperationException();
    }

    /**
     * This node's place in the tree of a root. Any thread but, in invoker mode, don't wait for it on the thread that
     * invokes.
     *
     * @param root the root, which may be this node.
     * @return its eager and lazy peers, or an exception: the node is closed, or too many queries wait.
     */
    public CompletableFuture<PeerSets> peerSets(final NodeId root) {
        throw new UnsupportedOperationException();
    }

    /**
     * The peers whose links are up. Any thread, as {@link #peerSets}.
     *
     * @return the peers, or an exception: the node is closed, or too many queries wait.
     */
    public CompletableFuture<Set<NodeId>> connectedPeers() {
        throw new UnsupportedOperationException();
    }

    /**
     * All counters of the node, its protocol, its handlers and its transport. Any thread, also after the close.
     *
     * @return values by label, sorted by label; a snapshot.
     */
    public Map<String, Long> counters() {
        throw new UnsupportedOperationException();
    }

    /**
     * What drives the engine where {@link NodeContext#useInvoker()} is set; for one thread.
     *
     * @return the invoker, started; null where the engine has a thread of its own.
     */
    public AgentInvoker invoker() {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether the node is closed, or closing.
     *
     * @return true if so: broadcasts return {@link io.plumtree.api.BroadcastResult#CLOSED}.
     */
    public boolean isClosed() {
        throw new UnsupportedOperationException();
    }

    /**
     * Closes the node: takes no more broadcasts, pushes those taken (for {@link NodeContext#closeTimeoutNs()} at
     * most), says goodbye to the peers, closes handlers and transport. Harmless when closed. Any thread; in invoker
     * mode the one that invokes. From a callback on the engine's thread it returns at once, and the closing follows.
     */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
