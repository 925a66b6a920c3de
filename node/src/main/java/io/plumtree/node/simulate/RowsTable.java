package io.plumtree.node.simulate;

import java.util.ArrayList;
import java.util.List;

/** Several configurations as rows of one Markdown table: for experiments and sweeps. */
final class RowsTable {
    private static final List<RunFigure> FIGURES = List.of(
        RunFigure.REDUNDANCY, RunFigure.LAST_HOP, RunFigure.MISSED, RunFigure.FIRST_MESSAGE, RunFigure.TO_SETTLE,
        RunFigure.LATENCY_P50, RunFigure.LATENCY_P99, RunFigure.P99_OVER_FLOOD, RunFigure.REPAIRED_P99,
        RunFigure.CONTROL);

    private final String title;
    private final boolean isPublished;
    private final List<RunFigure> figures = new ArrayList<>();

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
        for (final RunFigure figure : FIGURES) {
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
        for (final RunFigure figure : figures) {
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
        for (final RunFigure figure : figures) {
            // The latency of nothing is no latency, although a run calls it 0.
            final boolean isNone = figure == RunFigure.REPAIRED_P99 && RunFigure.REPAIRED.overall(configuration) == 0;
            row.append(' ').append(isNone ? "-" : figure.text(figure.overall(configuration))).append(" |");
        }
        return row.append('\n').toString();
    }
}
