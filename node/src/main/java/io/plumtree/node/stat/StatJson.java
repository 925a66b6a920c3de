package io.plumtree.node.stat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumtree.engine.counters.CounterValue;
import io.plumtree.engine.counters.CountersFile;
import java.util.List;
import java.util.OptionalDouble;

/**
 * For programs: {@code nodes}, each with {@code name}, {@code cluster}, {@code pid}, {@code state} (live, stalled,
 * dead), {@code incarnation}, {@code startTime} and {@code heartbeat} (milliseconds since 1970) and {@code file}; where
 * counters are asked for {@code counters}, by label, and from the second look on {@code rates}, a second.
 */
final class StatJson {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final ArrayNode nodes = json.putArray("nodes");

    ObjectNode add(final CountersFile node) {
        return nodes.addObject()
            .put("name", node.node())
            .put("cluster", node.cluster())
            .put("pid", node.pid())
            .put("state", StatText.state(node))
            .put("incarnation", node.incarnation())
            .put("startTime", node.startTime().toEpochMilli())
            .put("heartbeat", node.heartbeat().toEpochMilli())
            .put("file", node.path().toString());
    }

    void add(final CountersFile node, final List<CounterValue> counters, final Rates rates) {
        final ObjectNode added = add(node);
        final ObjectNode values = added.putObject("counters");
        counters.forEach(counter -> values.put(counter.label(), counter.value()));
        if (rates != Rates.NONE) {
            final ObjectNode growth = added.putObject("rates");
            for (final CounterValue counter : counters) {
                final OptionalDouble rate = rates.of(counter);
                if (rate.isPresent()) {
                    growth.put(counter.label(), rate.getAsDouble());
                }
            }
        }
    }

    /** Indented. */
    String pretty() {
        return json.toPrettyString() + "\n";
    }

    /** One line, of many. */
    String line() {
        return json + "\n";
    }
}
