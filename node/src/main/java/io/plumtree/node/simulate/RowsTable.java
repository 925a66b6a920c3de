package io.plumtree.node.simulate;

import java.util.ArrayList;
import java.util.List;

/** Several configurations as rows of one Markdown table: for experiments and sweeps. */
final class RowsTable {
    private static final List<Figure> FIGURES = List.of(
        Figure.REDUNDANCY, Figure.LAST_HOP, Figure.MISSED, Figure.FIRST_MESSAGE, Figure.TO_SETTLE, Figure.LATENCY_P50,
        Figure.LATENCY_P99, Figure.P99_OVER_FLOOD, Figure.REPAIRED_P99, Figure.CONTROL);

    private final String title;
    private final boolean isPublished;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param title       over the first column.
     * @param isPublished whether there is a column for what others have published.
     * @param hasFailure  whether nodes crash at once, so that there are figures for that.
     * @param hasRepairs  whether something is lost, so that there are figures for that.
     */
    RowsTable(final String title, final boolean isPublished, final boolean hasFailure, final boolean hasRepairs) {
        this.title = title;
        this.isPublished = isPublished;
        for (final Figure figure : FIGURES) {
            final boolean isLeftOut = switch (figure) {
                case FIRST_MESSAGE, TO_SETTLE -> !hasFailure;
                case REPAIRED_P99 -> !hasRepairs;
                default -> false;
            };
            if (!isLeftOut) {
                figures.add(figure);
            }
        }
    }

    /** The headings. */
    String head() {
        final StringBuilder head = new StringBuilder("| ").append(title).append(" |");
        final StringBuilder line = new StringBuilder("|---|");
        if (isPublished) {
            head.append(" published or measured elsewhere |");
            line.append("---|");
        }
        for (final Figure figure : figures) {
            head.append(' ').append(figure.label()).append(" |");
            line.append("---|");
        }
        return head.append('\n').append(line).append('\n').toString();
    }

    /**
     * A row.
     *
     * @param configuration what was run; its name is the row's.
     * @param published     what others have published, where there is a column for that.
     * @return the line, ended.
     */
    String row(final Configuration configuration, final String published) {
        final StringBuilder row = new StringBuilder("| ").append(configuration.name()).append(" |");
        if (isPublished) {
            row.append(' ').append(published).append(" |");
        }
        for (final Figure figure : figures) {
            // The latency of nothing is no latency, although a run calls it 0.
            final boolean isNone = figure == Figure.REPAIRED_P99 && Figure.REPAIRED.overall(configuration) == 0;
            row.append(' ').append(isNone ? "-" : figure.text(figure.overall(configuration))).append(" |");
        }
        return row.append('\n').toString();
    }
}
