package io.plumtree.node.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TreeTextTest {
    private static final Views SIX = new Views()
        .node("n1", "n2 n3").node("n2", "n1 n4 n5").node("n3", "n1 n6").node("n4", "n2").node("n5", "n2")
        .node("n6", "n3");

    @Test
    void shouldDrawEachNodeBelowTheOneThatPushesToIt() {
        assertEquals("""
            n1
            |-- n2
            |   |-- n4
            |   `-- n5
            `-- n3
                `-- n6
            """, TreeText.print(SIX.view("n1")));
        assertEquals("""
            n4
            `-- n2
                |-- n1
                |   `-- n3
                |       `-- n6
                `-- n5
            """, TreeText.brief(SIX.tree("n4")));
    }

    @Test
    void shouldTellAllKindsOfLinksAndNodes() {
        assertEquals("""
            n1  (eager, no answer: n4; lazy: n5)
            |-- n2  (also eager: n3)
            |   `-- n6  (eager, no answer: stranger; lazy: n3)
            `-- n3  (also eager: n2; lazy: n6)
            down: n4, n8
            no member, not asked: stranger
            not in the tree:
              n5  (eager: n7; lazy: n1, n3)
              n7  (eager: n5)
            """, TreeText.print(Views.mixed().view("n1")));
    }

    @Test
    void shouldLeaveLazyLinksOutInBrief() {
        assertEquals("""
            n1
            |-- n2  (also eager: n3)
            |   `-- n6
            `-- n3  (also eager: n2)
            down: n4, n8
            no member, not asked: stranger
            not in the tree: n5, n7
            """, TreeText.brief(Views.mixed().tree("n1")));
    }

    @Test
    void shouldShowARootThatIsDown() {
        assertEquals("""
            n8  (down)
            down: n4
            no member, not asked: stranger
            not in the tree:
              n1  (eager: n2, n3; eager, no answer: n4; lazy: n5)
              n2  (eager: n1, n3, n6)
              n3  (eager: n1, n2; lazy: n6)
              n5  (eager: n7; lazy: n1, n3)
              n6  (eager: n2; eager, no answer: stranger; lazy: n3)
              n7  (eager: n5)
            """, TreeText.print(Views.mixed().view("n8")));
    }

    @Test
    void shouldSayThatTheRootIsNoMember() {
        assertEquals("""
            nobody
            not in the tree:
              a  (eager: b)
              b  (lazy: a)
            nobody is not among the members
            """, TreeText.print(new Views().node("a", "b").node("b", "", "a").view("nobody")));
    }

    @Test
    void shouldShowANodeThatIsAlone() {
        assertEquals("a\n", TreeText.print(new Views().node("a", "").view("a")));
        assertEquals("a\n", TreeText.print(new Views().node("a", "a", "a").view("a")));
    }

    @Test
    void shouldShowThatAllAreDown() {
        assertEquals("a  (down)\ndown: b, c\n", TreeText.print(new Views().down("a b c").view("a")));
    }

    @Test
    void shouldCountPeersWhereThereAreMany() {
        final String text = TreeText.print(Views.heap(64).view("n0"));
        assertEquals(64, text.lines().count());
        assertTrue(text.startsWith(
            "n0  (lazy: n10, n11, n12, n13, n14, n15, n16, n17 and 52 more)\n|-- n1  (lazy: "), text);
    }
}
