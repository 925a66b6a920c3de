package io.plumtree.engine.query;

import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.TreeView;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Makes a tree of its nodes' answers. */
public final class TreeReading {
    private TreeReading() {
    }

    /**
     * Waits for all answers.
     *
     * @param root    the tree's root.
     * @param answers what each node has been asked for; each completes in time, or with a {@link TimeoutException}.
     * @param tree    completed with the tree, in which those are down that did not answer or refused to; or with the
     *                first other error.
     */
    public static void read(
        final NodeId root,
        final Map<NodeId, CompletableFuture<PeerSets>> answers,
        final CompletableFuture<TreeView> tree) {
        CompletableFuture.allOf(answers.values().toArray(new CompletableFuture<?>[0])).whenComplete((done, error) -> {
            final SortedMap<NodeId, PeerSets> nodes = new TreeMap<>();
            final SortedSet<NodeId> down = new TreeSet<>();
            for (final Map.Entry<NodeId, CompletableFuture<PeerSets>> answer : answers.entrySet()) {
                try {
                    nodes.put(answer.getKey(), answer.getValue().join());
                } catch (final CompletionException ex) {
                    if (!(ex.getCause() instanceof TimeoutException ||
                        ex.getCause() instanceof QueryRefusedException)) {
                        tree.completeExceptionally(ex.getCause());
                        return;
                    }
                    down.add(answer.getKey());
                }
            }
            tree.complete(new TreeView(root, nodes, down));
        });
    }
}
