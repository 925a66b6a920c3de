package io.plumtree.node.simulate;

import io.plumtree.node.report.BarPlot;
import io.plumtree.node.report.LinePlot;
import io.plumtree.node.report.Markup;
import io.plumtree.node.report.Page;
import io.plumtree.node.report.Series;
import io.plumtree.simulator.RunResult;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The figures and plots as a page that is complete in itself.
 */
final class SimulationHtml {
    private static final Function<RunResult, double[]> REDUNDANCIES = run -> run.details().redundancyByMessage();
    private static final int[] BIN_WIDTHS_MS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};
    private static final int MAX_BINS = 80;
    /** Of the deliveries, so many are shown in their distribution; a few that are far out would squeeze the others. */
    private static final double SHOWN = 0.999;
    private static final double PERCENT = 100;
    private static final String WARMUP = "warm-up";
    private static final String MESSAGE = "message";

    private final Markup out = new Markup();
    private final List<Configuration> configurations;

    private SimulationHtml(final List<Configuration> configurations) {
        this.configurations = configurations;
    }

    /**
     * The page.
     *
     * @param configurations one, or two to compare.
     * @return an HTML document.
     */
    static String print(final List<Configuration> configurations) {
        return new SimulationHtml(configurations).print();
    }

    private boolean isComparison() {
        return configurations.size() > 1;
    }

    private boolean hasSeveralRuns() {
        return configurations.get(0).runs().size() > 1;
    }

    private static String style(final Configuration configuration) {
        return configuration.name().toLowerCase(Locale.ROOT);
    }

    private String print() {
        out.raw(Page.begin("Plumtree: a simulation"));
        configurations.forEach(this::heading);
        table();
        out.raw("<section class=\"plots\">\n");
        redundancy();
        redundancyAfterWarmup();
        reliability();
        latency();
        lastHop();
        eagerDegrees();
        return out.raw("</section>\n").raw(Page.END).toString();
    }

    private void heading(final Configuration configuration) {
        if (isComparison()) {
            out.raw("<p>").raw(key(configuration));
        } else {
            out.raw("<p>");
        }
        out.raw(Markup.escape(ScenarioText.words(configuration.scenario())))
            .raw("<br/><code class=\"faint\">./plumtree simulate")
            .raw(Markup.escape(ScenarioText.flags(configuration.scenario()))).raw("</code></p>\n");
    }

    // ---- the table

    private void table() {
        out.raw("<div class=\"scroll\"><table>\n");
        if (isComparison() || hasSeveralRuns()) {
            tableHead();
        }
        out.raw("<tbody>\n");
        for (final RunFigure figure : RunFigure.values()) {
            if (configurations.stream().anyMatch(figure::isOf)) {
                row(figure);
            }
        }
        out.raw("</tbody>\n</table></div>\n");
    }

    private void tableHead() {
        out.raw("<thead><tr><th></th>");
        for (final Configuration configuration : configurations) {
            out.raw("<th>").raw(isComparison() ? key(configuration) : "")
                .raw(hasSeveralRuns() ? "mean" : "").raw("</th>");
            if (hasSeveralRuns()) {
                out.raw("<th>min to max</th>");
            }
        }
        out.raw(isComparison() ? "<th>B/A</th>" : "").raw("</tr></thead>\n");
    }

    private static String key(final Configuration configuration) {
        return "<span class=\"key " + style(configuration) + "\">" + configuration.name() + "</span>";
    }

    private void row(final RunFigure figure) {
        out.raw(figure.isOfSimulator() ? "<tr class=\"simulator\">" : "<tr>")
            .raw("<th>" + Markup.escape(figure.label()) + (figure.isSum() && hasSeveralRuns() ? " (sum)" : "")
                + "</th>");
        for (final Configuration configuration : configurations) {
            out.raw("<td class=\"value\">" + figure.text(figure.overall(configuration)) + "</td>");
            if (hasSeveralRuns()) {
                out.raw("<td class=\"range\">" + (figure.isOf(configuration)
                    ? figure.text(figure.least(configuration)) + " to " + figure.text(figure.greatest(configuration))
                    : "-") + "</td>");
            }
        }
        if (isComparison()) {
            out.raw("<td>" + figure.ratio(configurations.get(0), configurations.get(1)) + "</td>");
        }
        out.raw("</tr>\n");
    }

    // ---- the plots

    private void figure(final String title, final String words, final String plot) {
        out.raw(Page.figure(title, words, plot));
    }

    private String band() {
        return hasSeveralRuns() ? " Line: mean; band: all seeds." : "";
    }

    private List<Series> byMessage(final Function<RunResult, double[]> values, final boolean isMeasuredOnly) {
        return configurations.stream().map(configuration -> {
            final int first = isMeasuredOnly ? configuration.warmup(values.apply(configuration.runs().get(0)).length)
                : 0;
            return Series.of(configuration.name(), style(configuration), first + 1, configuration.runs().stream()
                .map(values).map(all -> Arrays.copyOfRange(all, first, all.length)).toList());
        }).toList();
    }

    /** Where the warm-up ends; the configurations' are the same, or none can be shaded. */
    private LinePlot shaded(final LinePlot plot, final Function<RunResult, double[]> values) {
        final List<Integer> warmups = configurations.stream()
            .map(configuration -> configuration.warmup(values.apply(configuration.runs().get(0)).length)).distinct()
            .toList();
        return warmups.size() == 1 && warmups.get(0) > 0 ? plot.shadeUntil(warmups.get(0) + 0.5, WARMUP) : plot;
    }

    private void redundancy() {
        final String title = "Redundancy by message";
        figure(title, "Payloads received that were not needed, a delivery." + band(),
            shaded(new LinePlot(title, MESSAGE, "redundancy", byMessage(REDUNDANCIES, false)),
                REDUNDANCIES).print());
    }

    private void redundancyAfterWarmup() {
        final String title = "Redundancy after the warm-up";
        figure(title, "The same, of the messages that are measured." + band(),
            new LinePlot(title, MESSAGE, "redundancy", byMessage(REDUNDANCIES, true)).print());
    }

    private void reliability() {
        final String title = "Reliability by message";
        final Function<RunResult, double[]> values = run ->
            Arrays.stream(run.details().reliabilityByMessage()).map(share -> share * PERCENT).toArray();
        figure(title, "Share of the living nodes connected to the sender that got the message." + band(),
            shaded(new LinePlot(title, MESSAGE, "% reached", byMessage(values, false)).upTo(PERCENT), values).print());
    }

    private void lastHop() {
        final String title = "Last hop by message";
        final Function<RunResult, double[]> values = run ->
            Arrays.stream(run.details().lastHopByMessage()).asDoubleStream().toArray();
        figure(title, "Hops of the delivery that took most." + band(),
            shaded(new LinePlot(title, MESSAGE, "hops", byMessage(values, false)).whole(), values).print());
    }

    private void eagerDegrees() {
        final String title = "Eager peers";
        final BarPlot plot = BarPlot.ofNumbers(title, "eager peers", "% of nodes");
        for (final Configuration configuration : configurations) {
            final int most = configuration.runs().stream().mapToInt(run -> run.details().eagerDegrees().length).max()
                .orElse(0);
            final double[] sums = new double[most];
            configuration.runs().forEach(run -> {
                for (int i = 0; i < run.details().eagerDegrees().length; i++) {
                    sums[i] += run.details().eagerDegrees()[i];
                }
            });
            plot.bars(configuration.name(), style(configuration), percent(sums, Arrays.stream(sums).sum()));
        }
        figure(title, "Of each living node at the end, in the tree of the last sender.", plot.print());
    }

    private void latency() {
        final List<long[]> histograms = configurations.stream().map(SimulationHtml::histogram).toList();
        double most = 1;
        double left = 0;
        for (int i = 0; i < configurations.size(); i++) {
            final Configuration configuration = configurations.get(i);
            most = Math.max(most, quantile(histograms.get(i), SHOWN) + 1);
            for (final RunFigure mark : List.of(RunFigure.LATENCY_P99, RunFigure.FLOOD_P99)) {
                final double place = mark.overall(configuration);
                most = Double.isFinite(place) ? Math.max(most, place) : most;
            }
        }
        final double end = most;
        final int width = Arrays.stream(BIN_WIDTHS_MS).filter(each -> end / each <= MAX_BINS).findFirst()
            .orElse((int) Math.ceil(end / MAX_BINS));
        final int bins = (int) Math.ceil(most / width);
        final String title = "Latency of deliveries";
        final BarPlot plot = BarPlot.histogram(
            title, "ms from broadcast to delivery", "% of deliveries, by " + width + " ms", width);
        for (int i = 0; i < configurations.size(); i++) {
            final Configuration configuration = configurations.get(i);
            final long[] histogram = histograms.get(i);
            final double total = Arrays.stream(histogram).sum();
            final double[] sums = new double[bins];
            for (int slot = 0; slot < Math.min(histogram.length, (long) bins * width); slot++) {
                sums[slot / width] += histogram[slot];
            }
            left = Math.max(left, total == 0 ? 0 : 1 - Arrays.stream(sums).sum() / total);
            plot.bars(configuration.name(), style(configuration), percent(sums, total));
            final String prefix = isComparison() ? configuration.name() + " " : "";
            mark(plot, configuration, RunFigure.LATENCY_P50, prefix + "p50");
            mark(plot, configuration, RunFigure.LATENCY_P99, prefix + "p99");
            mark(plot, configuration, RunFigure.FLOOD_P99, prefix + "flooding's p99");
        }
        figure(title, "After the warm-up; time is virtual." + (left > 0 ? String.format(Locale.ROOT,
            " Not shown: %s %% that took longer.", left < 0.0001 ? "less than 0.01" : String.format(
                Locale.ROOT, "%.2f", left * PERCENT)) : ""), plot.print());
    }

    private static void mark(
        final BarPlot plot, final Configuration configuration, final RunFigure figure, final String label) {
        final double place = figure.overall(configuration);
        plot.mark(place, label + " " + figure.text(place),
            style(configuration) + (figure == RunFigure.FLOOD_P99 ? " flood" : ""));
    }

    private static long[] histogram(final Configuration configuration) {
        final int slots = configuration.runs().stream().mapToInt(run -> run.details().latencyHistogramMs().length).max()
            .orElse(0);
        final long[] sum = new long[slots];
        configuration.runs().forEach(run -> {
            for (int i = 0; i < run.details().latencyHistogramMs().length; i++) {
                sum[i] += run.details().latencyHistogramMs()[i];
            }
        });
        return sum;
    }

    /** The first slot up to which so large a share is. */
    private static int quantile(final long[] histogram, final double share) {
        final double enough = Arrays.stream(histogram).sum() * share;
        double sum = 0;
        for (int i = 0; i < histogram.length; i++) {
            sum += histogram[i];
            if (sum >= enough) {
                return i;
            }
        }
        return 0;
    }

    private static double[] percent(final double[] values, final double total) {
        return Arrays.stream(values).map(value -> total == 0 ? 0 : value / total * PERCENT).toArray();
    }
}
