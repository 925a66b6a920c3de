package io.plumtree.node.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.options.Range;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
            + " tells who received what. Exit status 1 if a survivor missed a message, or a node that was started again"
            + " did not find its way back into the trees.",
        ""
    })
public final class DemoCommand implements Callable<Integer> {
    private static final int MIN_NODES = 2;

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
    @Option(names = "--kill", defaultValue = "1", paramLabel = "N",
        description = "How many nodes to kill: 0 to 62, and no more than do not publish. Default: ${DEFAULT-VALUE}.")
    private int kill;

    @Range(min = 1, max = 100_000)
    @Option(names = "--rate", defaultValue = "100", paramLabel = "N",
        description = "Messages a second, of all publishers together: 1 to 100000. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Range(min = 1, max = 64)
    @Option(names = "--roots", paramLabel = "N",
        description = "How many nodes publish: 1 to 64. Default: 3, or as many as --nodes and --kill leave.")
    private Integer roots;

    @Range(min = DemoMessage.MIN_LENGTH, max = 1024 * 1024)
    @Option(names = "--payload", defaultValue = "64", paramLabel = "BYTES",
        description = "Length of a message: 24 to 1048576. Default: ${DEFAULT-VALUE}.")
    private int payload;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the summary to this file.")
    private File json;

    @Option(names = "--plain", description = "Write plain lines also to a terminal.")
    private boolean isPlain;

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
        final PrintWriter out = spec.commandLine().getOut();
        final DemoReport report;
        final List<String> names = IntStream.range(0, nodes).mapToObj(DemoOptions::name).toList();
        final DemoView view = isPlain || !Boolean.getBoolean("plumtree.terminal")
            ? new PlainView(out)
            : new TableView(out, names, names.subList(0, demo.roots()));
        try (DemoCluster cluster = new DemoCluster(demo, view::say)) {
            // Ctrl-C ends the workers, too; they would notice anyway, but later than the prompt is back.
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "demo-shutdown"));
            report = DemoReport.of(new DemoScenario(demo, cluster, view).run(), Versions.all());
        }
        out.print(ReportPrinter.print(report));
        out.flush();
        if (json != null) {
            write(report);
        }
        return report.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void write(final DemoReport report) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json, report);
    }

    private DemoOptions checkedOptions() {
        final int publishers = roots == null ? Math.max(1, Math.min(3, nodes - kill)) : roots;
        if (publishers > nodes) {
            throw usage("--roots must be a whole number from 1 to " + nodes + ", as many as there are nodes (--nodes):"
                + " '" + publishers + "'");
        }
        if (kill > nodes - publishers) {
            throw usage("--kill must be a whole number from 0 to " + (nodes - publishers) + ", as many as do not"
                + " publish (--nodes " + nodes + " less --roots " + publishers + "): '" + kill + "'");
        }
        if (kill > nodes - MIN_NODES) {
            throw usage("--kill must be a whole number from 0 to " + (nodes - MIN_NODES) + ", so that two nodes of"
                + " --nodes " + nodes + " survive: '" + kill + "'");
        }
        if (json != null && (json.isDirectory() || !json.getAbsoluteFile().getParentFile().isDirectory())) {
            throw usage("--json must be a file in a directory that exists: '" + json + "'");
        }
        return new DemoOptions(
            nodes, seconds, kill, rate, publishers, payload, defaults.keyedOptions(spec, options));
    }

    private ParameterException usage(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
