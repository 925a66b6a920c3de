package io.plumtree.node.demo;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * How a worker stands, as it tells its parent.
 *
 * @param published messages of its own that have been taken by its node; their sequence numbers are 1 to this.
 * @param roots     what it has received, by root.
 * @param connected names of the peers whose links are up.
 * @param counters  its node's counters.
 * @param latencies delivery times, by bucket of {@link LatencyHistogram}.
 */
record WorkerStatus(
    long published,
    SortedMap<String, RootStatus> roots,
    Set<String> connected,
    Map<String, Long> counters,
    SortedMap<Integer, Long> latencies) {
    /** Of a node that never said. */
    static final WorkerStatus NOTHING =
        new WorkerStatus(0, Collections.emptySortedMap(), Set.of(), Map.of(), Collections.emptySortedMap());

    /** What has been received from a root. */
    RootStatus root(final String root) {
        return roots.getOrDefault(root, RootStatus.NOTHING);
    }

    /** Different messages received, of all roots. */
    long received() {
        return roots.values().stream().mapToLong(RootStatus::received).sum();
    }

    /** Published messages that were new here. */
    long deliveries() {
        return counters.getOrDefault("handler.pubsub.received", 0L);
    }

    /** Published messages that trees brought, and were here already; not those of other handlers, or of exchanges. */
    long duplicates() {
        return counters.getOrDefault("handler.pubsub.duplicates", 0L)
            - counters.getOrDefault("handler.pubsub.exchange-duplicates", 0L);
    }
}
