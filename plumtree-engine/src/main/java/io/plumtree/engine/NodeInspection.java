package io.plumtree.engine;

import io.plumtree.api.Exchange;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.TreeView;
import io.plumtree.engine.agent.EngineAgent;
import io.plumtree.engine.query.Question;
import io.plumtree.engine.query.Timeouts;
import io.plumtree.engine.query.TreeReading;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** How one node asks others, and itself; see {@link PlumtreeNode}. Any thread. */
final class NodeInspection {
    private final EngineAgent agent;

    NodeInspection(final EngineAgent agent) {
        this.agent = agent;
    }

    CompletableFuture<PeerSets> peers(final NodeId node, final NodeId root, final Duration timeout) {
        return ask(node, Question.peers(root), timeout);
    }

    CompletableFuture<List<Exchange>> exchanges(final NodeId node, final Duration timeout) {
        return ask(node, Question.exchanges(), timeout);
    }

    CompletableFuture<TreeView> tree(final NodeId root, final Collection<NodeId> nodes, final Duration timeout) {
        final long timeoutNs = Timeouts.timeoutNs(timeout);
        final Map<NodeId, CompletableFuture<PeerSets>> answers = new HashMap<>();
        for (final NodeId node : nodes) {
            answers.put(node, answer(node, timeoutNs));
        }
        final CompletableFuture<TreeView> tree = new CompletableFuture<>();
        TreeReading.read(root, answers, tree);
        ask(answers, Question.peers(root), timeoutNs);
        return tree;
    }

    private <T, R> CompletableFuture<R> ask(
        final NodeId node, final Question<T, R> question, final Duration timeout) {
        final long timeoutNs = Timeouts.timeoutNs(timeout);
        final CompletableFuture<R> answer = answer(node, timeoutNs);
        ask(Map.of(node, answer), question, timeoutNs);
        return answer;
    }

    private <T, R> void ask(
        final Map<NodeId, CompletableFuture<R>> answers, final Question<T, R> question, final long timeoutNs) {
        agent.queries().ask(() -> {
            agent.inspection().ask(answers, question, timeoutNs);
            return null;
        }).whenComplete((done, error) -> {
            if (error != null) {
                answers.values().forEach(answer -> answer.completeExceptionally(error));
            }
        });
    }

    private static <R> CompletableFuture<R> answer(final NodeId node, final long timeoutNs) {
        return Timeouts.within("node '" + Objects.requireNonNull(node, "node") + "'", timeoutNs);
    }
}
