package io.plumtree.benchmarks.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as text: of each the median over the rounds, with the least and the greatest. */
final class RigTable {
    private static final int LABEL_WIDTH = 22;
    private static final int WIDTH = 12;

    private RigTable() {
    }

    /**
     * The table.
     *
     * @param words      what was measured, and how.
     * @param comparison the figures.
     * @return lines, each ended.
     */
    static String print(final String words, final Comparison comparison) {
        final StringBuilder out = new StringBuilder(words).append("\n\n");
        final List<String> headings = new ArrayList<>();
        for (final NodesKind kind : NodesKind.values()) {
            if (comparison.has(kind)) {
                headings.addAll(List.of(kind.label(), "min", "max"));
            }
        }
        if (comparison.has(NodesKind.RAW)) {
            headings.addAll(List.of("ratio", "min", "max"));
        }
        out.append(row("", headings));
        for (final Figure figure : Figure.values()) {
            if (comparison.of(NodesKind.PLUMTREE, figure).isMeasured()) {
                out.append(row(figure.label(), cells(figure, comparison)));
            }
        }
        for (final NodesKind kind : NodesKind.values()) {
            if (comparison.has(kind)) {
                out.append(kind.label()).append("'s tree: ").append(comparison.last(kind).tree()).append('\n');
            }
        }
        return out.toString();
    }

    private static List<String> cells(final Figure figure, final Comparison comparison) {
        final List<String> cells = new ArrayList<>();
        for (final NodesKind kind : NodesKind.values()) {
            if (comparison.has(kind)) {
                final Spread spread = comparison.of(kind, figure);
                cells.addAll(List.of(
                    figure.text(spread.median()), figure.text(spread.min()), figure.text(spread.max())));
            }
        }
        if (comparison.has(NodesKind.RAW)) {
            final Spread ratio = comparison.ratio(figure);
            cells.addAll(List.of(ratio(ratio.median()), ratio(ratio.min()), ratio(ratio.max())));
        }
        return cells;
    }

    /** A ratio for people. */
    static String ratio(final double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "-";
    }

    private static String row(final String label, final List<String> cells) {
        final StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-" + LABEL_WIDTH + "s", label));
        cells.forEach(cell -> row.append(String.format(Locale.ROOT, " %" + WIDTH + "s", cell)));
        return row.toString().stripTrailing() + "\n";
    }
}
