package io.plumtree.node.inspect;

import io.plumtree.api.Exchange;
import io.plumtree.api.MembersView;
import io.plumtree.api.NodeId;
import io.plumtree.api.TreeView;
import io.plumtree.engine.ClusterInspector;
import io.plumtree.engine.NodeContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the commands ask of a cluster; answered by a {@link ClusterInspector}. */
interface ClusterQueries extends AutoCloseable {
    /** The cluster as the node at an endpoint sees it. */
    CompletableFuture<MembersView> members(String endpoint, Duration timeout);

    /** The exchanges of the node at an endpoint. */
    CompletableFuture<List<Exchange>> exchanges(String endpoint, Duration timeout);

    /** The tree of a root, as all members tell it. */
    CompletableFuture<TreeView> tree(String contact, NodeId root, Duration timeout);

    @Override
    void close();

    /** Launches an inspector. */
    static ClusterQueries launch(final NodeContext context) {
        final ClusterInspector inspector = ClusterInspector.launch(context);
        return new ClusterQueries() {
            @Override
            public CompletableFuture<MembersView> members(final String endpoint, final Duration timeout) {
                return inspector.members(endpoint, timeout);
            }

            @Override
            public CompletableFuture<List<Exchange>> exchanges(final String endpoint, final Duration timeout) {
                return inspector.exchanges(endpoint, timeout);
            }

            @Override
            public CompletableFuture<TreeView> tree(
                final String contact, final NodeId root, final Duration timeout) {
                return inspector.tree(contact, root, timeout);
            }

            @Override
            public void close() {
                inspector.close();
            }
        };
    }
}
