package io.plumtree.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationJsonTest {
    @TempDir
    private File directory;

    private JsonNode write(final Configuration... configurations) throws Exception {
        final File file = new File(directory, "figures.json");
        SimulationJson.write(file, List.of(configurations));
        return new ObjectMapper().readTree(file);
    }

    private static Configuration configuration(final Scenario scenario, final RunResult... runs) {
        return new Configuration("A", scenario, List.of(runs));
    }

    private static Set<String> names(final JsonNode object) {
        final Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void shouldHaveMeansOverTheSeedsAndTheSumOfWhatWasMissed() throws Exception {
        final JsonNode json = write(configuration(
            MadeUp.scenario().seeds(2), MadeUp.run(1, 1), MadeUp.run(2, 3)));
        assertEquals(0.02, json.get("redundancy").asDouble(), 1e-12);
        assertEquals(10, json.get("lastHop").asDouble());
        assertTrue(json.get("missed").isIntegralNumber());
        assertEquals(8, json.get("missed").asLong());
        assertEquals(400, json.get("latencyP99Ms").asDouble());
        assertEquals(180, json.get("floodP99Ms").asDouble());
    }

    @Test
    void shouldHaveNullWhereThereIsNoNumber() throws Exception {
        final JsonNode json = write(configuration(MadeUp.scenario(), MadeUp.run(1, 1)));
        assertTrue(json.get("firstMessageAfterFailure").isNull());
        assertTrue(json.get("messagesToSettle").isNull());
        assertTrue(json.get("runs").get(0).get("firstMessageAfterFailure").isNull());
        final JsonNode failed = write(configuration(MadeUp.scenario().fail(0.5), MadeUp.failed(1, 0.75, 3)));
        assertEquals(0.75, failed.get("firstMessageAfterFailure").asDouble());
        assertEquals(3, failed.get("messagesToSettle").asInt());
        final RunResult run = MadeUp.run(1, 1);
        run.details().reliabilityByMessage()[1] = Double.NaN;
        assertTrue(write(configuration(MadeUp.scenario(), run))
            .get("runs").get(0).get("reliabilityByMessage").get(1).isNull());
    }

    @Test
    void shouldHaveEveryComponentOfEveryRun() throws Exception {
        final JsonNode runs = write(configuration(MadeUp.scenario().seeds(2), MadeUp.run(5, 1), MadeUp.run(6, 1)))
            .get("runs");
        assertEquals(2, runs.size());
        final List<String> names = new ArrayList<>();
        runs.get(0).fieldNames().forEachRemaining(names::add);
        assertEquals(
            List.of("seed", "nodes", "redundancy", "lastHop", "missed", "missedInAll", "controlPerDelivery",
                "controlBytesPerDelivery", "payloadBytesPerDelivery", "latencyP50Ms", "latencyP99Ms", "latencyMaxMs",
                "floodP99Ms", "p99OverFlood", "repaired", "repairedP99Ms", "firstMessageAfterFailure",
                "messagesToSettle", "meanReliability", "floodReliability", "messagesToHeal", "deliveries",
                "deliveriesPerSecond", "events", "digest", "redundancyByMessage", "reliabilityByMessage",
                "floodReliabilityByMessage", "lastHopByMessage", "latencyHistogramMs", "eagerDegrees", "counters"),
            names);
        assertEquals(6, runs.get(1).get("seed").asLong());
        assertEquals(0.99, runs.get(0).get("reliabilityByMessage").get(1).asDouble());
        assertEquals(297, runs.get(0).get("counters").get("deliveries").asLong());
    }

    @Test
    void shouldSayWhatWasAsked() throws Exception {
        final JsonNode scenario = write(configuration(MadeUp.scenario().set("graft.timeout=1s"), MadeUp.run(1, 1)))
            .get("scenario");
        assertEquals(100, scenario.get("nodes").asInt());
        assertEquals("single", scenario.get("senders").asText());
        assertEquals("10ms..50ms", scenario.get("latency").asText());
        assertEquals("graft.timeout=1s", scenario.get("settings").get(0).asText());
        final Set<String> options = Arrays.stream(Scenario.class.getMethods())
            .filter(method -> method.getReturnType() == Scenario.class && method.getParameterCount() == 1)
            .map(method -> method.getName().equals("set") ? "settings" : method.getName())
            .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(options, names(scenario));
    }

    @Test
    void shouldHaveTheSecondConfigurationUnderItsOwnName() throws Exception {
        final Configuration first = configuration(MadeUp.scenario(), MadeUp.run(1, 1));
        assertFalse(write(first).has("compared"));
        final JsonNode both = write(first, configuration(MadeUp.scenario().degree(4), MadeUp.run(1, 2)));
        assertEquals(5, both.get("scenario").get("degree").asInt());
        assertEquals(4, both.get("compared").get("scenario").get("degree").asInt());
        assertEquals(0.02, both.get("compared").get("redundancy").asDouble(), 1e-12);
        final List<String> keys = new ArrayList<>(names(both));
        keys.remove("compared");
        assertEquals(new TreeSet<>(keys), names(both.get("compared")));
    }
}
