package io.plumtree.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumtree.node.options.ConfigProperties;
import io.plumtree.node.options.Converters;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.options.Ranges;
import io.plumtree.node.options.UsageErrors;
import io.plumtree.simulator.Experiment;
import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;
import io.plumtree.simulator.ScenarioRun;
import io.plumtree.simulator.chaos.ChaosFigures;
import io.plumtree.simulator.chaos.ChaosResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        }, seed -> new ChaosResult(
            seed, "any", failures, "", new ChaosFigures(10, 1, 5, 4, 2, seed))), args);
    }

    private int run(final SimulateCommand command, final String... args) {
        final Defaults defaults = new Defaults(environment, ConfigProperties.NONE);
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
        final String flags = " --nodes 200 --degree 4 --overlay hyparview --join-interval 5ms --cycles 3"
            + " --senders rotating:3 --messages 7 --warmup 2 --interval 250ms"
            + " --latency regions:3:1ms..5ms:40ms..90ms --jitter 3ms --loss 0.02 --fail 0.5 --fail-per-message 2"
            + " --join-per-message 1 --detection 400ms --lazy-tick 10ms --bandwidth 100000 --payload 128"
            + " --set reference --set graft.timeout=100ms --seeds 3 --seed 9";
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
    void shouldRunEveryRowOfAnExperimentWithTheSeedsItAsksFor() {
        final Experiment experiment = Experiment.all().get(0);
        asked("--experiment", experiment.name());
        assertEquals(experiment.rows().stream().mapToInt(row -> row.scenario().seeds()).sum(), scenarios.size());
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 1L), seeds.subList(0, 6));
        assertEquals(10_000, scenarios.get(0).nodes());
        final List<String> lines = out.toString().lines().toList();
        assertEquals(experiment.name() + ": " + experiment.description(), lines.get(0));
        assertTrue(lines.get(2).startsWith("| scenario | published or measured elsewhere | redundancy |"));
        assertTrue(lines.get(4).startsWith("| one sender | redundancy 0 | 0.0100 | 5.00 | 10 |"), lines.get(4));
        assertEquals(4 + experiment.rows().size(), lines.size());
    }

    @Test
    void shouldMakeAnExperimentSmallerAndSetOptionsInEachRow() {
        environment = Map.of("PLUMTREE_SIMULATE_DEGREE", "3");
        asked("--experiment", "plumtree-stable", "--nodes", "200", "--seeds", "1", "--set", "graft.timeout=1s");
        assertEquals(List.of(1L, 1L, 1L, 1L, 1L), seeds);
        assertTrue(scenarios.stream().allMatch(scenario -> scenario.nodes() == 200 && scenario.degree() == 5));
        assertEquals(List.of("graft.timeout=1s"), scenarios.get(0).settings());
        assertEquals(List.of("shared.tree.messages=0", "graft.timeout=1s"), scenarios.get(4).settings());
        assertTrue(out.toString().contains("| one sender (only 200 nodes) |"), out.toString());
    }

    @Test
    void shouldPrintEachRowBeforeTheNextOneRuns() {
        final List<Long> lines = new ArrayList<>();
        assertEquals(0, run(new SimulateCommand((scenario, seed, progress) -> {
            lines.add(out.toString().lines().count());
            return MadeUp.run(seed, 1);
        }, seed -> null), "--sweep", "graft.timeout=100ms,1s,2s"), err::toString);
        assertEquals(List.of(4L, 5L, 6L), lines);
    }

    @Test
    void shouldSweepOverTheValuesOfAnOption(@TempDir final Path directory) throws Exception {
        final Path json = directory.resolve("x.json");
        asked("--nodes", "200", "--seeds", "2", "--seed", "7", "--set", "prune.grace=1s",
            "--sweep", "graft.timeout=100ms,1s", "--json", json.toString());
        assertEquals(List.of(7L, 8L, 7L, 8L), seeds);
        assertEquals(" --nodes 200 --set prune.grace=1s --set graft.timeout=100ms --seeds 2 --seed 7",
            ScenarioText.flags(scenarios.get(0)));
        assertEquals(List.of("prune.grace=1s", "graft.timeout=1s"), scenarios.get(2).settings());
        final List<String> lines = out.toString().lines().toList();
        assertEquals("200 nodes of degree 5, senders single, 30 + 60 messages, seeds 7 to 8", lines.get(0));
        assertTrue(lines.get(2).startsWith("| setting | redundancy |"), lines.get(2));
        assertTrue(lines.get(4).startsWith("| graft.timeout=100ms | 0.0100 |"), lines.get(4));
        final JsonNode tree = new ObjectMapper().readTree(json.toFile());
        assertEquals(2, tree.size());
        assertEquals("graft.timeout=1s", tree.get(1).get("label").asText());
        assertFalse(tree.get(1).has("published"));
        assertEquals(0.01, tree.get(1).get("figures").get("redundancy").asDouble());
    }

    @Test
    void shouldListTheExperimentsInItsHelp() {
        assertEquals(0, run("experiment", "--help"));
        final String help = out.toString().replaceAll("\\s+", " ");
        Experiment.all().forEach(experiment ->
            assertTrue(help.contains(" " + experiment.name() + " " + experiment.description()), help));
    }

    @Test
    void shouldSimulateAnExperiment(@TempDir final Path directory) throws Exception {
        final Path json = directory.resolve("x.json");
        assertEquals(0, run(new SimulateCommand(), "--experiment", "plumtree-failures", "--nodes", "20", "--seeds", "1",
            "--json", json.toString()), err::toString);
        final JsonNode tree = new ObjectMapper().readTree(json.toFile());
        assertEquals(7, tree.size());
        assertEquals("10 % crash at once (only 20 nodes)", tree.get(0).get("label").asText());
        assertEquals("-", tree.get(0).get("published").asText());
        assertEquals(0, tree.get(0).get("figures").get("missed").asLong());
        assertTrue(out.toString().contains("\n| 95 % crash at once (only 20 nodes) | - | "), out.toString());
    }

    @Test
    void shouldSimulateASweep() {
        assertEquals(0, run(new SimulateCommand(), "--nodes", "20", "--messages", "5", "--warmup", "2", "--loss", "0.1",
            "--sweep", "graft.timeout=50ms,2s"), err::toString);
        assertEquals(6, out.toString().lines().count(), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void shouldMakeOverlaysWithoutMessages(@TempDir final Path directory) throws Exception {
        final Path json = directory.resolve("x.json");
        assertEquals(0, run(new SimulateCommand(), "--overlay", "hyparview", "--bootstraps", "3", "--nodes", "30",
            "--json", json.toString()), err::toString);
        assertTrue(out.toString().startsWith("3 bootstraps of 30 nodes, active view 5, seeds from 1\n"),
            out.toString());
        assertTrue(out.toString().matches("(?s).*\nisolated nodes +0\n.*"), out.toString());
        final JsonNode tree = new ObjectMapper().readTree(json.toFile());
        assertEquals(3, tree.get("bootstraps").asInt());
        assertEquals(0, tree.get("isolated").asInt());
        assertTrue(tree.get("averageShortestPath").asDouble() > 1);
    }

    @Test
    void shouldMakeOverlaysOfHyParViewAlone() {
        assertEquals(2, run("--bootstraps", "3"));
        assertTrue(err.toString().contains("--bootstraps goes with --overlay hyparview"), err.toString());
        assertEquals(2, run("--bootstraps", "3", "--overlay", "hyparview", "--fail", "0.5"));
        assertTrue(err.toString().contains("--bootstraps goes with flags of the overlay, --seed and --json alone:"
            + " '--fail'"), err.toString());
        assertEquals(2, run("--overlay", "ring"));
        assertTrue(err.toString().contains("--overlay must be random or hyparview: 'ring'"), err.toString());
    }

    @Test
    void shouldSimulateAnOverlayThatMendsItself(@TempDir final Path directory) throws Exception {
        final Path json = directory.resolve("x.json");
        assertEquals(0, run(new SimulateCommand(), "--overlay", "hyparview", "--nodes", "50", "--cycles", "3",
            "--messages", "20", "--warmup", "2", "--fail", "0.5", "--json", json.toString()), err::toString);
        assertTrue(out.toString().startsWith("50 nodes of degree 5 by HyParView, senders single, 2 + 20 messages"),
            out.toString());
        final JsonNode tree = new ObjectMapper().readTree(json.toFile());
        assertEquals(1, tree.get("meanReliability").asDouble());
        assertEquals("hyparview", tree.get("scenario").get("overlay").asText());
        assertEquals(20, tree.get("runs").get(0).get("floodReliabilityByMessage").size());
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
    void shouldRunChaosByACommandOfItsOwnAndWriteItsFigures(@TempDir final Path directory) throws Exception {
        final Path json = directory.resolve("x.json");
        assertEquals(0, run("chaos", "3", "--from-seed", "5", "--json", json.toString()), err::toString);
        assertTrue(out.toString().contains("chaos: 3 seeds from 5, 0 failed"), out.toString());
        final JsonNode tree = new ObjectMapper().readTree(json.toFile());
        assertEquals("""
            {"fromSeed":5,"seeds":3,"failed":0,"events":30,"messages":3,"frames":15,"deliveries":12,"redundant":6,\
            "digest":4998,"runs":[\
            {"seed":5,"events":10,"messages":1,"frames":5,"deliveries":4,"redundant":2,"digest":5,"failures":0},\
            {"seed":6,"events":10,"messages":1,"frames":5,"deliveries":4,"redundant":2,"digest":6,"failures":0},\
            {"seed":7,"events":10,"messages":1,"frames":5,"deliveries":4,"redundant":2,"digest":7,"failures":0}]}""",
            tree.toString());
        failures = List.of("a cycle");
        assertEquals(1, run("chaos", "1", "--json", json.toString()));
        assertEquals(1, new ObjectMapper().readTree(json.toFile()).get("failed").asInt());
    }

    @Test
    void shouldGiveTheFiguresOfRealChaos(@TempDir final Path directory) throws Exception {
        final Path json = directory.resolve("x.json");
        assertEquals(0, run(new SimulateCommand(), "chaos", "2", "--json", json.toString()), err::toString);
        final JsonNode tree = new ObjectMapper().readTree(json.toFile());
        assertTrue(tree.get("deliveries").asLong() > tree.get("messages").asLong(), tree::toString);
        assertTrue(tree.get("events").asLong() > tree.get("frames").asLong(), tree::toString);
        assertFalse(tree.get("runs").get(0).get("digest").equals(tree.get("runs").get(1).get("digest")));
    }

    @Test
    void shouldDoTheSameByACommandOfItsOwnAsByTheOldFlags() throws Exception {
        for (final String[] lines : new String[][]{
            {"--nodes 200 --seeds 2 --seed 7", "run --nodes 200 --seeds 2 --seed 7"},
            {"--sweep graft.timeout=1s,2s --degree 4", "run --sweep graft.timeout=1s,2s --degree 4"},
            {"--experiment plumtree-failures --nodes 100 --set prune.grace=1s --seeds 1",
                "experiment plumtree-failures --nodes 100 --set prune.grace=1s --seeds 1"},
            {"--bootstraps 2 --overlay hyparview --nodes 20 --seed 3", "bootstraps 2 --nodes 20 --seed 3"},
            {"--chaos 2 --from-seed 8", "chaos 2 --from-seed 8"}}) {
            final List<String> outputs = new ArrayList<>();
            for (final String line : lines) {
                out.getBuffer().setLength(0);
                assertEquals(0, run(line.split(" ")), () -> line + err);
                outputs.add(out.toString());
            }
            assertEquals(outputs.get(0), outputs.get(1), lines[1]);
        }
    }

    @Test
    void shouldTakeTheSameKeysOfTheEnvironmentForACommandOfItsOwn() {
        environment = Map.of("PLUMTREE_SIMULATE_NODES", "77", "PLUMTREE_SIMULATE_FROM_SEED", "9");
        assertEquals(77, asked("run").nodes());
        assertEquals(0, run("chaos", "1"));
        assertTrue(out.toString().contains("chaos: 1 seed from 9, 0 failed"), out.toString());
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
        assertEquals(results.get(0).course().digest(), results.get(1).course().digest());
    }
}
