package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TreePrinterTest {
    private final Map<NodeId, PeerSets> sets = new TreeMap<>();
    private final Set<NodeId> all = new TreeSet<>();

    private static Set<NodeId> ids(final String names) {
        return Arrays.stream(names.split(" ")).filter(name -> !name.isEmpty()).map(NodeId::of)
            .collect(Collectors.toSet());
    }

    private void node(final String name, final String eager) {
        all.add(NodeId.of(name));
        sets.put(NodeId.of(name), new PeerSets(ids(eager), Set.of()));
    }

    private BroadcastTree tree(final String root) {
        return BroadcastTree.of(NodeId.of(root), sets, all);
    }

    @Test
    void shouldDrawEachNodeBelowTheOneThatPushesToIt() {
        node("n1", "n2 n3");
        node("n2", "n1 n4 n5");
        node("n3", "n1 n6");
        node("n4", "n2");
        node("n5", "n2");
        node("n6", "n3");
        assertEquals("""
            n1
            |-- n2
            |   |-- n4
            |   `-- n5
            `-- n3
                `-- n6
            """, TreePrinter.print(tree("n1"), Set.of()));
        assertEquals("""
            n4
            `-- n2
                |-- n1
                |   `-- n3
                |       `-- n6
                `-- n5
            """, TreePrinter.print(tree("n4"), Set.of()));
    }

    @Test
    void shouldNameLinksThatCarryPayloadsForNothing() {
        node("n1", "n2 n3");
        node("n2", "n1 n3");
        node("n3", "n1 n2");
        assertEquals("""
            n1
            |-- n2  (also eager: n3)
            `-- n3  (also eager: n2)
            """, TreePrinter.print(tree("n1"), Set.of()));
    }

    @Test
    void shouldTellNodesThatAreDownFromThoseThatNobodyPushesTo() {
        node("n1", "n2");
        node("n2", "n1 n4");
        node("n3", "");
        all.add(NodeId.of("n4"));
        all.add(NodeId.of("n5"));
        assertEquals("""
            n1
            `-- n2
            down: n4
            not in the tree: n3, n5
            """, TreePrinter.print(tree("n1"), ids("n4")));
    }

    @Test
    void shouldPutTheNodeWithMostOthersBelowItFirst() {
        node("n1", "n3");
        node("n2", "n3");
        node("n3", "n1 n2 n4");
        node("n4", "n3");
        assertEquals(List.of("n3", "n1", "n2", "n4"),
            tree("n1").busiestFirst().stream().map(NodeId::name).toList());
    }
}
