package io.plumtree.node.demo;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How far nodes got between two looks at each of them.
 *
 * @param start at the first, by name.
 * @param end   at the second.
 */
record LoadWindow(Map<String, LoadStatus> start, Map<String, LoadStatus> end) {
    /** Messages delivered a second, summed over the nodes that were looked at both times, but for some. */
    double deliveriesPerSecond(final Collection<String> others) {
        double sum = 0;
        for (final var entry : end.entrySet()) {
            final LoadStatus first = start.get(entry.getKey());
            if (first != null && !others.contains(entry.getKey())) {
                final LoadStatus last = entry.getValue();
                sum += (double) TimeUnit.SECONDS.toNanos(1) * (last.received() - first.received())
                    / Math.max(1, last.timeNs() - first.timeNs());
            }
        }
        return sum;
    }
}
