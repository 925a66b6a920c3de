package io.plumtree.node.demo;

import java.util.Map;

/**
 * What the nodes stood at, at two times between which nothing disturbed them.
 *
 * @param start statuses at the first, by name.
 * @param end   statuses at the second.
 */
record Window(Map<String, WorkerStatus> start, Map<String, WorkerStatus> end) {
    /** New messages that were delivered in between, at nodes that were up both times. */
    long deliveries() {
        return sum(true);
    }

    /** Payloads that came in between for nothing. */
    long duplicates() {
        return sum(false);
    }

    private long sum(final boolean isDeliveries) {
        long sum = 0;
        for (final var entry : end.entrySet()) {
            final WorkerStatus before = start.get(entry.getKey());
            if (before != null) {
                final WorkerStatus after = entry.getValue();
                sum += isDeliveries
                    ? after.deliveries() - before.deliveries()
                    : after.duplicates() - before.duplicates();
            }
        }
        return sum;
    }
}
