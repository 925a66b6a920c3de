package io.plumtree.node.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumtree.api.Exchange;
import java.util.Comparator;
import java.util.List;

/**
 * The exchanges that nodes have initiated. The JSON has {@code nodes}, each with {@code name}, {@code endpoint},
 * {@code error} (why it did not say which run, or null) and {@code exchanges} (null if it did not), each with
 * {@code handle} (what stands for it in all the cluster), {@code id} (its number in the run of its node),
 * {@code handler}, {@code peer} and {@code ageMs}; by name and id.
 */
final class ExchangesReport {
    private ExchangesReport() {
    }

    private static List<Exchange> sorted(final NodeExchanges node) {
        return node.exchanges().stream().sorted(Comparator.comparingLong(Exchange::id)).toList();
    }

    /** A line a node, and below it a line for each exchange. */
    static String text(final List<NodeExchanges> nodes) {
        final StringBuilder out = new StringBuilder();
        for (final NodeExchanges node : nodes) {
            out.append(node.name()).append("  ").append(node.endpoint()).append("  ");
            if (node.exchanges() == null) {
                out.append(node.error()).append('\n');
                continue;
            }
            out.append(node.exchanges().size()).append(" running\n");
            for (final Exchange exchange : sorted(node)) {
                out.append("  ").append(exchange.handle()).append("  ").append(exchange.handler()).append(" with ")
                    .append(exchange.peer()).append(" for ").append(exchange.age().toMillis()).append(" ms\n");
            }
        }
        return out.toString();
    }

    /** Indented, its last line ended. */
    static String json(final List<NodeExchanges> nodes) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        final ArrayNode array = json.putArray("nodes");
        for (final NodeExchanges node : nodes) {
            final ObjectNode object = array.addObject();
            object.put("name", node.name());
            object.put("endpoint", node.endpoint());
            object.put("error", node.error());
            if (node.exchanges() == null) {
                object.putNull("exchanges");
                continue;
            }
            final ArrayNode exchanges = object.putArray("exchanges");
            for (final Exchange exchange : sorted(node)) {
                exchanges.addObject()
                    .put("handle", exchange.handle().toString())
                    .put("id", exchange.id())
                    .put("handler", exchange.handler())
                    .put("peer", exchange.peer().name())
                    .put("ageMs", exchange.age().toNanos() / 1e6);
            }
        }
        return json.toPrettyString() + "\n";
    }
}
