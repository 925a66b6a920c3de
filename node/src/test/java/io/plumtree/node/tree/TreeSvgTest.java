package io.plumtree.node.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads each drawing as XML and measures it. */
class TreeSvgTest {
    private static final String LONG = "x".repeat(64);

    private static Document parse(final String svg) throws Exception {
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> elements(final Element parent, final String name) {
        final List<Element> elements = new ArrayList<>();
        final NodeList nodes = parent.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static int number(final Element element, final String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private static List<Element> nodes(final Element svg) {
        return elements(svg, "g").stream().filter(group -> group.hasAttribute("data-node")).toList();
    }

    private static String className(final Element svg, final String node) {
        return nodes(svg).stream().filter(group -> group.getAttribute("data-node").equals(node)).findFirst()
            .orElseThrow().getAttribute("class");
    }

    /** All that holds of each drawing; returns it. */
    private static Element check(final Views views, final String root) throws Exception {
        final String text = TreeSvg.print(views.view(root));
        final Element svg = parse(text).getDocumentElement();
        final BroadcastTree tree = views.tree(root);
        assertEquals(tree.nodes().stream().map(Object::toString).toList(),
            nodes(svg).stream().map(node -> node.getAttribute("data-node")).sorted().toList());
        assertEquals(
            tree.links().stream().map(link -> "link " + link.kindName() + " " + link.from() + " " + link.to()).sorted()
                .toList(),
            elements(svg, "path").stream().filter(path -> path.hasAttribute("data-from")).map(path ->
                path.getAttribute("class") + " " + path.getAttribute("data-from") + " " + path.getAttribute("data-to"))
                .sorted().toList());
        checkPlaces(svg);
        assertFalse(text.contains("<script") || text.contains("href") || text.contains("@import")
            || text.replace("http://www.w3.org/2000/svg", "").contains("http"), text);
        return svg;
    }

    private static void checkPlaces(final Element svg) {
        final String[] viewBox = svg.getAttribute("viewBox").split(" ");
        final int width = Integer.parseInt(viewBox[2]);
        final int height = Integer.parseInt(viewBox[3]);
        final List<Element> boxes = new ArrayList<>();
        for (final Element group : nodes(svg)) {
            final Element box = elements(group, "rect").get(0);
            final Element label = elements(group, "text").get(0);
            assertEquals(group.getAttribute("data-node"), label.getTextContent());
            assertTrue(number(label, "x") > number(box, "x"));
            assertTrue(number(label, "x") + number(label, "textLength") < number(box, "x") + number(box, "width"));
            assertTrue(number(label, "textLength") >= 7 * label.getTextContent().length());
            boxes.add(box);
        }
        for (final Element box : boxes) {
            assertTrue(number(box, "x") >= 0 && number(box, "x") + number(box, "width") <= width);
            assertTrue(number(box, "y") >= 0 && number(box, "y") + number(box, "height") <= height);
            for (final Element other : boxes) {
                assertTrue(box == other || areApart(box, other), () -> "overlap at " + box.getAttribute("x") + ", "
                    + box.getAttribute("y") + " of drawing " + svg.getAttribute("viewBox"));
            }
        }
        for (final Element text : elements(svg, "text")) {
            assertTrue(number(text, "x") + number(text, "textLength") <= width, text::getTextContent);
            assertTrue(number(text, "y") < height, text::getTextContent);
        }
        for (final Element path : elements(svg, "path")) {
            if (path.hasAttribute("data-from")) {
                final String[] numbers = path.getAttribute("d").split("[MC ]+");
                for (int i = 1; i < numbers.length; i += 2) {
                    assertTrue(Integer.parseInt(numbers[i]) >= 0 && Integer.parseInt(numbers[i]) <= width,
                        () -> path.getAttribute("d"));
                    assertTrue(Integer.parseInt(numbers[i + 1]) <= height, () -> path.getAttribute("d"));
                }
            }
        }
    }

    private static boolean areApart(final Element a, final Element b) {
        return number(a, "x") + number(a, "width") <= number(b, "x")
            || number(b, "x") + number(b, "width") <= number(a, "x")
            || number(a, "y") + number(a, "height") <= number(b, "y")
            || number(b, "y") + number(b, "height") <= number(a, "y");
    }

    @Test
    void shouldTellAllKindsOfLinksAndNodes() throws Exception {
        final Element svg = check(Views.mixed(), "n1");
        assertEquals("node reached root", className(svg, "n1"));
        assertEquals("node reached", className(svg, "n6"));
        assertEquals("node unreached", className(svg, "n5"));
        assertEquals("node down", className(svg, "n4"));
        assertEquals("node stranger", className(svg, "stranger"));
        assertEquals("Tree of n1: 4 of 9 nodes reached, 2 down", elements(svg, "title").get(0).getTextContent());
    }

    @Test
    void shouldMarkTheEndsToWhichSpareLinksPush() throws Exception {
        final Element oneWay = check(new Views().node("a", "b c").node("b", "a", "c").node("c", "a b"), "a");
        final Element spare = elements(oneWay, "path").stream()
            .filter(path -> path.getAttribute("class").equals("link spare")).findFirst().orElseThrow();
        assertEquals("c", spare.getAttribute("data-from"));
        final String end = spare.getAttribute("d").replaceAll(".* (\\d+ \\d+)$", "M$1l");
        assertEquals(1, heads(oneWay).stream().filter(head -> head.startsWith(end)).count());
        assertEquals(2, heads(oneWay).size(), "one, and the legend's");
        assertEquals(3, heads(check(new Views().node("a", "b c").node("b", "a c").node("c", "a b"), "a")).size());
    }

    private static List<String> heads(final Element svg) {
        return elements(svg, "path").stream().filter(path -> path.getAttribute("class").equals("head"))
            .map(path -> path.getAttribute("d")).toList();
    }

    @Test
    void shouldHaveALegendForEachKindOfLink() throws Exception {
        final Element legend = elements(check(Views.mixed(), "n1"), "g").stream()
            .filter(group -> group.getAttribute("class").equals("legend")).findFirst().orElseThrow();
        assertEquals(List.of("link tree", "link spare", "link silent", "link lazy"),
            elements(legend, "path").stream().map(path -> path.getAttribute("class"))
                .filter(name -> name.startsWith("link")).toList());
        assertEquals(4, elements(legend, "text").size());
    }

    @Test
    void shouldDrawWhateverTheTreeIsLike() throws Exception {
        check(new Views().node("a", ""), "a");
        check(new Views().node("a", "a", "a"), "a");
        check(new Views().down("a b c"), "a");
        check(new Views(), "nobody");
        assertEquals("node stranger root", className(check(new Views().node("a", "b").node("b", "a"), "c"), "c"));
        assertEquals("node down root", className(check(Views.mixed(), "n8"), "n8"));
        check(new Views().node("a", "b d").node("b", "a c").node("c", "b d").node("d", "c a"), "a");
        check(Views.heap(64), "n0");
        check(Views.heap(64), "n63");
        check(Views.heap(64), "nobody");
    }

    @Test
    void shouldHaveRoomForTheLongestNamesAndTheDeepestTree() throws Exception {
        check(new Views().node(LONG, "a").node("a", LONG + " b", LONG + "").down(LONG.replace('x', 'W')), LONG);
        final Views chain = new Views();
        for (int i = 0; i < 64; i++) {
            chain.node("node-" + i + "-" + LONG.substring(10), "node-" + (i + 1) + "-" + LONG.substring(10));
        }
        check(chain, "node-0-" + LONG.substring(10));
    }

    @Test
    void shouldSayThatTheRootIsNoMember() throws Exception {
        assertEquals("Tree of c: 0 of 2 nodes reached; the root is not among the members",
            elements(check(new Views().node("a", ""), "c"), "title").get(0).getTextContent());
    }
}
