package io.plumtree.node.demo;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who is linked with whom, from what each node says of itself. */
final class ConnectedNodes {
    private final Map<String, WorkerStatus> statuses;

    ConnectedNodes(final Map<String, WorkerStatus> statuses) {
        this.statuses = statuses;
    }

    /** Whether there is a node that names one of these. */
    boolean knows(final Collection<String> names) {
        return statuses.values().stream().anyMatch(status -> status.connected().stream().anyMatch(names::contains));
    }

    /** Whether everyone is named by those whom it names, and no one names more than so many. */
    boolean isSymmetric(final int maxView) {
        return statuses.entrySet().stream().allMatch(entry -> entry.getValue().connected().size() <= maxView
            && entry.getValue().connected().stream().allMatch(peer -> isLinked(peer, entry.getKey())));
    }

    /** Whether everyone can be reached from everyone, over links that both ends say are up. */
    boolean isConnected() {
        final Set<String> reached = new HashSet<>();
        final ArrayDeque<String> queue = new ArrayDeque<>();
        statuses.keySet().stream().findFirst().ifPresent(queue::add);
        while (!queue.isEmpty()) {
            final String name = queue.remove();
            if (reached.add(name)) {
                statuses.get(name).connected().stream().filter(peer -> isLinked(peer, name)).forEach(queue::add);
            }
        }
        return reached.size() == statuses.size();
    }

    private boolean isLinked(final String name, final String peer) {
        final WorkerStatus status = statuses.get(name);
        return status != null && status.connected().contains(peer);
    }
}
