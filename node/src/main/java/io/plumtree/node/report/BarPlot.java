package io.plumtree.node.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Bars over bins of equal width. Bars of several series stand side by side, or, where there are many bins, one behind
 * the other, seen through.
 */
public final class BarPlot {
    private static final int X_TICKS = 12;
    private static final int Y_TICKS = 5;
    private static final int MARK_HEIGHT = 13;
    /** Share of a bin that stays empty between bars side by side. */
    private static final double GAP = 0.2;

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final double from;
    private final double binWidth;
    private final boolean isSideBySide;
    private final List<Bars> series = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    private record Bars(String name, String style, double[] heights) {
    }

    private record Mark(double place, String label, String style) {
    }

    private BarPlot(
        final String title,
        final String xLabel,
        final String yLabel,
        final double from,
        final double binWidth,
        final boolean isSideBySide) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.from = from;
        this.binWidth = binWidth;
        this.isSideBySide = isSideBySide;
    }

    /**
     * A bar for each whole number from 0 on, centred on it.
     *
     * @param title  what the plot shows.
     * @param xLabel what is from left to right, and its unit.
     * @param yLabel what is from bottom to top, and its unit.
     * @return a plot without bars.
     */
    public static BarPlot ofNumbers(final String title, final String xLabel, final String yLabel) {
        return new BarPlot(title, xLabel, yLabel, -0.5, 1, true);
    }

    /**
     * A distribution from 0 on.
     *
     * @param title    what the plot shows.
     * @param xLabel   what is from left to right, and its unit.
     * @param yLabel   what is from bottom to top, and its unit.
     * @param binWidth width of each bin.
     * @return a plot without bars.
     */
    public static BarPlot histogram(
        final String title, final String xLabel, final String yLabel, final double binWidth) {
        return new BarPlot(title, xLabel, yLabel, 0, binWidth, false);
    }

    /**
     * Adds a series.
     *
     * @param name    what the legend says.
     * @param style   class of what is drawn.
     * @param heights height of each bar.
     * @return this.
     */
    public BarPlot bars(final String name, final String style, final double[] heights) {
        series.add(new Bars(name, style, heights.clone()));
        return this;
    }

    /**
     * Marks a place.
     *
     * @param place the place.
     * @param label says what is there.
     * @param style class of what is drawn.
     * @return this.
     */
    public BarPlot mark(final double place, final String label, final String style) {
        if (Double.isFinite(place)) {
            marks.add(new Mark(place, label, style));
        }
        return this;
    }

    /**
     * Draws it.
     *
     * @return an {@code svg} element.
     */
    public String print() {
        final int bins = Math.max(1, series.stream().mapToInt(bars -> bars.heights.length).max().orElse(0));
        double highest = 0;
        for (final Bars bars : series) {
            for (final double height : bars.heights) {
                highest = Math.max(highest, height);
            }
        }
        // Room above the bars for what the marks say.
        highest *= 1 / (1 - Math.min(0.5, (double) marks.size() * MARK_HEIGHT / (PlotFrame.BOTTOM - PlotFrame.TOP)));
        final Axis x = Axis.exactly(xLabel, from, from + bins * binWidth, X_TICKS, true);
        final PlotFrame frame = new PlotFrame(title, x, Axis.rounded(yLabel, 0, highest, Y_TICKS, false));
        frame.grid();
        for (int i = series.size() - 1; i >= 0; i--) {
            draw(frame, i);
        }
        frame.base();
        marks.sort(Comparator.comparingDouble(Mark::place));
        for (final Mark mark : marks) {
            frame.out().line("<path class=\"mark %s\" d=\"M%.1f %dV%d\"/>", mark.style, frame.x(mark.place),
                PlotFrame.TOP, PlotFrame.BOTTOM);
        }
        for (int i = 0; i < marks.size(); i++) {
            label(frame, marks.get(i), PlotFrame.TOP + (i + 1) * MARK_HEIGHT);
        }
        return frame.end(
            series.stream().map(Bars::name).toList(), series.stream().map(Bars::style).toList());
    }

    private void draw(final PlotFrame frame, final int index) {
        final Bars bars = series.get(index);
        final double margin = isSideBySide ? GAP / 2 * binWidth : 0;
        final double width = isSideBySide ? (binWidth - 2 * margin) / series.size() : binWidth;
        final double shift = isSideBySide ? margin + index * width : 0;
        for (int i = 0; i < bars.heights.length; i++) {
            if (bars.heights[i] > 0) {
                final double left = frame.x(from + i * binWidth + shift);
                final double right = frame.x(from + i * binWidth + shift + width);
                final double top = frame.y(bars.heights[i]);
                frame.out().line("<rect class=\"%s %s\" x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\"/>",
                    isSideBySide ? "bar" : "bin", bars.style, left, top, Math.max(0.5, right - left),
                    PlotFrame.BOTTOM - top);
            }
        }
    }

    private static void label(final PlotFrame frame, final Mark mark, final double labelY) {
        final double place = frame.x(mark.place);
        final boolean isLeft = place > (PlotFrame.LEFT + PlotFrame.RIGHT) / 2.0;
        frame.out().line("<text class=\"note halo\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
            isLeft ? "end" : "start", isLeft ? place - 4 : place + 4, labelY - 2, Markup.escape(mark.label));
    }
}
