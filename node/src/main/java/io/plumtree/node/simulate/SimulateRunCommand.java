package io.plumtree.node.simulate;

import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plumtree simulate run}: runs a scenario and says what the trees did. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "Builds an overlay, broadcasts messages, first those of the warm-up and then those that are measured, and tells"
            + " how many payloads were redundant, how long deliveries took, what was missed and what it cost.",
        ""
    },
    footer = {
        "",
        "Such as:",
        "  plumtree simulate run --nodes 10000 --degree 5 --fail 0.5 --html failure.html",
        "  plumtree simulate run --senders rotating:10 --seeds 5 \\",
        "      --compare '--set graft.timeout=1s' --json both.json",
        "  plumtree simulate run --overlay hyparview --nodes 10000 --fail 0.8 \\",
        "      --messages 1000 --json healed.json",
        "  plumtree simulate run --nodes 1000 --loss 0.02 \\",
        "      --sweep graft.timeout=100ms,500ms,2s"
    })
final class SimulateRunCommand implements Callable<Integer> {
    private final ScenarioRunner runner;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioOptions options;

    @Mixin
    private RunOptions run;

    @Mixin
    private ConfigFile configFile;

    SimulateRunCommand(final ScenarioRunner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException {
        new Simulation(spec, runner, options, run).run();
        return ExitCode.OK;
    }
}
