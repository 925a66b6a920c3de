package io.plumtree.node.report;

import java.util.ArrayList;
import java.util.List;

/** What every plot has: its place on the page, axes, grid and legend. */
final class PlotFrame {
    static final int WIDTH = 560;
    static final int HEIGHT = 280;
    static final int LEFT = 58;
    static final int RIGHT = WIDTH - 18;
    static final int TOP = 38;
    static final int BOTTOM = HEIGHT - 44;
    private static final int SWATCH = 14;
    private static final int LEGEND_GAP = 18;
    /** About the width of a letter; only the legend's entries depend on it. */
    private static final double LETTER = 6.4;

    private final Axis x;
    private final Axis y;
    private final Markup out = new Markup();

    /**
     * Begins a plot.
     *
     * @param title for those who can't see it.
     * @param x     the axis from left to right.
     * @param y     the axis from bottom to top.
     */
    PlotFrame(final String title, final Axis x, final Axis y) {
        this.x = x;
        this.y = y;
        out.line("<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT,
            Markup.escape(title));
    }

    double x(final double value) {
        return LEFT + x.fraction(value) * (RIGHT - LEFT);
    }

    double y(final double value) {
        return BOTTOM - y.fraction(value) * (BOTTOM - TOP);
    }

    Markup out() {
        return out;
    }

    /** A range of x that something is said of. */
    void shade(final double from, final double to, final String label) {
        if (to <= from) {
            return;
        }
        out.line("<rect class=\"shade\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", x(from), TOP,
            x(to) - x(from), BOTTOM - TOP);
        out.line("<text class=\"note\" x=\"%.1f\" y=\"%d\">%s</text>", x(from), TOP - 5, Markup.escape(label));
    }

    /** Lines at the ticks of y; drawn before the data. */
    void grid() {
        for (final double tick : y.ticks()) {
            out.line("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y(tick), RIGHT);
            out.line("<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s</text>", LEFT - 7, y(tick) + 4,
                Markup.escape(y.text(tick)));
        }
        out.line("<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>", 4, 15, Markup.escape(y.label()));
    }

    /** The axis of x with its ticks; drawn after the data. */
    void base() {
        out.line("<path class=\"axis\" d=\"M%d %dH%d\"/>", LEFT, BOTTOM, RIGHT);
        for (final double tick : x.ticks()) {
            out.line("<path class=\"axis\" d=\"M%.1f %dv5\"/>", x(tick), BOTTOM);
            out.line("<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>", x(tick), BOTTOM + 18,
                Markup.escape(x.text(tick)));
        }
        out.line("<text class=\"label\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>", RIGHT, HEIGHT - 7,
            Markup.escape(x.label()));
    }

    /** Ends a plot with its legend, which is only there if there are several entries. */
    String end(final List<String> names, final List<String> styles) {
        if (names.size() > 1) {
            final List<Double> places = new ArrayList<>();
            double left = RIGHT;
            for (int i = names.size() - 1; i >= 0; i--) {
                left -= SWATCH + 5 + LETTER * names.get(i).length();
                places.add(0, left);
                left -= LEGEND_GAP;
            }
            for (int i = 0; i < names.size(); i++) {
                out.line("<rect class=\"swatch %s\" x=\"%.1f\" y=\"6\" width=\"%d\" height=\"10\" rx=\"2\"/>",
                    styles.get(i), places.get(i), SWATCH);
                out.line("<text class=\"label\" x=\"%.1f\" y=\"15\">%s</text>", places.get(i) + SWATCH + 5,
                    Markup.escape(names.get(i)));
            }
        }
        return out.line("</svg>").toString();
    }
}
