package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes; n1 and n2 publish 100 and 50 messages, n3 is killed after 40 and 20, and is back from 70 and 30 on. */
class DemoReportTest {
    private static final DemoOptions OPTIONS = new DemoOptions(
        new DemoOptions.Topology(3, false), 20, new DemoOptions.Load(2, 100, 64, false), DemoOptions.Faults.kill(1),
        Map.of());

    private final Map<String, WorkerStatus> last = new LinkedHashMap<>();
    private final Map<String, WorkerStatus> lastBeforeEnd = new LinkedHashMap<>();
    private final Map<String, Map<String, Boolean>> inTree = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Long> missedBeforeEnd = new LinkedHashMap<>();
    private List<String> killed = List.of("n3");
    private List<String> restarted = List.of();
    private boolean isSymmetric = true;
    private boolean isSpanning = true;
    private Window beforeKill;
    private Window atEnd;

    private static WorkerStatus status(
        final long deliveries, final long duplicates, final Map<String, RootStatus> roots) {
        return new WorkerStatus(0, new TreeMap<>(roots), Set.of(),
            Map.of("handler.pubsub.received", deliveries, "handler.pubsub.duplicates", duplicates + 7,
                "handler.pubsub.exchange-duplicates", 7L), new TreeMap<>(Map.of(5, 1L)));
    }

    private static RootStatus range(final long first, final long last, final long gapMs) {
        return new RootStatus(
            last - first + 1, 0, gapMs * 1_000_000, List.of(new SequenceRanges.Range(first, last)));
    }

    private static Map<String, WorkerStatus> all(final long deliveries, final long duplicates) {
        return Map.of("n1", status(deliveries, duplicates, Map.of()), "n2", status(deliveries, 0, Map.of()));
    }

    @BeforeEach
    void allIsWell() {
        last.put("n1", status(50, 3, Map.of("n2", range(1, 50, 12))));
        last.put("n2", status(100, 2, Map.of("n1", range(1, 100, 850))));
        last.put("n3", status(55, 1, Map.of("n1", range(66, 100, 5_000), "n2", range(31, 50, 10))));
        lastBeforeEnd.put("n3", status(60, 4, Map.of("n1", range(1, 40, 0), "n2", range(1, 20, 0))));
        inTree.put("n3", new LinkedHashMap<>(Map.of("n1", true, "n2", true)));
        beforeKill = new Window(all(10, 5), all(60, 6));
        atEnd = new Window(all(100, 7), all(150, 7));
    }

    private DemoReport report() {
        final Map<String, Long> published = new LinkedHashMap<>();
        published.put("n1", 100L);
        published.put("n2", 50L);
        return DemoReport.of(new DemoRecording(OPTIONS, published, killed, restarted, lastBeforeEnd, missedBeforeEnd,
            Map.of("n3", Map.of("n1", 70L, "n2", 30L)), inTree, last, beforeKill, atEnd, 1.5, isSymmetric, isSpanning,
            problems), Map.of("plumtree", "1"));
    }

    @Test
    void shouldPassWhenAllIsWell() {
        final DemoReport report = report();
        assertEquals(List.of(), report.notes().problems());
        assertTrue(report.passed());
        assertEquals(150, report.messages().published());
        assertEquals(0, report.messages().missedOnSurvivors());
        assertEquals(50 + 100 + 55 + 60, report.messages().delivered());
        assertTrue(report.losses().restartedNodeRejoined());
    }

    @Test
    void shouldCountDuplicatesOfBothLivesAndDivideThemByTheDeliveries() {
        assertEquals(3 + 2 + 1 + 4, report().messages().duplicates());
        assertEquals(10 / 265.0, report().redundancies().redundancy(), 1e-9);
        assertEquals(5, report().nodes().get(2).duplicates());
    }

    @Test
    void shouldTakeSettledRedundancyFromTheQuietTimesAlone() {
        assertEquals(1 / 100.0, report().redundancies().redundancyBeforeKill(), 1e-9);
        assertEquals(0, report().redundancies().redundancyAtEnd(), 1e-9);
        assertEquals(1 / 200.0, report().redundancies().redundancySettled(), 1e-9);
    }

    @Test
    void shouldTakeTheLongestGapOfSurvivorsOnly() {
        assertEquals(850, report().losses().longestGapMs(), 1e-9);
    }

    @Test
    void shouldFailWhenASurvivorMissesAMessage() {
        last.put("n2", status(99, 0, Map.of("n1", new RootStatus(99, 0, 0,
            List.of(new SequenceRanges.Range(1, 41), new SequenceRanges.Range(43, 100))))));
        final DemoReport report = report();
        assertFalse(report.passed());
        assertEquals(1, report.messages().missedOnSurvivors());
        assertEquals(List.of("n2 missed 1 messages"), report.notes().problems());
    }

    @Test
    void shouldFailWhenASurvivorHeardNothingOfARoot() {
        last.put("n1", status(0, 0, Map.of()));
        assertEquals(50, report().messages().missedOnSurvivors());
    }

    @Test
    void shouldFailWhenTheRestartedNodeMissesWhatWasPublishedOnceItWasBack() {
        last.put("n3", status(55, 1, Map.of("n1", range(66, 99, 0), "n2", range(31, 50, 10))));
        final DemoReport report = report();
        assertFalse(report.passed());
        assertFalse(report.losses().restartedNodeRejoined());
        assertEquals(0, report.messages().missedOnSurvivors());
        assertEquals(List.of("n3 missed 1 messages published after it was back"), report.notes().problems());
    }

    @Test
    void shouldFailWhenTheRestartedNodeIsNotInATree() {
        inTree.get("n3").put("n2", false);
        final DemoReport report = report();
        assertFalse(report.losses().restartedNodeRejoined());
        assertEquals(List.of("n3 is not back in the tree of n2"), report.notes().problems());
    }

    @Test
    void shouldFailWhenANodeIsNotUpAgain() {
        last.remove("n3");
        final DemoReport report = report();
        assertFalse(report.losses().restartedNodeRejoined());
        assertEquals(List.of("n3 is not up again"), report.notes().problems());
    }

    @Test
    void shouldFailWhenAnApplicationIsGivenAMessageTwice() {
        last.put("n1", status(50, 0, Map.of("n2",
            new RootStatus(50, 2, 0, List.of(new SequenceRanges.Range(1, 50))))));
        assertEquals(List.of("n1 was given 2 messages more than once"), report().notes().problems());
    }

    @Test
    void shouldFailOnAnyOtherProblem() {
        problems.add("something else");
        assertFalse(report().passed());
    }

    @Test
    void shouldHaveNothingToSayOfARestartWhereNobodyWasKilled() {
        killed = List.of();
        lastBeforeEnd.clear();
        inTree.clear();
        beforeKill = null;
        last.remove("n3");
        final DemoReport report = report();
        assertTrue(report.passed());
        assertNull(report.losses().restartedNodeRejoined());
        assertNull(report.redundancies().redundancyBeforeKill());
        assertEquals(0, report.redundancies().redundancySettled());
        assertFalse(ReportPrinter.print(report).contains("back in the trees"));
    }

    @Test
    void shouldFailWhenARestartedNodeMissesWhatWasPublishedBeforeItsEnd() {
        killed = List.of();
        restarted = List.of("n3");
        assertTrue(report().passed());
        assertTrue(report().losses().restartedNodeRejoined());
        missedBeforeEnd.put("n3", 2L);
        final DemoReport report = report();
        assertEquals(2, report.messages().missedOnSurvivors());
        assertEquals(List.of("n3 missed 2 messages"), report.notes().problems());
        assertFalse(report.losses().restartedNodeRejoined());
    }

    @Test
    void shouldFailWhenTheNodesDontAgreeOnTheirLinksOrATreeDoesNotReachAll() {
        isSymmetric = false;
        isSpanning = false;
        assertEquals(List.of("not every node is linked with those alone that are linked with it, 2 at most",
            "not every tree reaches every node"), report().notes().problems());
    }

    @Test
    void shouldHaveTheFieldsThatOthersRelyOn() {
        final JsonNode json = new ObjectMapper().valueToTree(report());
        assertEquals(150, json.get("published").asLong());
        assertEquals(0, json.get("missedOnSurvivors").asLong());
        assertEquals(10, json.get("duplicates").asLong());
        assertEquals(0.005, json.get("redundancySettled").asDouble(), 1e-9);
        assertEquals(850, json.get("longestGapMs").asDouble(), 1e-9);
        assertTrue(json.get("restartedNodeRejoined").asBoolean());
        assertEquals(1.5, json.get("secondsToConnected").asDouble(), 1e-9);
        assertTrue(json.get("viewsSymmetric").asBoolean());
        assertTrue(json.get("treesSpanning").asBoolean());
        assertEquals(0, json.get("restarted").size());
        assertEquals(3, json.get("nodes").size());
        assertEquals(100, json.get("nodes").get(1).get("deliveredByRoot").get("n1").asLong());
        assertEquals(3, json.get("options").get("nodes").asLong());
        assertEquals("1", json.get("versions").get("plumtree").asText());
    }

    @Test
    void shouldPrintWhatMatters() {
        problems.add("something else");
        final String text = ReportPrinter.print(report());
        assertTrue(text.contains("missed on survivors      0\n"), text);
        assertTrue(text.contains("longest gap after kill   850.0 ms\n"), text);
        assertTrue(text.contains("redundancy (RMR)         0.0377 (settled: 0.0050)\n"), text);
        assertTrue(text.contains("back in the trees        n3: yes\n"), text);
        assertTrue(text.contains("PROBLEM: something else\nFailed.\n"), text);
    }

    @Test
    void shouldHaveItsFieldsOneBesideTheOtherInJson() {
        final List<String> names = new ArrayList<>();
        new ObjectMapper().valueToTree(report()).fieldNames().forEachRemaining(names::add);
        assertEquals(
            List.of("passed", "published", "delivered", "missedOnSurvivors", "duplicates", "redundancy",
                "redundancySettled", "redundancyBeforeKill", "redundancyAtEnd", "longestGapMs",
                "restartedNodeRejoined", "killed", "restarted", "secondsToConnected", "viewsSymmetric",
                "treesSpanning", "latencyMs", "nodes", "problems", "options", "versions"),
            names);
    }

    @Test
    void shouldHaveItsOptionsOneBesideTheOtherInJson() {
        final List<String> names = new ArrayList<>();
        new ObjectMapper().valueToTree(report()).get("options").fieldNames().forEachRemaining(names::add);
        assertEquals(
            List.of("nodes", "contactOnly", "seconds", "roots", "rate", "payload", "flood", "kill", "stop",
                "stopSeconds", "rolling", "options"),
            names);
    }
}
