package io.plumtree.node.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import org.junit.jupiter.api.Test;

class TreeDotTest {
    private static final String HEAD = """
          rankdir=LR;
          node [shape=box, style=rounded, fontname="monospace"];
        """;

    @Test
    void shouldTellAllKindsOfLinksAndNodes() {
        assertEquals("""
            digraph "tree of n1" {
              rankdir=LR;
              node [shape=box, style=rounded, fontname="monospace"];
              "n1" [penwidth=2];
              "n2";
              "n3";
              "n4" [label="n4\\n(down)", style="rounded,dashed", color=gray50, fontcolor=gray50];
              "n5" [label="n5\\n(not in the tree)", style="rounded", color=gray50, fontcolor=gray50];
              "n6";
              "n7" [label="n7\\n(not in the tree)", style="rounded", color=gray50, fontcolor=gray50];
              "n8" [label="n8\\n(down)", style="rounded,dashed", color=gray50, fontcolor=gray50];
              "stranger" [label="stranger\\n(no member)", style="rounded,dotted", color=gray50, fontcolor=gray50];
              "n1" -> "n2" [style=solid, penwidth=2];
              "n1" -> "n3" [style=solid, penwidth=2];
              "n2" -> "n6" [style=solid, penwidth=2];
              "n2" -> "n3" [style=solid, color=darkorange, constraint=false, dir=both];
              "n5" -> "n7" [style=solid, color=darkorange, constraint=false, dir=both];
              "n1" -> "n4" [style=solid, color=gray50, constraint=false];
              "n6" -> "stranger" [style=solid, color=gray50, constraint=false];
              "n1" -> "n5" [style=dashed, color=gray50, arrowhead=open, constraint=false, dir=both];
              "n3" -> "n6" [style=dashed, color=gray50, arrowhead=open, constraint=false, dir=both];
              "n5" -> "n3" [style=dashed, color=gray50, arrowhead=open, constraint=false];
            }
            """, TreeDot.print(Views.mixed().view("n1")));
    }

    @Test
    void shouldQuoteNamesThatTheLanguageKnowsOrWouldReadAsSomethingElse() {
        final String dot = TreeDot.print(new Views().node("node", "graph 1.5 -x ..").node("graph", "").node("1.5", "")
            .node("-x", "").node("..", "").view("node"));
        for (final String line : dot.lines().skip(3).filter(text -> !text.equals("}")).toList()) {
            assertTrue(line.matches("  \"[A-Za-z0-9._-]+\"( -> \"[A-Za-z0-9._-]+\")?( \\[.*])?;"), line);
        }
        assertTrue(dot.contains("  \"node\" -> \"graph\" ["), dot);
    }

    /** Neither this nor the drawing escapes names. */
    @Test
    void shouldMeetNoNameThatNeedsEscaping() {
        for (final String character : "\" \\ < > & ' ; \n".split("(?<=.) ")) {
            assertThrows(IllegalArgumentException.class, () -> NodeId.of("a" + character), character);
        }
    }

    @Test
    void shouldDrawARootThatIsAloneAndOneThatIsDown() {
        assertEquals("digraph \"tree of a\" {\n" + HEAD + "  \"a\" [penwidth=2];\n}\n",
            TreeDot.print(new Views().node("a", "").view("a")));
        assertEquals("digraph \"tree of a\" {\n" + HEAD + "  \"a\" [penwidth=2, label=\"a\\n(down)\", "
            + "style=\"rounded,dashed\", color=gray50, fontcolor=gray50];\n}\n",
            TreeDot.print(new Views().down("a").view("a")));
    }
}
