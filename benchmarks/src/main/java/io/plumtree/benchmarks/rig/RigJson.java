package io.plumtree.benchmarks.rig;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.util.Map;

/**
 * The figures for programs: an object with
 * <ul>
 * <li>each {@link Ratio} by its key, the median of the rounds' ratios, and with {@code Min} and {@code Max} after the
 * key the least and the greatest; null where it was not measured;</li>
 * <li>{@code bytesPerDelivery}, {@code rawBytesPerDelivery} and {@code processorNsPerDelivery}: medians;</li>
 * <li>{@code lost}: our deliveries that did not happen, in all rounds;</li>
 * <li>{@code rounds}: how many counted;</li>
 * <li>{@code plumtree} and {@code raw}: each {@link Figure} by its key as the ratios are, {@code lostInAll} rounds, and
 * the {@code depth} of the last round's tree; {@code raw} is null if it had no turn;</li>
 * <li>{@code options} and {@code machine}: what was measured, and on what.</li>
 * </ul>
 */
final class RigJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private RigJson() {
    }

    /**
     * Writes the figures to a file.
     *
     * @param file       the file.
     * @param options    what was measured, and how.
     * @param comparison the figures.
     * @throws IOException if it can't be written.
     */
    static void write(final File file, final Map<String, Object> options, final Comparison comparison)
        throws IOException {
        MAPPER.writeValue(file, tree(options, comparison));
    }

    /** The object. */
    static ObjectNode tree(final Map<String, Object> options, final Comparison comparison) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (final Ratio ratio : Ratio.values()) {
            put(json, ratio.key(), comparison.ratio(ratio.figure()));
        }
        put(json, "bytesPerDelivery", comparison.of(NodesKind.PLUMTREE, Figure.BYTES_PER_DELIVERY).median());
        put(json, "rawBytesPerDelivery", comparison.of(NodesKind.RAW, Figure.BYTES_PER_DELIVERY).median());
        put(json, "processorNsPerDelivery",
            comparison.of(NodesKind.PLUMTREE, Figure.PROCESSOR_NS_PER_DELIVERY).median());
        json.put("lost", comparison.lost(NodesKind.PLUMTREE));
        json.put("rounds", comparison.rounds().size());
        for (final NodesKind kind : NodesKind.values()) {
            json.set(kind.label(), comparison.has(kind) ? tree(kind, comparison) : null);
        }
        json.set("options", MAPPER.valueToTree(options));
        json.set("machine", machine());
        return json;
    }

    private static ObjectNode tree(final NodesKind kind, final Comparison comparison) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (final Figure figure : Figure.values()) {
            put(json, figure.key(), comparison.of(kind, figure));
        }
        return json.put("lostInAll", comparison.lost(kind)).put("depth", comparison.last(kind).tree().depth());
    }

    private static ObjectNode machine() {
        return JsonNodeFactory.instance.objectNode()
            .put("cpus", Runtime.getRuntime().availableProcessors())
            .put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version())
            .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
    }

    private static void put(final ObjectNode json, final String key, final Spread spread) {
        put(json, key, spread.median());
        put(json, key + "Min", spread.min());
        put(json, key + "Max", spread.max());
    }

    private static void put(final ObjectNode json, final String key, final double value) {
        json.put(key, Double.isFinite(value) ? value : null);
    }
}
