package io.plumtree.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTableTest {
    private static Configuration configuration(final Scenario scenario, final RunResult... runs) {
        return new Configuration("here", scenario, List.of(runs));
    }

    @Test
    void shouldHaveMeansAndTheSumOfWhatWasMissed() {
        final RowsTable table = new RowsTable("setting", false, false, true);
        assertEquals("""
            | setting | redundancy | last hop | missed deliveries | latency p50 (ms) | latency p99 (ms) \
            | latency p99 over flooding's | repaired latency p99 (ms) | control messages a delivery |
            |---|---|---|---|---|---|---|---|---|
            """, table.head());
        assertEquals("| here | 0.0200 | 10.00 | 8 | 200.0 | 400.0 | 2.222 | 900.0 | 3.000 |\n",
            table.row(configuration(MadeUp.scenario().seeds(2), MadeUp.run(1, 1), MadeUp.run(2, 3)), null));
    }

    @Test
    void shouldShowWhatIsPublishedAndWhatAFailureDid() {
        final RowsTable table = new RowsTable("scenario", true, true, false);
        assertTrue(table.head().startsWith("| scenario | published or measured elsewhere | redundancy |"));
        assertTrue(table.head().contains("| first message's reach | messages until settled |"), table.head());
        assertFalse(table.head().contains("repaired"), table.head());
        assertEquals("| here | 95 % | 0.0100 | 5.00 | 2 | 0.7500 | never | 100.0 | 200.0 | 1.111 | 1.500 |\n",
            table.row(configuration(MadeUp.scenario().fail(0.5), MadeUp.failed(1, 0.75, -1)), "95 %"));
    }

    @Test
    void shouldHaveADashWhereThereIsNothing() {
        final RunResult run = MadeUp.run(1, 1);
        final RunResult withoutRepairs = new RunResult(
            1, 100, new RunResult.Quality(0.01, 5, 0, 0), new RunResult.Cost(1, 1, 1),
            new RunResult.Speed(1, 1, 1, 1, 1, 0, 0), run.recovery(), run.course(), run.details());
        assertEquals("| here | 0.0100 | 5.00 | 0 | - | - | 1.0 | 1.0 | 1.000 | - | 1.000 |\n",
            new RowsTable("setting", false, true, true)
                .row(configuration(MadeUp.scenario(), withoutRepairs), null));
    }
}
