package io.plumtree.node.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumtree.simulator.Experiment;
import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;
import java.io.File;
import java.io.IOException;
import java.util.List;

/**
 * The figures for programs: an object with
 * <ul>
 * <li>{@code scenario}: what was asked;</li>
 * <li>a number for each {@link RunFigure}, by its key: the mean over the runs, but for {@code missed}, their sum, and
 * {@code messagesToSettle} and {@code messagesToHeal}, which are -1 if some run never did; null where there is
 * none;</li>
 * <li>{@code runs}: each run's {@link RunResult}, component by component of its groups;</li>
 * <li>{@code compared}, where two configurations were asked for: the second one's object, with the same keys.</li>
 * </ul>
 */
final class SimulationJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private SimulationJson() {
    }

    /**
     * Writes the figures to a file.
     *
     * @param file           the file.
     * @param configurations one, or two to compare.
     * @throws IOException if it can't be written.
     */
    static void write(final File file, final List<Configuration> configurations) throws IOException {
        MAPPER.writeValue(file, tree(configurations));
    }

    /**
     * Writes a list to a file: for each row an object with {@code label}, {@code published} if there is such a thing,
     * and {@code figures}, the object of one configuration.
     *
     * @param file           the file.
     * @param rows           the rows.
     * @param configurations what has run, row by row.
     * @throws IOException if it can't be written.
     */
    static void write(final File file, final Rows rows, final List<Configuration> configurations) throws IOException {
        final ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < configurations.size(); i++) {
            final Experiment.Row row = rows.rows().get(i);
            final ObjectNode object = json.addObject().put("label", row.label());
            if (row.published() != null) {
                object.put("published", row.published());
            }
            object.set("figures", tree(configurations.get(i)));
        }
        MAPPER.writeValue(file, json);
    }

    /** The object. */
    static ObjectNode tree(final List<Configuration> configurations) {
        final ObjectNode json = tree(configurations.get(0));
        if (configurations.size() > 1) {
            json.set("compared", tree(configurations.get(1)));
        }
        return json;
    }

    private static ObjectNode tree(final Configuration configuration) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("scenario", tree(configuration.scenario()));
        for (final RunFigure figure : RunFigure.values()) {
            final double value = figure.overall(configuration);
            if (figure.isSum()) {
                json.put(figure.key(), (long) value);
            } else {
                json.put(figure.key(), Double.isFinite(value) ? value : null);
            }
        }
        final ArrayNode runs = json.putArray("runs");
        configuration.runs().forEach(run -> runs.add(tree(run)));
        return json;
    }

    private static ObjectNode tree(final Scenario scenario) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode()
            .put("nodes", scenario.nodes())
            .put("degree", scenario.degree())
            .put("overlay", scenario.overlay().toString())
            .put("joinIntervalNs", scenario.joinIntervalNs())
            .put("cycles", scenario.cycles())
            .put("senders", scenario.senders().toString())
            .put("messages", scenario.messages())
            .put("warmup", scenario.warmup())
            .put("seeds", scenario.seeds())
            .put("firstSeed", scenario.firstSeed())
            .put("intervalNs", scenario.intervalNs())
            .put("latency", scenario.latency().toString())
            .put("jitterNs", scenario.jitterNs())
            .put("loss", scenario.loss())
            .put("fail", scenario.fail())
            .put("failPerMessage", scenario.failPerMessage())
            .put("joinPerMessage", scenario.joinPerMessage())
            .put("detectionNs", scenario.detectionNs())
            .put("lazyTickPeriodNs", scenario.lazyTickPeriodNs())
            .put("bandwidth", scenario.bandwidth())
            .put("payloadLength", scenario.payloadLength());
        final ArrayNode settings = json.putArray("settings");
        scenario.settings().forEach(settings::add);
        return json;
    }

    private static ObjectNode tree(final RunResult run) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode()
            .put("seed", run.seed())
            .put("nodes", run.nodes());
        for (final Record group : List.of(
            run.quality(), run.cost(), run.speed(), run.recovery(), run.course(), run.details())) {
            json.setAll(MAPPER.<ObjectNode>valueToTree(group));
        }
        json.properties().forEach(property -> {
            if (isNoNumber(property.getValue())) {
                property.setValue(JsonNodeFactory.instance.nullNode());
            } else if (property.getValue() instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    if (isNoNumber(array.get(i))) {
                        array.setNull(i);
                    }
                }
            }
        });
        return json;
    }

    private static boolean isNoNumber(final JsonNode value) {
        return value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue());
    }
}
