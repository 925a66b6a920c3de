package io.plumtree.node.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.plumtree.api.NodeId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BroadcastTreeTest {
    private static String names(final Collection<NodeId> nodes) {
        return nodes.stream().map(NodeId::name).collect(Collectors.joining(" "));
    }

    private static List<String> links(final BroadcastTree tree) {
        return tree.links().stream().map(link ->
            link.kindName() + " " + link.from() + (link.isMutual() ? "--" : "->") + link.to()).toList();
    }

    @Test
    void shouldTellStandings() {
        final BroadcastTree tree = Views.mixed().tree("n1");
        assertEquals("n1 n2 n3 n4 n5 n6 n7 n8 stranger", names(tree.nodes()));
        assertEquals("n5 n7", names(tree.beside(Standing.UNREACHED)));
        assertEquals("n4 n8", names(tree.beside(Standing.DOWN)));
        assertEquals("stranger", names(tree.beside(Standing.STRANGER)));
        assertEquals(Standing.REACHED, tree.standing(NodeId.of("n6")));
        assertEquals(2, tree.depth(NodeId.of("n6")));
        assertEquals(-1, tree.depth(NodeId.of("n5")));
        assertNull(tree.parent(NodeId.of("n1")));
    }

    @Test
    void shouldNameEachLinkOnceByWhatCountsMost() {
        assertEquals(List.of("tree n1->n2", "tree n1->n3", "tree n2->n6", "spare n2--n3", "spare n5--n7",
            "silent n1->n4", "silent n6->stranger", "lazy n1--n5", "lazy n3--n6", "lazy n5->n3"),
            links(Views.mixed().tree("n1")));
    }

    @Test
    void shouldFindTheSameLinksWhateverCycleTheyForm() {
        final BroadcastTree ring = new Views().node("a", "b d").node("b", "a c").node("c", "b d").node("d", "c a")
            .tree("a");
        assertEquals("b d", names(ring.children(NodeId.of("a"))));
        assertEquals(List.of("tree a->b", "tree a->d", "tree b->c", "spare c--d"), links(ring));
    }

    @Test
    void shouldTakeNoLinkToTheRootAsSpareSinceNothingIsSentThere() {
        final BroadcastTree tree = new Views().node("a", "b").node("b", "a c").node("c", "b a").tree("a");
        assertEquals("", names(tree.spareLinks(NodeId.of("c"))));
        assertEquals(List.of("tree a->b", "tree b->c"), links(tree));
    }

    @Test
    void shouldTakeALinkThatIsEagerOneWayAsEager() {
        final BroadcastTree tree = new Views().node("a", "b c").node("b", "a", "c").node("c", "a b").tree("a");
        assertEquals(List.of("tree a->b", "tree a->c", "spare c->b"), links(tree));
    }

    @Test
    void shouldNameAtMostOneLinkForTwoOfSixtyFour() {
        final List<TreeLink> links = Views.heap(64).tree("n0").links();
        assertEquals(64 * 63 / 2, links.size());
        assertEquals(63, links.stream().filter(link -> link.kind() == TreeLink.Kind.TREE).count());
        final Set<Set<NodeId>> pairs = new HashSet<>();
        links.forEach(link -> pairs.add(Set.of(link.from(), link.to())));
        assertEquals(links.size(), pairs.size());
    }

    @Test
    void shouldPutTheNodeWithMostOthersBelowItFirst() {
        assertEquals("n3 n1 n2 n4", names(new Views().node("n1", "n3").node("n2", "n3").node("n3", "n1 n2 n4")
            .node("n4", "n3").tree("n1").busiestFirst()));
    }
}
