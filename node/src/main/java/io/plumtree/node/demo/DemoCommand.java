package io.plumtree.node.demo;

import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.options.Range;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumtree demo}: shows a cluster that loses a node and goes on. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    synopsisSubcommandLabel = "[COMMAND]",
    description = {
        "Shows a cluster at work, on this machine.",
        "",
        "Starts nodes, each a process of its own, that talk over UDP on the loopback device; publishes at a steady rate"
            + " from several of them; kills others after a third of the time, starts them again after two thirds; and"
            + " tells who received what. The first node tells what a start costs on this machine; by that the"
            + " others are started some at a time, and all waits are limited. Exit status 1 if a survivor missed a"
            + " message, or a node that was started again"
            + " did not find its way back into the trees.",
        "",
        "With --contact-only, and from 9 nodes on, a node is told of one other alone, the first, and finds its"
            + " neighbours by itself; then nodes are killed twice, others each time, the first node among them, and"
            + " started again in between.",
        "",
        "From 9 nodes on, unless --option says otherwise, nodes are set up for few cores: they beat every 300 ms"
            + " (plumtree.heartbeat.period), take a node for gone after 3 s (plumtree.liveness.timeout), don't ask for"
            + " what may be merely late"
            + " (plumtree.min.graft.timeout=200ms, plumtree.graft.timeout=800ms,"
            + " plumtree.optimisation.threshold=200ms), and have less memory"
            + " (plumtree.command.ring.length=1m, plumtree.max.message.length=64k, aeron.termLength=262144, -Xmx96m).",
        "",
        "With one of the commands below, other things happen to the nodes.",
        ""
    })
public final class DemoCommand implements Callable<Integer> {
    private final Defaults defaults;

    private CommandSpec spec;

    @Mixin
    private DemoFlags flags;

    @Range(min = 0, max = 62)
    @Option(names = "--kill", paramLabel = "N",
        description = "How many nodes to kill: 0 to 62, and no more than do not publish; with --contact-only,"
            + " twice. Default: 1.")
    private Integer kill;

    @Mixin
    private ContactOnlyFlag contactOnly;

    @Mixin
    private OldDemoFlags old;

    @Mixin
    private ConfigFile configFile;

    /**
     * A command, to be filled in by the parser.
     *
     * @param defaults where options come from that are not on the command line.
     */
    public DemoCommand(final Defaults defaults) {
        this.defaults = defaults;
    }

    /** Takes what the parser makes of this class, and adds the commands below it. */
    @Spec
    void spec(final CommandSpec commandSpec) {
        spec = commandSpec;
        spec.addSubcommand("rolling", new CommandLine(new DemoRollingCommand(defaults)));
        spec.addSubcommand("flood", new CommandLine(new DemoFloodCommand(defaults)));
    }

    @Override
    public Integer call() throws Exception {
        final DemoOptions options = new DemoPlan(spec, defaults, flags).kill(kill).contactOnly(contactOnly.value())
            .rolling(old.isRolling()).load(old.isFlood(), old.stop(), old.stopSeconds()).conclude();
        return new Demonstration(options, flags, spec.commandLine().getOut()).run();
    }
}
