package io.plumtree.node.demo;

import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.options.Range;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumtree demo flood}: shows a cluster under load. */
@Command(
    name = "flood",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "As 'demo', but under load: nodes publish as fast as they take messages, with command rings of 1m and messages"
            + " of up to 64k, unless --option says otherwise or --payload is more than 32768. With --stop others are"
            + " stopped (SIGSTOP) after a third of the time, and go on later; then --rate may say how much is"
            + " published. Exit status 1 if a node missed a message while it was there, if one that was stopped did"
            + " not get what others still keep, or if a heap grew.",
        ""
    })
final class DemoFloodCommand implements Callable<Integer> {
    private final Defaults defaults;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DemoFlags flags;

    @Range(min = 0, max = 62)
    @Option(names = "--stop", defaultValue = "0", paramLabel = "N",
        description = "How many nodes to stop (SIGSTOP): 0 to 62, and no more than do not publish. Default:"
            + " ${DEFAULT-VALUE}.")
    private int stop;

    @Range(min = 1, max = 86_400)
    @Option(names = "--stop-seconds", paramLabel = "N",
        description = "For how long they are stopped: 1 to 86400, and no more than two thirds of --seconds. Default:"
            + " half of --seconds, but at most 20.")
    private Integer stopSeconds;

    @Mixin
    private ConfigFile configFile;

    DemoFloodCommand(final Defaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public Integer call() throws Exception {
        if (flags.rate() != null && stop == 0) {
            throw new ParameterException(
                spec.commandLine(), "--rate goes with --stop alone: '" + flags.rate() + "'");
        }
        final DemoOptions options =
            new DemoPlan(spec, defaults, flags).load(flags.rate() == null, stop, stopSeconds).conclude();
        return new Demonstration(options, flags, spec.commandLine().getOut()).run();
    }
}
