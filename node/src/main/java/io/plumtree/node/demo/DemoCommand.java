package io.plumtree.node.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.harness.LoopbackPorts;
import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.options.Range;
import io.plumtree.node.output.OutputFiles;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumtree demo}: shows a cluster that loses a node and goes on. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
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
        "With --rolling no node is killed, but all are restarted gracefully (SIGTERM), one after the other, those that"
            + " publish, too.",
        "",
        "From 9 nodes on, unless --option says otherwise, nodes are set up for few cores: they beat every 300 ms"
            + " (plumtree.heartbeat.period), take a node for gone after 3 s (plumtree.liveness.timeout), don't ask for"
            + " what may be merely late"
            + " (plumtree.min.graft.timeout=200ms, plumtree.graft.timeout=800ms,"
            + " plumtree.optimisation.threshold=200ms), and have less memory"
            + " (plumtree.command.ring.length=1m, plumtree.max.message.length=64k, aeron.termLength=262144, -Xmx96m).",
        "",
        "With --flood or --stop it shows a cluster under load instead: nodes publish without end, and others are"
            + " stopped (SIGSTOP) after a third of the time, and go on later. Exit status 1 if a node missed a message"
            + " while it was there, if one that was stopped did not get what others still keep, or if a heap grew.",
        ""
    })
public final class DemoCommand implements Callable<Integer> {
    private static final int MIN_NODES = 2;
    private static final int MAX_DEFAULT_STOP = 20;
    private static final int SHORT_RING_MAX_PAYLOAD = 32 * 1024;

    private final Defaults defaults;

    @Spec
    private CommandSpec spec;

    @Range(min = MIN_NODES, max = 64)
    @Option(names = "--nodes", defaultValue = "5", paramLabel = "N",
        description = "How many nodes: 2 to 64. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Range(min = 3, max = 86_400)
    @Option(names = "--seconds", defaultValue = "20", paramLabel = "N",
        description = "How long to publish: 3 to 86400. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Range(min = 0, max = 62)
    @Option(names = "--kill", paramLabel = "N",
        description = "How many nodes to kill: 0 to 62, and no more than do not publish; with --contact-only,"
            + " twice. Default: 1.")
    private Integer kill;

    @Option(names = "--contact-only", negatable = true,
        description = "Tell a node of one other alone, instead of all. Default: from 9 nodes on, but not with --flood"
            + " or --stop.")
    private Boolean contactOnly;

    @Option(names = "--rolling", description = "Restart all nodes gracefully, one after the other, and kill none.")
    private boolean isRolling;

    @Option(names = "--flood",
        description = "Publish as fast as the nodes take it, instead of at a rate; with command rings of 1m and"
            + " messages of up to 64k, unless --option says otherwise or --payload is more than 32768.")
    private boolean isFlood;

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

    @Range(min = 1, max = 100_000)
    @Option(names = "--rate", paramLabel = "N",
        description = "Messages a second, of all publishers together: 1 to 100000. Default: 100, from 17"
            + " nodes on 50.")
    private Integer rate;

    @Range(min = 1, max = 64)
    @Option(names = "--roots", paramLabel = "N",
        description = "How many nodes publish: 1 to 64. Default: 3, or as many as --nodes and --kill leave;"
            + " with --flood or --stop all that are not stopped.")
    private Integer roots;

    @Range(min = DemoMessage.MIN_LENGTH, max = 1024 * 1024)
    @Option(names = "--payload", defaultValue = "64", paramLabel = "BYTES",
        description = "Length of a message: 24 to 1048576. Default: ${DEFAULT-VALUE}.")
    private int payload;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the summary to this file.")
    private File json;

    @Option(names = "--plain", description = "Write plain lines also to a terminal.")
    private boolean isPlain;

    @Option(names = "--verbose", description = "Show all that nodes say, stack traces too.")
    private boolean isVerbose;

    @Option(names = "--option", paramLabel = "KEY=VALUE",
        description = "An option of every node (plumtree.*), its transport (aeron.*) or a handler (handler.NAME.*); may"
            + " be given again.")
    private Map<String, String> options = new LinkedHashMap<>();

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

    @Override
    public Integer call() throws Exception {
        final DemoOptions demo = checkedOptions();
        if (demo.stop() > 0) {
            Signals.check();
        }
        final PrintWriter out = spec.commandLine().getOut();
        final DemoView view = isPlain || !Boolean.getBoolean("plumtree.terminal")
            ? new PlainView(out)
            : new TableView(out, demo.names(), demo.rootNames());
        // Ports may be taken by another program in spite of all; then the run begins anew.
        return LoopbackPorts.start(demo.nodes(), ports -> run(demo, ports, view, out));
    }

    private int run(
        final DemoOptions demo, final List<Integer> ports, final DemoView view, final PrintWriter out)
        throws IOException, InterruptedException {
        final String text;
        final Object report;
        final boolean isPassed;
        final WorkerLog log = new WorkerLog(isVerbose, view::say);
        try (DemoCluster cluster = new DemoCluster(demo, ports, log, view::say)) {
            // Ctrl-C ends the workers, too; they would notice anyway, but later than the prompt is back.
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "demo-shutdown"));
            if (demo.isOverload()) {
                final OverloadReport overload =
                    OverloadReport.of(new OverloadScenario(demo, cluster, view).run(), Versions.all());
                report = overload;
                text = OverloadPrinter.print(overload);
                isPassed = overload.passed();
            } else {
                final DemoReport killing = DemoReport.of(demo.rolling()
                    ? new RollingScenario(demo, cluster, view).run()
                    : new DemoScenario(demo, cluster, view).run(), Versions.all());
                report = killing;
                text = ReportPrinter.print(killing);
                isPassed = killing.passed();
            }
        }
        if (!log.summary().isEmpty()) {
            out.println(log.summary());
        }
        out.print(text);
        out.flush();
        if (json != null) {
            write(report);
        }
        return isPassed ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void write(final Object report) throws IOException {
        OutputFiles.write(json, file ->
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file, report));
    }

    private DemoOptions checkedOptions() {
        final boolean isOverload = isFlood || stop > 0;
        if (isOverload && kill != null && kill > 0) {
            throw usage("--kill does not go with --flood or --stop: '" + kill + "'");
        }
        final boolean isContactOnly = isContactOnly(isOverload);
        if (isOverload && (isContactOnly || isRolling)) {
            throw usage((isRolling ? "--rolling" : "--contact-only") + " does not go with --flood or --stop");
        }
        if (isRolling && kill != null && kill > 0) {
            throw usage("--kill does not go with --rolling: '" + kill + "'");
        }
        if (isFlood && rate != null) {
            throw usage("--rate does not go with --flood, which has none: '" + rate + "'");
        }
        final int stopped = stopSeconds == null ? Math.min(MAX_DEFAULT_STOP, seconds / 2) : stopSeconds;
        if (stop > 0 && 3L * stopped > 2L * seconds) {
            throw usage("--stop-seconds must be a whole number from 1 to " + 2 * seconds / 3 + ", two thirds of"
                + " --seconds " + seconds + ": '" + stopped + "'");
        }
        final int killed = isOverload || isRolling ? 0 : kill == null ? 1 : kill;
        final int publishers = publishers(isOverload, killed);
        checkLosses("--kill", killed, publishers, isContactOnly);
        checkLosses("--stop", stop, publishers, isContactOnly);
        if (json != null && (json.isDirectory() || !json.getAbsoluteFile().getParentFile().isDirectory())) {
            throw usage("--json must be a file in a directory that exists: '" + json + "'");
        }
        return new DemoOptions(
            nodes, seconds, killed, rate == null ? ManyNodes.rate(nodes) : rate, publishers, payload,
            nodeOptions(), isFlood, stop, stopped, isContactOnly, isRolling);
    }

    private boolean isContactOnly(final boolean isOverload) {
        return contactOnly == null ? ManyNodes.isMany(nodes) && !isOverload : contactOnly;
    }

    /**
     * What a flooded node has taken and not broadcast yet is to be gone soon after the flood: its ring is short. So is
     * that of one among many, for the memory's sake.
     */
    private Map<String, String> nodeOptions() {
        final Map<String, String> given = defaults.keyedOptions(spec, options);
        final boolean isMany = ManyNodes.isMany(nodes) && !isFlood && stop == 0;
        final Map<String, String> all = new TreeMap<>(isMany ? ManyNodes.options(nodes) : Map.of());
        all.putAll(given);
        if (!isFlood && !isMany || payload > SHORT_RING_MAX_PAYLOAD
            || given.containsKey(RingOptions.COMMAND_RING_LENGTH_PROPERTY)
            || given.containsKey(NodeContext.MAX_MESSAGE_LENGTH_PROPERTY)) {
            return all;
        }
        all.put(RingOptions.COMMAND_RING_LENGTH_PROPERTY, "1m");
        all.put(NodeContext.MAX_MESSAGE_LENGTH_PROPERTY, "64k");
        return all;
    }

    private int publishers(final boolean isOverload, final int killed) {
        final boolean isContactOnly = isContactOnly(isOverload);
        if (roots == null) {
            final int left = nodes - (isContactOnly ? Math.max(1, 2 * killed) : killed);
            return Math.max(1, isOverload ? nodes - stop : Math.min(3, left));
        }
        final int most = isContactOnly ? nodes - 1 : nodes;
        if (roots > most) {
            throw usage("--roots must be a whole number from 1 to " + most + ", as many as there are nodes (--nodes"
                + (isContactOnly ? ", less the contact" : "") + "): '" + roots + "'");
        }
        return roots;
    }

    /** Who publishes stays, and so do at least two; and nobody is killed twice. */
    private void checkLosses(
        final String flag, final int count, final int publishers, final boolean isContactOnly) {
        if (isContactOnly && 2 * count > nodes - publishers) {
            throw usage(flag + " must be a whole number from 0 to " + (nodes - publishers) / 2 + ", half of those that"
                + " do not publish (--nodes " + nodes + " less --roots " + publishers + "): '" + count + "'");
        }
        if (count > nodes - publishers) {
            throw usage(flag + " must be a whole number from 0 to " + (nodes - publishers) + ", as many as do not"
                + " publish (--nodes " + nodes + " less --roots " + publishers + "): '" + count + "'");
        }
        if (count > nodes - MIN_NODES) {
            throw usage(flag + " must be a whole number from 0 to " + (nodes - MIN_NODES) + ", so that two nodes of"
                + " --nodes " + nodes + " survive: '" + count + "'");
        }
    }

    private ParameterException usage(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
