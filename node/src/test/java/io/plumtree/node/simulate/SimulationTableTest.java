package io.plumtree.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTableTest {
    private static String row(final String table, final String label) {
        final String line = table.lines().filter(each -> each.startsWith(label + "  ")).findFirst().orElseThrow();
        return line.substring(label.length()).strip().replaceAll(" +", " ");
    }

    @Test
    void shouldShowTheFiguresOfOneRun() {
        assertEquals("""
            100 nodes of degree 5, senders single, 1 + 2 messages, seed 1

            redundancy                            0.0100
            last hop                                5.00
            missed deliveries                          2
            control messages a delivery            1.500
            control bytes a delivery                60.0
            payload bytes a delivery               100.0
            latency p50 (ms)                       100.0
            latency p99 (ms)                       200.0
            latency max (ms)                      1300.0
            flooding's latency p99 (ms)            180.0
            latency p99 over flooding's            1.111
            repaired deliveries                      4.0
            repaired latency p99 (ms)              900.0

            simulated deliveries a second         50,000
            simulated events                      12,345
            """, SimulationTable.print(
            List.of(new Configuration("A", MadeUp.scenario(), List.of(MadeUp.run(1, 1))))));
    }

    @Test
    void shouldShowBoundsOfSeveralRunsAndWhatAFailureDid() {
        final String table = SimulationTable.print(List.of(new Configuration("A",
            MadeUp.scenario().seeds(2).firstSeed(7).fail(0.5),
            List.of(MadeUp.failed(7, 0.9, 4), MadeUp.failed(8, 0.8, -1)))));
        assertTrue(table.contains(", seeds 7 to 8\n"), table);
        assertTrue(table.matches("(?s).*\n +mean +min +max\n.*"), table);
        assertEquals("4 2 2", row(table, "missed deliveries (sum)"));
        assertEquals("0.8500 0.8000 0.9000", row(table, "first message's reach"));
        assertEquals("never 4.0 never", row(table, "messages until settled"));
    }

    @Test
    void shouldSetTwoConfigurationsSideBySideWithTheirRatio() {
        final String table = SimulationTable.print(List.of(
            new Configuration("A", MadeUp.scenario(), List.of(MadeUp.run(1, 1))),
            new Configuration("B", MadeUp.scenario().fail(0.5).set("graft.timeout=1s"),
                List.of(MadeUp.failed(1, 0.9, 4)))));
        assertTrue(table.contains("B: 100 nodes"), table);
        assertTrue(table.contains(" ./plumtree simulate --nodes 100 --messages 2 --warmup 1 --fail 0.5 --set"
            + " graft.timeout=1s\n"), table);
        assertTrue(table.contains("A             B           B/A\n"), table);
        assertEquals("5.00 5.00 1.000", row(table, "last hop"));
        assertEquals("- 4.0 -", row(table, "messages until settled"));
    }
}
