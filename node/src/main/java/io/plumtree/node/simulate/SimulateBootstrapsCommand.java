package io.plumtree.node.simulate;

import io.plumtree.api.PlumtreeException;
import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Range;
import io.plumtree.simulator.OverlayKind;
import io.plumtree.simulator.Scenario;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumtree simulate bootstraps}: makes overlays, without any message over them. */
@Command(
    name = "bootstraps",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "Only makes overlays, by the nodes' own membership (HyParView), and tells how many nodes were left out, and"
            + " what shape the overlays have.",
        ""
    },
    footer = {
        "",
        "Such as:",
        "  plumtree simulate bootstraps 1000 --nodes 1000"
    })
final class SimulateBootstrapsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Range(min = 1, max = 1_000_000)
    @Parameters(paramLabel = "N", description = "How many overlays: 1 to 1000000.")
    private int count;

    @Mixin
    private OverlayOptions options;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N",
        description = "Seed of the first overlay; the others' follow. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file, as JSON.")
    private File json;

    @Mixin
    private ConfigFile configFile;

    @Override
    public Integer call() throws IOException {
        final Scenario scenario = new Scenario().overlay(OverlayKind.HYPARVIEW).firstSeed(seed);
        try {
            options.applyTo(scenario);
            scenario.conclude();
        } catch (final IllegalArgumentException | PlumtreeException ex) {
            throw ScenarioValues.refused(spec, ex);
        }
        Bootstraps.run(spec, scenario, options, count, json);
        return ExitCode.OK;
    }
}
