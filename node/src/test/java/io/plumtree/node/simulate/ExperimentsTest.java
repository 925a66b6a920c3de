package io.plumtree.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.simulator.Experiment;
import io.plumtree.simulator.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentsTest {
    private static Scenario scenario(final String name, final int row, final Integer nodes) {
        return Experiments.rows(name, nodes, null, List.of()).rows().get(row).scenario();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 11, 89, 1_000, 1_000_000})
    void shouldBeValidAtEverySize(final int nodes) {
        for (final String name : Experiments.descriptions().keySet()) {
            for (final Experiment.Row row : Experiments.rows(name, nodes, null, List.of()).rows()) {
                assertTrue(row.scenario().conclude().nodes() <= nodes, row.label());
            }
        }
    }

    @Test
    void shouldLeaveSmallerScenariosAsTheyAre() {
        final List<Experiment.Row> rows = Experiments.rows("iroh-gossip", 100, null, List.of()).rows();
        assertEquals("20 nodes, one sender", rows.get(0).label());
        assertEquals("100 nodes, one sender", rows.get(3).label());
        assertEquals("1,000 nodes, one sender (only 100 nodes)", rows.get(6).label());
        assertEquals(List.of(20, 100, 100),
            List.of(rows.get(0), rows.get(3), rows.get(6)).stream().map(row -> row.scenario().nodes()).toList());
    }

    @Test
    void shouldScaleWhatDependsOnTheNumberOfNodes() {
        assertEquals("rotating:4", scenario("plumtree-stable", 1, 4).senders().toString());
        assertEquals(3, scenario("plumtree-stable", 1, 4).degree());
        final Scenario fresh = scenario("plumtree-churn", 2, 45);
        assertEquals(" --nodes 45 --senders fresh --messages 30 --warmup 15 --latency 30ms --fail-per-message 1"
            + " --seeds 5", ScenarioText.flags(fresh));
        assertEquals(5, scenario("plumtree-churn", 0, 1_000).failPerMessage());
        assertEquals(60, scenario("plumtree-churn", 0, 1_000).messages());
    }

    @Test
    void shouldHaveColumnsForFailuresWhereThereAreSome() {
        assertTrue(head("plumtree-failures").contains("first message's reach"));
        assertFalse(head("plumtree-churn").contains("first message's reach"));
        assertTrue(head("plumtree-churn").contains("repaired"));
        assertFalse(head("plumtree-stable").contains("repaired"));
    }

    private static String head(final String name) {
        return Experiments.rows(name, null, null, List.of()).table().head();
    }
}
