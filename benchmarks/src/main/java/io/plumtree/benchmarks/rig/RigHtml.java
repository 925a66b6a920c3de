package io.plumtree.benchmarks.rig;

import io.plumtree.node.report.BarPlot;
import io.plumtree.node.report.LinePlot;
import io.plumtree.node.report.Markup;
import io.plumtree.node.report.Page;
import io.plumtree.node.report.Series;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** The figures as a page, with the latencies over the percentiles, or the throughput of each round. */
final class RigHtml {
    private static final double PERCENT = 100;
    private static final double US = 1e3;
    /** Places on the axis for each nine. */
    private static final int PLACES = 20;
    private static final int MOST_NINES = 6;
    private static final String TITLE = "Plumtree beside raw Aeron";

    private final Markup out = new Markup();
    private final String words;
    private final Comparison comparison;

    private RigHtml(final String words, final Comparison comparison) {
        this.words = words;
        this.comparison = comparison;
    }

    /**
     * The page.
     *
     * @param words      what was measured, and how.
     * @param comparison the figures.
     * @return an HTML document.
     */
    static String print(final String words, final Comparison comparison) {
        return new RigHtml(words, comparison).print();
    }

    private static String style(final NodesKind kind) {
        return kind == NodesKind.PLUMTREE ? "a" : "b";
    }

    private Stream<NodesKind> kinds() {
        return Stream.of(NodesKind.values()).filter(comparison::has);
    }

    private String print() {
        out.raw(Page.begin(TITLE));
        words.lines().forEach(line -> out.raw("<p>" + Markup.escape(line) + "</p>\n"));
        table();
        out.raw("<section class=\"plots\">\n");
        percentiles("Latency of deliveries", "From when each message was to be sent.", Measurement::each);
        percentiles("Latency of last deliveries", "Of each message, the one that came last.", Measurement::last);
        throughput();
        return out.raw("</section>\n").raw(Page.END).toString();
    }

    private void table() {
        out.raw("<div class=\"scroll\"><table>\n<thead><tr><th></th>");
        kinds().forEach(kind -> out.raw("<th><span class=\"key " + style(kind) + "\">" + kind.label()
            + "</span>median</th><th>min to max</th>"));
        out.raw(comparison.has(NodesKind.RAW) ? "<th>plumtree/raw</th><th>min to max</th>" : "")
            .raw("</tr></thead>\n<tbody>\n");
        for (final Figure figure : Figure.values()) {
            if (comparison.of(NodesKind.PLUMTREE, figure).isMeasured()) {
                row(figure);
            }
        }
        out.raw("</tbody>\n</table></div>\n");
    }

    private void row(final Figure figure) {
        out.raw("<tr><th>" + Markup.escape(figure.label()) + "</th>");
        kinds().forEach(kind -> cells(comparison.of(kind, figure), figure::text));
        if (comparison.has(NodesKind.RAW)) {
            cells(comparison.ratio(figure), RigTable::ratio);
        }
        out.raw("</tr>\n");
    }

    private void cells(final Spread spread, final Function<Double, String> text) {
        out.raw("<td class=\"value\">" + text.apply(spread.median()) + "</td><td class=\"range\">"
            + (spread.isMeasured() ? text.apply(spread.min()) + " to " + text.apply(spread.max()) : "-") + "</td>");
    }

    private void percentiles(final String title, final String what, final Function<Measurement, Histogram> times) {
        final List<Series> series = kinds()
            .filter(kind -> comparison.of(kind).anyMatch(one -> times.apply(one).getTotalCount() > 0))
            .map(kind -> series(kind, comparison.of(kind).map(times).toList()))
            .toList();
        if (!series.isEmpty()) {
            out.raw(Page.figure(title, what + band(),
                new LinePlot(title, "of deliveries", "us", series).ofPercentiles().print()));
        }
    }

    private String band() {
        return comparison.rounds().size() > 1 ? " Line: median; band: all rounds." : "";
    }

    /** As far to the right as the round with the fewest deliveries has any to tell of. */
    private static Series series(final NodesKind kind, final List<Histogram> rounds) {
        final double fewest = rounds.stream().mapToLong(Histogram::getTotalCount).min().orElse(0);
        final double nines = Math.max(1, Math.min(MOST_NINES, Math.log10(Math.max(1, fewest))));
        final int places = (int) (nines * PLACES) + 1;
        final Series series = new Series(kind.label(), style(kind), new double[places], new double[places],
            new double[places], new double[places]);
        for (int i = 0; i < places; i++) {
            final double share = 1 - Math.pow(10, -(double) i / PLACES);
            final Spread spread = Spread.of(rounds.stream()
                .mapToDouble(round -> round.getValueAtPercentile(share * PERCENT) / US));
            series.x()[i] = share;
            series.mean()[i] = spread.median();
            series.low()[i] = spread.min();
            series.high()[i] = spread.max();
        }
        return series;
    }

    private void throughput() {
        if (!comparison.of(NodesKind.PLUMTREE, Figure.DELIVERIES_PER_SECOND).isMeasured()) {
            return;
        }
        final String title = "Throughput by round";
        final BarPlot plot = BarPlot.ofNumbers(title, "round", "deliveries/s");
        kinds().forEach(kind -> plot.bars(kind.label(), style(kind), DoubleStream.concat(DoubleStream.of(0),
            comparison.of(kind).mapToDouble(Figure.DELIVERIES_PER_SECOND::of)).toArray()));
        out.raw(Page.figure(title, "At all nodes together, until every node had everything.", plot.print()));
    }
}
