package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConnectedNodesTest {
    private final Map<String, WorkerStatus> statuses = new TreeMap<>();
    private final ConnectedNodes overlay = new ConnectedNodes(statuses);

    private void node(final String name, final String... connected) {
        statuses.put(name, new WorkerStatus(0, new TreeMap<>(), Set.of(connected), Map.of(), new TreeMap<>()));
    }

    private static DemoOptions options(final int nodes, final boolean isContactOnly, final Map<String, String> given) {
        return new DemoOptions(
            new DemoOptions.Topology(nodes, isContactOnly), 20, new DemoOptions.Load(1, 100, 64, false),
            DemoOptions.Faults.kill(1), given);
    }

    @Test
    void shouldBeConnectedOverOthers() {
        node("a", "b");
        node("b", "a", "c");
        node("c", "b");
        assertTrue(overlay.isConnected());
        assertTrue(overlay.isSymmetric(2));
        assertFalse(overlay.isSymmetric(1));
        assertTrue(overlay.knows(List.of("x", "c")));
        assertFalse(overlay.knows(List.of("x")));
    }

    @Test
    void shouldNotBeConnectedByALinkThatOneEndAloneKnows() {
        node("a", "b");
        node("b");
        assertFalse(overlay.isConnected());
        assertFalse(overlay.isSymmetric(2));
    }

    @Test
    void shouldNotBeConnectedInTwoParts() {
        node("a", "b");
        node("b", "a");
        node("c", "d");
        node("d", "c");
        assertFalse(overlay.isConnected());
        assertTrue(overlay.isSymmetric(2));
    }

    @Test
    void shouldNotBeSymmetricWhileSomebodyKnowsOneThatIsGone() {
        node("a", "b", "gone");
        node("b", "a");
        assertTrue(overlay.isConnected());
        assertFalse(overlay.isSymmetric(2));
    }

    @Test
    void shouldBeCompleteWhenAllAreLinkedWithAllOrWithSomeIfTheyHaveAContactAlone() {
        node("n1", "n2");
        node("n2", "n1", "n3");
        node("n3", "n2");
        assertFalse(options(3, false, Map.of()).isLinked(statuses, Set.of()));
        assertTrue(options(3, true, Map.of()).isLinked(statuses, Set.of()));
        assertFalse(options(4, true, Map.of()).isLinked(statuses, Set.of()), "one is not there yet");
        assertTrue(options(4, true, Map.of()).isLinked(statuses, Set.of("n4")), "one is gone");
        assertFalse(options(3, true, Map.of("plumtree.hyparview.active.view.size", "1")).isLinked(statuses, Set.of()));
        assertEquals(5, options(8, true, Map.of()).maxView());
        assertEquals(7, options(8, false, Map.of()).maxView());
    }

    @Test
    void shouldLetTheContactBeKilled() {
        assertEquals(List.of("n1"), options(3, false, Map.of()).rootNames());
        assertEquals(List.of("n2"), options(3, true, Map.of()).rootNames());
    }
}
