package io.plumtree.engine;

import io.plumtree.api.Exchange;
import io.plumtree.api.MembersView;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.TreeView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks the nodes of a cluster about themselves without being one of them. All methods are for any thread. */
public final class ClusterInspector implements AutoCloseable {
    private ClusterInspector() {
    }

    /**
     * Launches an inspector.
     *
     * @param ctx its options, of which it uses cluster, bind, transport, the transport's options, error handler and
     *            those of the queries.
     * @return the inspector, running.
     */
    public static ClusterInspector launch(final NodeContext ctx) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The cluster as a node sees it.
     *
     * @param endpoint where the node listens, {@code host:port}.
     * @param timeout  how long to wait for the answer.
     * @return the view.
     */
    public CompletableFuture<MembersView> members(final String endpoint, final Duration timeout) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * A node's place in the tree of a root.
     *
     * @param endpoint where the node listens, {@code host:port}.
     * @param root     the root.
     * @param timeout  how long to wait for the answer.
     * @return its eager and lazy peers.
     */
    public CompletableFuture<PeerSets> peers(final String endpoint, final NodeId root, final Duration timeout) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The exchanges that run, of those that a node initiated.
     *
     * @param endpoint where the node listens, {@code host:port}.
     * @param timeout  how long to wait for the answer.
     * @return the exchanges.
     */
    public CompletableFuture<List<Exchange>> exchanges(final String endpoint, final Duration timeout) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The tree of a root as all members tell it.
     *
     * @param contact where a node listens that is asked for the members, {@code host:port}.
     * @param root    the root.
     * @param timeout how long to wait for all answers together.
     * @return the tree.
     */
    public CompletableFuture<TreeView> tree(final String contact, final NodeId root, final Duration timeout) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public void close() {
    }
}
