package io.plumtree.node.simulate;

import io.plumtree.simulator.Experiment;
import io.plumtree.simulator.Scenario;
import io.plumtree.simulator.Senders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The published experiments by name, each at its own size or a smaller one. */
final class Experiments {
    private static final String SECTION = "experiments";

    private Experiments() {
    }

    /** What there is: descriptions by name. */
    static Map<String, String> descriptions() {
        final Map<String, String> descriptions = new LinkedHashMap<>();
        Experiment.all().forEach(experiment -> descriptions.put(experiment.name(), experiment.description()));
        return descriptions;
    }

    /** Lists them in a command's help, before its examples. */
    static void addTo(final UsageMessageSpec usage) {
        final List<String> sections = new ArrayList<>(usage.sectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), SECTION);
        usage.sectionKeys(sections);
        final Map<String, String> descriptions = descriptions();
        // The parser takes what it prints for a format.
        descriptions.replaceAll((name, description) -> description.replace("%", "%%"));
        usage.sectionMap().put(SECTION, help ->
            help.createHeading("%nExperiments:%n") + help.createTextTable(descriptions));
    }

    /**
     * The rows of an experiment.
     *
     * @param name     which.
     * @param nodes    most nodes of a row, or null for as many as the experiment has.
     * @param seeds    runs of each row, or null for as many as the experiment has.
     * @param settings of the protocol, added to those of each row.
     * @return the rows.
     * @throws IllegalArgumentException if there is no such experiment, or a setting is none.
     */
    static Rows rows(final String name, final Integer nodes, final Integer seeds, final List<String> settings) {
        final Experiment experiment = Experiment.all().stream().filter(each -> each.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the experiment must be one of "
                + String.join(", ", descriptions().keySet()) + ": '" + name + "'"));
        final List<Experiment.Row> rows = new ArrayList<>();
        for (final Experiment.Row row : experiment.rows()) {
            final Scenario scenario = row.scenario();
            String label = row.label();
            if (nodes != null && nodes < scenario.nodes()) {
                scaleDown(scenario, nodes);
                label += String.format(Locale.ROOT, " (only %,d nodes)", nodes);
            }
            if (seeds != null) {
                scenario.seeds(seeds);
            }
            settings.forEach(scenario::set);
            rows.add(new Experiment.Row(label, row.published(), scenario.conclude()));
        }
        final boolean hasFailure = rows.stream().anyMatch(row -> row.scenario().fail() > 0);
        final boolean hasRepairs = hasFailure
            || rows.stream().anyMatch(row -> row.scenario().failPerMessage() > 0 || row.scenario().loss() > 0);
        return new Rows(experiment.name() + ": " + experiment.description(),
            new RowsTable("scenario", true, hasFailure, hasRepairs), rows);
    }

    /** Fewer nodes, and of all that depends on how many there are as much as they allow, or the same share. */
    private static void scaleDown(final Scenario scenario, final int nodes) {
        final double share = (double) nodes / scenario.nodes();
        if (scenario.failPerMessage() > 0) {
            scenario.failPerMessage((int) Math.max(1, Math.round(share * scenario.failPerMessage())));
        }
        scenario.nodes(nodes).degree(Math.min(scenario.degree(), nodes - 1));
        final Senders senders = scenario.senders();
        scenario.senders(new Senders(senders.kind(), Math.min(senders.count(), nodes)));
        final int messages = scenario.warmup() + scenario.messages();
        if (senders.kind() == Senders.Kind.FRESH && messages > nodes) {
            scenario.warmup(scenario.warmup() * nodes / messages);
            scenario.messages(nodes - scenario.warmup());
        }
    }
}
