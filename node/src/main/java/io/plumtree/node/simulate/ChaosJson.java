package io.plumtree.node.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumtree.simulator.chaos.ChaosFigures;
import io.plumtree.simulator.chaos.ChaosResult;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of chaos for programs: an object with {@code fromSeed}, {@code seeds}, {@code failed}, the sums of all
 * {@link ChaosFigures} by the names of their components, a {@code digest} of all digests, and {@code runs}, which has
 * for each seed {@code seed}, its figures, and how many {@code failures} there were. A seed that broke the simulator
 * has no figures, and one failure.
 */
final class ChaosJson {
    private final long fromSeed;
    private final List<ChaosResult> results = new ArrayList<>();

    ChaosJson(final long fromSeed) {
        this.fromSeed = fromSeed;
    }

    /** Adds a seed; of what it has shown, the figures alone are kept. */
    void add(final ChaosResult result) {
        results.add(new ChaosResult(result.seed(), "", result.failures(), "", result.figures()));
    }

    void write(final File file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file, tree());
    }

    private ObjectNode tree() {
        ChaosFigures sum = ChaosFigures.NONE;
        for (final ChaosResult result : results) {
            sum = sum.plus(result.figures());
        }
        final ObjectNode json = JsonNodeFactory.instance.objectNode()
            .put("fromSeed", fromSeed)
            .put("seeds", results.size())
            .put("failed", results.stream().filter(result -> !result.passed()).count());
        put(json, sum);
        final ArrayNode runs = json.putArray("runs");
        for (final ChaosResult result : results) {
            final ObjectNode run = runs.addObject().put("seed", result.seed());
            put(run, result.figures());
            run.put("failures", result.failures().size());
        }
        return json;
    }

    private static void put(final ObjectNode json, final ChaosFigures figures) {
        json.put("events", figures.events())
            .put("messages", figures.messages())
            .put("frames", figures.frames())
            .put("deliveries", figures.deliveries())
            .put("redundant", figures.redundant())
            .put("digest", figures.digest());
    }
}
