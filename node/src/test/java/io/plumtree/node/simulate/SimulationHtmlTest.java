package io.plumtree.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.simulator.RunResult;
import io.plumtree.simulator.Scenario;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads each page as XML, which it is, too. */
class SimulationHtmlTest {
    private static final int PLOTS = 6;

    private static List<Element> elements(final Element parent, final String name) {
        final List<Element> elements = new ArrayList<>();
        final NodeList nodes = parent.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<Element> elements(final Element parent, final String name, final String style) {
        return elements(parent, name).stream().filter(element -> element.getAttribute("class").equals(style)).toList();
    }

    /** All that holds of each page; returns it. */
    private static Element check(final Configuration... configurations) throws Exception {
        final String html = SimulationHtml.print(List.of(configurations));
        final Element page = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(html))).getDocumentElement();
        assertFalse(html.contains("<script") || html.contains("href") || html.contains("@import")
            || html.contains("url(") || html.replace("http://www.w3.org/1999/xhtml", "").contains("http"), html);
        assertFalse(html.contains("NaN") || html.contains("Infinity"), html);
        assertEquals(PLOTS, elements(page, "svg").size());
        for (final Element svg : elements(page, "svg")) {
            checkPlaces(svg);
        }
        return page;
    }

    private static void checkPlaces(final Element svg) {
        final String[] viewBox = svg.getAttribute("viewBox").split(" ");
        final double width = Double.parseDouble(viewBox[2]);
        final double height = Double.parseDouble(viewBox[3]);
        for (final Element rect : elements(svg, "rect")) {
            final double x = Double.parseDouble(rect.getAttribute("x"));
            final double y = Double.parseDouble(rect.getAttribute("y"));
            assertTrue(x >= 0 && x + Double.parseDouble(rect.getAttribute("width")) <= width);
            assertTrue(y >= 0 && y + Double.parseDouble(rect.getAttribute("height")) <= height);
        }
        for (final Element text : elements(svg, "text")) {
            final double x = Double.parseDouble(text.getAttribute("x"));
            assertTrue(x >= 0 && x <= width, text::getTextContent);
            assertTrue(Double.parseDouble(text.getAttribute("y")) <= height, text::getTextContent);
        }
        assertTrue(elements(svg, "text", "tick").size() > 3, "has ticks");
        assertTrue(elements(svg, "text", "label").size() >= 2, "names both axes");
    }

    private static Configuration configuration(
        final String name, final Scenario scenario, final RunResult... runs) {
        return new Configuration(name, scenario, List.of(runs));
    }

    private static Element plot(final Element page, final String title) {
        return elements(page, "svg").stream().filter(svg -> svg.getAttribute("aria-label").equals(title)).findFirst()
            .orElseThrow();
    }

    @Test
    void shouldShowOneConfigurationWithoutALegend() throws Exception {
        final Element page = check(configuration("A", MadeUp.scenario(), MadeUp.run(1, 1)));
        assertTrue(page.getTextContent().contains("./plumtree simulate --nodes 100 --messages 2 --warmup 1"));
        assertEquals(0, elements(page, "span", "key a").size());
        assertEquals(0, elements(page, "rect", "swatch a").size());
        assertEquals(4, elements(page, "path", "curve a").size());
        assertEquals(0, elements(page, "path", "band a").size());
        assertEquals(3, elements(plot(page, "Redundancy by message"), "path", "curve a").get(0).getAttribute("d")
            .substring("M0 0".length()).split("[ML]").length - 1);
    }

    @Test
    void shouldLayTwoConfigurationsOverEachOtherWithALegend() throws Exception {
        final Element page = check(
            configuration("A", MadeUp.scenario().seeds(2), MadeUp.run(1, 1), MadeUp.run(2, 2)),
            configuration("B", MadeUp.scenario().seeds(2), MadeUp.run(1, 3), MadeUp.run(2, 2)));
        for (final String name : List.of("a", "b")) {
            assertEquals(PLOTS, elements(page, "rect", "swatch " + name).size());
            assertEquals(4, elements(page, "path", "curve " + name).size());
            assertTrue(elements(page, "path", "band " + name).size() > 0);
            assertEquals(3, elements(plot(page, "Eager peers"), "rect", "bar " + name).size());
        }
    }

    @Test
    void shouldShadeTheWarmupUnlessThereIsNone() throws Exception {
        assertEquals(3, elements(check(configuration("A", MadeUp.scenario(), MadeUp.run(1, 1))), "rect", "shade")
            .size());
        assertEquals(0, elements(check(configuration("A", MadeUp.scenario().warmup(0).messages(3), MadeUp.run(1, 1))),
            "rect", "shade").size());
    }

    @Test
    void shouldMarkPercentilesAndSayWhatIsTooFarOutToShow() throws Exception {
        final Element page = check(configuration("A", MadeUp.scenario(), MadeUp.run(1, 1)));
        final String text = plot(page, "Latency of deliveries").getTextContent();
        assertTrue(text.contains("p50 100.0") && text.contains("p99 200.0") && text.contains("flooding's p99 180.0"),
            text);
        assertTrue(page.getTextContent().contains("Not shown: 0.07 % that took longer."));
    }

    @Test
    void shouldEscapeWhateverASettingHolds() throws Exception {
        final Element page = check(
            configuration("A", MadeUp.scenario().set("<b>&\"'\u001b</b>=]]>"), MadeUp.run(1, 1)));
        assertTrue(page.getTextContent().contains("--set '<b>&\"'\\''\ufffd</b>=]]>'"), page.getTextContent());
    }

    @Test
    void shouldDrawRunsWithNothingInThem() throws Exception {
        check(configuration("A", new Scenario(), new RunResult(
            1, 2, new RunResult.Quality(0, 0, 0, 0), new RunResult.Cost(0, 0, 0),
            new RunResult.Speed(0, 0, 0, Double.NaN, Double.NaN, 0, 0),
            new RunResult.Recovery(Double.NaN, -1, 0, 0, 0), new RunResult.Course(0, 0, 0, 0),
            new RunResult.Details(
                new double[0], new double[] {Double.NaN}, new double[0], new int[0], new long[0], new int[0],
                Map.of()))));
    }
}
