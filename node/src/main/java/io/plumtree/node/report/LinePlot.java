package io.plumtree.node.report;

import java.util.List;
import java.util.Locale;

/** Lines, each with a band between its bounds. */
public final class LinePlot {
    private static final int X_TICKS = 10;
    private static final int Y_TICKS = 5;
    /** Of what is less than this part of the greatest value, only that it is can be seen. */
    private static final double MOST_DECADES = 1e6;

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Series> series;
    private double shadeTo;
    private String shadeLabel;
    private boolean isFromZero = true;
    private double atMost = Double.POSITIVE_INFINITY;
    private boolean isWhole;
    private boolean isOfPercentiles;

    /**
     * Of some series.
     *
     * @param title  what the plot shows.
     * @param xLabel what is from left to right, and its unit.
     * @param yLabel what is from bottom to top, and its unit.
     * @param series what is drawn; the first is on top.
     */
    public LinePlot(final String title, final String xLabel, final String yLabel, final List<Series> series) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.series = List.copyOf(series);
    }

    /**
     * Shades what is left of a place.
     *
     * @param place the place.
     * @param label says why.
     * @return this.
     */
    public LinePlot shadeUntil(final double place, final String label) {
        shadeTo = place;
        shadeLabel = label;
        return this;
    }

    /**
     * Begins y where the values do, rather than at 0, and ends it at a value that is the most there can be.
     *
     * @param most the value.
     * @return this.
     */
    public LinePlot upTo(final double most) {
        isFromZero = false;
        atMost = most;
        return this;
    }

    /**
     * Has whole numbers only at the ticks of y.
     *
     * @return this.
     */
    public LinePlot whole() {
        isWhole = true;
        return this;
    }

    /**
     * Has percentiles from left to right, as shares of 1, each nine as wide as the one before, and what they are of on
     * a logarithmic scale.
     *
     * @return this.
     */
    public LinePlot ofPercentiles() {
        isOfPercentiles = true;
        return this;
    }

    /**
     * Draws it.
     *
     * @return an {@code svg} element.
     */
    public String print() {
        final PlotFrame frame = new PlotFrame(title, xAxis(), yAxis());
        if (shadeLabel != null) {
            frame.shade(xAxis().min(), shadeTo, shadeLabel);
        }
        frame.grid();
        for (int i = series.size() - 1; i >= 0; i--) {
            draw(frame, series.get(i));
        }
        frame.base();
        return frame.end(
            series.stream().map(Series::name).toList(), series.stream().map(Series::style).toList());
    }

    private Axis xAxis() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (final Series one : series) {
            if (one.x().length > 0) {
                low = Math.min(low, one.x()[0]);
                high = Math.max(high, one.x()[one.x().length - 1]);
            }
        }
        if (isOfPercentiles) {
            return Axis.percentiles(xLabel, high);
        }
        return low > high ? Axis.exactly(xLabel, 0, 1, X_TICKS, true)
            : Axis.exactly(xLabel, low, high, X_TICKS, true);
    }

    private Axis yAxis() {
        double low = isFromZero ? 0 : atMost;
        double high = isFromZero ? 0 : atMost;
        if (isOfPercentiles) {
            low = Double.POSITIVE_INFINITY;
        }
        for (final Series one : series) {
            for (int i = 0; i < one.x().length; i++) {
                if (!Double.isNaN(one.mean()[i])) {
                    low = Math.min(low, one.low()[i]);
                    high = Math.max(high, one.high()[i]);
                }
            }
        }
        if (isOfPercentiles) {
            return high > 0 ? Axis.logarithmic(yLabel, Math.max(low, high / MOST_DECADES), high)
                : Axis.logarithmic(yLabel, 1, 1);
        }
        if (low == high && !isFromZero) {
            low = high - high / 100;
        }
        return Axis.rounded(yLabel, low, high, Y_TICKS, isWhole);
    }

    private static void draw(final PlotFrame frame, final Series one) {
        if (one.hasBand()) {
            frame.out().line("<path class=\"band %s\" d=\"%s\"/>", one.style(), band(frame, one));
        }
        frame.out().line("<path class=\"curve %s\" d=\"%s\"/>", one.style(), curve(frame, one));
    }

    private static String curve(final PlotFrame frame, final Series one) {
        final StringBuilder path = new StringBuilder("M0 0");
        boolean isDrawing = false;
        for (int i = 0; i < one.x().length; i++) {
            if (Double.isNaN(one.mean()[i])) {
                isDrawing = false;
            } else {
                point(path, isDrawing ? 'L' : 'M', frame.x(one.x()[i]), frame.y(one.mean()[i]));
                isDrawing = true;
            }
        }
        return path.toString();
    }

    private static String band(final PlotFrame frame, final Series one) {
        final StringBuilder path = new StringBuilder("M0 0");
        int from = 0;
        while (from < one.x().length) {
            int to = from;
            while (to < one.x().length && !Double.isNaN(one.mean()[to])) {
                point(path, to == from ? 'M' : 'L', frame.x(one.x()[to]), frame.y(one.high()[to]));
                to++;
            }
            for (int i = to - 1; i >= from; i--) {
                point(path, 'L', frame.x(one.x()[i]), frame.y(one.low()[i]));
            }
            if (to > from) {
                path.append('Z');
            }
            from = to + 1;
        }
        return path.toString();
    }

    private static void point(final StringBuilder path, final char command, final double x, final double y) {
        path.append(String.format(Locale.ROOT, "%s%.1f %.1f", command, x, y));
    }
}
