package io.plumtree.node.simulate;

import io.plumtree.simulator.Experiment;
import io.plumtree.simulator.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One configuration with several values of one option of the protocol. */
final class Sweep {
    private Sweep() {
    }

    /**
     * The rows of a sweep.
     *
     * @param text     an option and its values, such as {@code graft.timeout=100ms,1s}.
     * @param scenario makes the configuration, concluded, with one setting more.
     * @return a row for each value.
     * @throws IllegalArgumentException if the text is none such.
     */
    static Rows rows(final String text, final Function<String, Scenario> scenario) {
        final List<Experiment.Row> rows = new ArrayList<>();
        for (final String setting : settings(text)) {
            rows.add(new Experiment.Row(setting, null, scenario.apply(setting)));
        }
        final Scenario first = rows.get(0).scenario();
        // An option may make repairs of what was merely late, so that there may be some without any loss.
        return new Rows(ScenarioText.words(first), new RowsTable("setting", false, first.fail() > 0, true), rows);
    }

    private static List<String> settings(final String text) {
        final int equals = text.indexOf('=');
        final List<String> settings = new ArrayList<>();
        for (final String value : text.substring(equals + 1).split(",", -1)) {
            if (equals <= 0 || value.isBlank()) {
                throw new IllegalArgumentException("--sweep must be OPTION=VALUE,VALUE,...: '" + text + "'");
            }
            settings.add(text.substring(0, equals + 1) + value.strip());
        }
        return settings;
    }
}
