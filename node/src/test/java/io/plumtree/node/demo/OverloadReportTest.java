package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Three nodes; n1 and n2 publish 100 messages each, n3 is stopped, and back when 60 of each had been published. */
class OverloadReportTest {
    private static final DemoOptions OPTIONS = new DemoOptions(
        new DemoOptions.Topology(3, false), 20, new DemoOptions.Load(2, 100, 64, true),
        new DemoOptions.Faults(0, 1, 10, false), Map.of());
    private static final long SECOND_NS = 1_000_000_000L;

    private final Map<String, WorkerStatus> last = new LinkedHashMap<>(Map.of(
        "n1", status(Map.of("n2", range(1, 100))),
        "n2", status(Map.of("n1", range(1, 100))),
        "n3", status(Map.of("n1", range(61, 100), "n2", range(41, 100)))));
    private final Map<String, Map<String, List<SequenceRanges.Range>>> retained = new LinkedHashMap<>();
    private final SortedMap<String, List<Long>> heaps = new TreeMap<>(Map.of("n1", List.of(50_000_000L, 51_000_000L)));
    private List<String> stopped = List.of("n3");

    private static WorkerStatus status(final Map<String, List<SequenceRanges.Range>> roots) {
        final TreeMap<String, RootStatus> statuses = new TreeMap<>();
        roots.forEach((root, ranges) -> statuses.put(root, new RootStatus(
            SequenceRanges.Range.count(ranges, 1, 1_000), 0, 0, ranges)));
        return new WorkerStatus(0, statuses, Set.of(), Map.of("c", 1L), new TreeMap<>());
    }

    private static List<SequenceRanges.Range> range(final long first, final long last) {
        return List.of(new SequenceRanges.Range(first, last));
    }

    private static LoadWindow window(final long seconds, final long received) {
        return new LoadWindow(
            Map.of("n1", new LoadStatus(0, 0, 0, 0), "n3", new LoadStatus(0, 0, 0, 0)),
            Map.of("n1", new LoadStatus(seconds * SECOND_NS, 0, 0, received),
                "n3", new LoadStatus(seconds * SECOND_NS, 0, 0, 999)));
    }

    private OverloadReport report() {
        final Map<String, Long> published = new LinkedHashMap<>();
        published.put("n1", 100L);
        published.put("n2", 100L);
        return OverloadReport.of(new OverloadRecording(OPTIONS, published, 7, stopped, Map.of("n1", 60L, "n2", 60L),
            1_234, retained, heaps, last, window(2, 1_000), window(4, 1_800), List.of()), Map.of());
    }

    @Test
    void shouldPassWhenAllIsWellAndCompareThroughputsOfTheOthers() {
        final OverloadReport report = report();
        assertEquals(List.of(), report.notes().problems());
        assertTrue(report.passed());
        assertEquals(500, report.throughput().throughputBeforeStop(), 1e-9);
        assertEquals(450, report.throughput().throughputWhileStopped(), 1e-9);
        assertEquals(0.9, report.throughput().throughputKept(), 1e-9);
        assertTrue(report.stop().stoppedNodeCaughtUp());
        assertEquals(60 + 40, report.losses().lostToAbsence());
        assertTrue(OverloadPrinter.print(report).contains("90 %"));
    }

    @Test
    void shouldFailWhenAnOtherMissesAMessage() {
        last.put("n2", status(Map.of("n1", List.of(
            new SequenceRanges.Range(1, 49), new SequenceRanges.Range(51, 100)))));
        final OverloadReport report = report();
        assertFalse(report.passed());
        assertEquals(1, report.losses().missedOnOthers());
        assertTrue(report.stop().stoppedNodeCaughtUp());
        assertEquals(List.of("n2 missed 1 messages, by root: {n1=1}"), report.notes().problems());
    }

    @Test
    void shouldFailWhenAStoppedNodeMissesWhatWasPublishedOnceItWasBack() {
        last.put("n3", status(Map.of("n1", range(61, 100), "n2", range(63, 100))));
        final OverloadReport report = report();
        assertFalse(report.stop().stoppedNodeCaughtUp());
        assertEquals(2, report.losses().missedOnStopped());
        assertEquals(0, report.losses().missedOnOthers());
    }

    @Test
    void shouldFailWhenAStoppedNodeMissesWhatAnotherOneKeeps() {
        retained.put("n1", Map.of("n1", range(58, 100), "n2", range(30, 45)));
        retained.put("n2", Map.of("n1", range(59, 100)));
        final OverloadReport report = report();
        assertFalse(report.stop().stoppedNodeCaughtUp());
        assertEquals(3 + 11, report.losses().retainedMissedOnStopped());
        assertEquals(100 - 14, report.losses().lostToAbsence());
        assertEquals(
            List.of("n3 did not get 14 messages that others keep, by root: {n1=3, n2=11}"), report.notes().problems());
    }

    @Test
    void shouldFailWhenAHeapGrows() {
        heaps.put("n2", List.of(50_000_000L, 58_000_000L));
        final OverloadReport report = report();
        assertFalse(report.heap().heapFlat());
        assertFalse(report.passed());
    }

    @Test
    void shouldSayNothingOfAStopWhereThereWasNone() {
        stopped = List.of();
        last.remove("n3");
        final OverloadReport report = report();
        assertTrue(report.passed());
        assertNull(report.throughput().throughputKept());
        assertNull(report.stop().stoppedNodeCaughtUp());
        assertFalse(OverloadPrinter.print(report).contains("stop"));
    }

    @Test
    void shouldHaveItsFieldsOneBesideTheOtherInJson() {
        final List<String> names = new ArrayList<>();
        new ObjectMapper().valueToTree(report()).fieldNames().forEachRemaining(names::add);
        assertEquals(
            List.of("passed", "published", "delivered", "backPressured", "throughputBeforeStop",
                "throughputWhileStopped", "throughputKept", "stopped", "backMs", "stoppedNodeCaughtUp",
                "missedOnOthers", "missedOnStopped", "retainedMissedOnStopped", "lostToAbsence", "repeated",
                "heapBytes", "heapFlat", "nodes", "problems", "options", "versions"),
            names);
    }
}
