package io.plumtree.node.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.plumtree.harness.LoopbackPorts;
import io.plumtree.node.Versions;
import io.plumtree.node.output.OutputFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ExitCode;

/** Runs what has been planned, and tells what has come of it. */
final class Demonstration {
    private final DemoOptions options;
    private final DemoFlags flags;
    private final PrintWriter out;
    private final DemoView view;

    /**
     * Nothing has begun.
     *
     * @param options what is to be done.
     * @param flags   say how it is shown.
     * @param out     for all that is shown.
     */
    Demonstration(final DemoOptions options, final DemoFlags flags, final PrintWriter out) {
        this.options = options;
        this.flags = flags;
        this.out = out;
        view = flags.isPlain() || !Boolean.getBoolean("plumtree.terminal")
            ? new PlainView(out)
            : new TableView(out, options.names(), options.rootNames());
    }

    /** Runs it; returns the exit status. */
    int run() throws Exception {
        if (options.faults().stop() > 0) {
            Signals.check();
        }
        // Ports may be taken by another program in spite of all; then the run begins anew.
        return LoopbackPorts.start(options.topology().nodes(), this::run);
    }

    private int run(final List<Integer> ports) throws IOException, InterruptedException {
        final Outcome outcome;
        final WorkerLog log = new WorkerLog(flags.isVerbose(), view::say);
        try (DemoCluster cluster = new DemoCluster(options, ports, log, view::say)) {
            // Ctrl-C ends the workers, too; they would notice anyway, but later than the prompt is back.
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "demo-shutdown"));
            outcome = options.isOverload() ? load(cluster) : losses(cluster);
        }
        if (!log.summary().isEmpty()) {
            out.println(log.summary());
        }
        out.print(outcome.text);
        out.flush();
        if (flags.json() != null) {
            OutputFiles.write(flags.json(), file ->
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file, outcome.report));
        }
        return outcome.isPassed ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Outcome load(final DemoCluster cluster) throws IOException, InterruptedException {
        final OverloadReport report =
            OverloadReport.of(new OverloadScenario(options, cluster, view).run(), Versions.all());
        return new Outcome(report, OverloadPrinter.print(report), report.passed());
    }

    private Outcome losses(final DemoCluster cluster) throws IOException, InterruptedException {
        final DemoRecording recording = options.faults().rolling()
            ? new RollingScenario(options, cluster, view).run()
            : new DemoScenario(options, cluster, view).run();
        final DemoReport report = DemoReport.of(recording, Versions.all());
        return new Outcome(report, ReportPrinter.print(report), report.passed());
    }

    /** What has come of it: for programs, for a reader, and whether all was well. */
    private record Outcome(Object report, String text, boolean isPassed) {
    }
}
