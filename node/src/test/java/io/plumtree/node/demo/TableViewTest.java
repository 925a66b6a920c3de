package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TableViewTest {
    @Test
    void shouldShowWhoHasReceivedWhat() {
        final RootStatus gaps = new RootStatus(8, 0, 0,
            List.of(new SequenceRanges.Range(1, 5), new SequenceRanges.Range(8, 10)));
        final Map<String, WorkerStatus> statuses = Map.of(
            "n1", new WorkerStatus(10, new TreeMap<>(), Set.of("n2"), Map.of(), new TreeMap<>()),
            "n2", new WorkerStatus(0, new TreeMap<>(Map.of("n1", gaps)), Set.of("n1"),
                Map.of("handler.pubsub.duplicates", 3L), new TreeMap<>()));
        assertEquals("""

            after 1.5 s
            node   links  published    from n1     behind  duplicates
            n1         1         10          -          0           0
            n2         1          0          8          2           3
            n3      down
            """, TableView.table(1_500, statuses, List.of("n1", "n2", "n3"), List.of("n1")));
    }
}
