package io.plumtree.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumtree.node.options.Converters;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.options.Ranges;
import io.plumtree.node.options.UsageErrors;
import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;
import io.plumtree.simulator.ScenarioRun;
import io.plumtree.simulator.chaos.ChaosResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with a simulator that only writes down what it is asked; but for the last tests. */
class SimulateCommandTest {
    private final List<Scenario> scenarios = new ArrayList<>();
    private final List<Long> seeds = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Map<String, String> environment = Map.of();
    private List<String> failures = List.of();

    private int run(final String... args) {
        return run(new SimulateCommand((scenario, seed, progress) -> {
            scenarios.add(scenario);
            seeds.add(seed);
            return MadeUp.run(seed, 1);
        }, seed -> new ChaosResult(seed, "any", failures, "")), args);
    }

    private int run(final SimulateCommand command, final String... args) {
        final Defaults defaults = new Defaults(environment, new Properties());
        return Converters.register(new CommandLine(command))
            .setDefaultValueProvider(defaults)
            .setExecutionStrategy(new Ranges(defaults))
            .setParameterExceptionHandler(new UsageErrors())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args);
    }

    private Scenario asked(final String... args) {
        assertEquals(0, run(args), err::toString);
        return scenarios.get(scenarios.size() - 1);
    }

    @Test
    void shouldAskForTheScenariosDefaultsWithoutFlags() {
        assertEquals("", ScenarioText.flags(asked()));
        assertEquals(List.of(1L), seeds);
        assertEquals("", err.toString());
    }

    @Test
    void shouldAskForWhatTheFlagsSay() {
        final String flags = " --nodes 200 --degree 4 --senders rotating:3 --messages 7 --warmup 2 --interval 250ms"
            + " --latency regions:3:1ms..5ms:40ms..90ms --jitter 3ms --loss 0.02 --fail 0.5 --fail-per-message 2"
            + " --detection 400ms --lazy-tick 10ms --bandwidth 100000 --payload 128 --set reference"
            + " --set graft.timeout=100ms --seeds 3 --seed 9";
        final Scenario scenario = asked(flags.strip().split(" "));
        assertEquals(flags, ScenarioText.flags(scenario));
        assertEquals(List.of("reference", "graft.timeout=100ms"), scenario.settings());
        assertEquals(List.of(9L, 10L, 11L), seeds);
    }

    @Test
    void shouldTakeARateInPlaceOfAnInterval() {
        final Scenario scenario = asked("--rate", "3");
        assertEquals(333_333_333, scenario.intervalNs());
        assertEquals(" --rate 3", ScenarioText.flags(scenario));
    }

    @Test
    void shouldTakeFlagsFromTheEnvironment() {
        environment = Map.of("PLUMTREE_SIMULATE_NODES", "77", "PLUMTREE_SIMULATE_SET",
            "graft.timeout=1s,plumtree.prune.grace=1s");
        final Scenario scenario = asked();
        assertEquals(77, scenario.nodes());
        assertEquals(List.of("graft.timeout=1s", "plumtree.prune.grace=1s"), scenario.settings());
    }

    @Test
    void shouldCompareWithTheSameButForWhatTheTextSays() {
        environment = Map.of("PLUMTREE_SIMULATE_DEGREE", "3");
        asked("--nodes", "200", "--rate", "10", "--set", "prune.grace=1s", "--seeds", "2",
            "--compare", " --set graft.timeout=1s  --senders fresh --interval 2s --degree 4 ");
        assertEquals(List.of(1L, 2L, 1L, 2L), seeds);
        final Scenario first = scenarios.get(0);
        final Scenario second = scenarios.get(2);
        assertEquals(" --nodes 200 --degree 3 --interval 100ms --set prune.grace=1s --seeds 2",
            ScenarioText.flags(first));
        assertEquals(" --nodes 200 --degree 4 --senders fresh --interval 2000ms --set prune.grace=1s"
            + " --set graft.timeout=1s --seeds 2", ScenarioText.flags(second));
    }

    @Test
    void shouldLetTheFirstConfigurationsFlagsWinOverTheEnvironmentInTheSecondToo() {
        environment = Map.of("PLUMTREE_SIMULATE_NODES", "77");
        assertEquals(88, asked("--nodes", "88", "--compare", "--loss 0.1").nodes());
    }

    @Test
    void shouldTakeTextToCompareWithInEveryForm() {
        assertEquals(0.1, asked("--compare", "--loss=0.1").loss());
        assertEquals(0.1, asked("--compare=--loss=0.1").loss());
        assertEquals(0.1, asked("--compare=--loss 0.1", "--nodes", "70").loss());
        assertEquals(70, scenarios.get(scenarios.size() - 1).nodes());
        assertEquals(0, asked("--compare", "").loss());
    }

    @Test
    void shouldSayThatTheTextToCompareWithIsMissing() {
        assertEquals(2, run("--compare"));
        assertTrue(err.toString().contains("Missing required parameter for option '--compare' (FLAGS)"),
            err.toString());
    }

    @Test
    void shouldWriteJsonAndHtml(@TempDir final Path directory) throws Exception {
        final Path json = directory.resolve("x.json");
        final Path html = directory.resolve("x.html");
        asked("--json", json.toString(), "--html", html.toString(), "--compare", "--degree 4");
        final JsonNode tree = new ObjectMapper().readTree(json.toFile());
        assertEquals(4, tree.get("compared").get("scenario").get("degree").asInt());
        assertTrue(Files.readString(html).contains("<svg"));
        assertTrue(out.toString().contains("B/A"));
    }

    @Test
    void shouldTellWithItsStatusWhetherAChaosSeedFailed() {
        assertEquals(0, run("--chaos", "2", "--from-seed", "5"));
        assertTrue(out.toString().contains("chaos: 2 seeds from 5, 0 failed"), out.toString());
        failures = List.of("a cycle");
        assertEquals(1, run("--chaos", "1"));
        assertTrue(out.toString().contains("chaos: 1 seed from 1, 1 failed: 1"), out.toString());
        assertEquals(List.of(), seeds, "no scenario has run");
    }

    @Test
    void shouldNotMindScenariosOfTheEnvironmentWithChaos() {
        environment = Map.of("PLUMTREE_SIMULATE_NODES", "77");
        assertEquals(0, run("--chaos", "1"));
    }

    @Test
    void shouldSimulate(@TempDir final Path directory) throws Exception {
        final Path json = directory.resolve("x.json");
        final Path html = directory.resolve("x.html");
        assertEquals(0, run(new SimulateCommand(), "--nodes", "50", "--messages", "5", "--warmup", "2",
            "--json", json.toString(), "--html", html.toString()), err::toString);
        assertTrue(out.toString().startsWith("50 nodes of degree 5, senders single, 2 + 5 messages, seed 1\n"),
            out.toString());
        final JsonNode tree = new ObjectMapper().readTree(json.toFile());
        assertEquals(0, tree.get("missed").asLong());
        assertEquals(7, tree.get("runs").get(0).get("redundancyByMessage").size());
        assertFalse(Files.readString(html).contains("NaN"));
        assertEquals("", err.toString());
    }

    @Test
    void shouldSimulateTheSameAgain() {
        final List<RunResult> results = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            run(new SimulateCommand((scenario, seed, progress) -> {
                results.add(ScenarioRun.run(scenario, seed, progress));
                return results.get(results.size() - 1);
            }, seed -> null), "--nodes", "20", "--messages", "2", "--warmup", "1", "--seed", "3");
        }
        assertEquals(results.get(0).digest(), results.get(1).digest());
    }
}
