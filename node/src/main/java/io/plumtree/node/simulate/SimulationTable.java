package io.plumtree.node.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as text. */
final class SimulationTable {
    private static final int LABEL_WIDTH = 30;
    private static final int WIDTH = 13;

    private SimulationTable() {
    }

    /**
     * The table.
     *
     * @param configurations one, or two to compare.
     * @return lines, each ended.
     */
    static String print(final List<Configuration> configurations) {
        final StringBuilder out = new StringBuilder();
        final boolean isComparison = configurations.size() > 1;
        for (final Configuration configuration : configurations) {
            out.append(isComparison ? configuration.name() + ": " : "")
                .append(ScenarioText.words(configuration.scenario())).append('\n');
            if (isComparison) {
                out.append("   ./plumtree simulate").append(ScenarioText.flags(configuration.scenario())).append('\n');
            }
        }
        out.append('\n');
        if (isComparison || hasSeveralRuns(configurations)) {
            out.append(row("", headings(configurations)));
        }
        boolean isSeparated = false;
        for (final RunFigure figure : RunFigure.values()) {
            if (configurations.stream().anyMatch(figure::isOf)) {
                if (figure.isOfSimulator() && !isSeparated) {
                    out.append('\n');
                    isSeparated = true;
                }
                out.append(row(label(figure, configurations), cells(figure, configurations)));
            }
        }
        return out.toString();
    }

    private static boolean hasSeveralRuns(final List<Configuration> configurations) {
        return configurations.get(0).runs().size() > 1;
    }

    private static String label(final RunFigure figure, final List<Configuration> configurations) {
        return figure.isSum() && hasSeveralRuns(configurations) ? figure.label() + " (sum)" : figure.label();
    }

    private static List<String> headings(final List<Configuration> configurations) {
        final List<String> headings = new ArrayList<>();
        for (final Configuration configuration : configurations) {
            final String prefix = configurations.size() > 1 ? configuration.name() + " " : "";
            if (hasSeveralRuns(configurations)) {
                headings.addAll(List.of(prefix + "mean", prefix + "min", prefix + "max"));
            } else {
                headings.add(configurations.size() > 1 ? configuration.name() : "");
            }
        }
        if (configurations.size() > 1) {
            headings.add(configurations.get(1).name() + "/" + configurations.get(0).name());
        }
        return headings;
    }

    private static List<String> cells(final RunFigure figure, final List<Configuration> configurations) {
        final List<String> cells = new ArrayList<>();
        for (final Configuration configuration : configurations) {
            cells.add(figure.text(figure.overall(configuration)));
            if (hasSeveralRuns(configurations)) {
                cells.add(figure.text(figure.least(configuration)));
                cells.add(figure.text(figure.greatest(configuration)));
            }
        }
        if (configurations.size() > 1) {
            cells.add(figure.ratio(configurations.get(0), configurations.get(1)));
        }
        return cells;
    }

    private static String row(final String label, final List<String> cells) {
        final StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-" + LABEL_WIDTH + "s", label));
        cells.forEach(cell -> row.append(String.format(Locale.ROOT, " %" + WIDTH + "s", cell)));
        return row.toString().stripTrailing() + "\n";
    }
}
