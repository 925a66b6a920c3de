package io.plumtree.node.inspect;

import io.plumtree.api.Durations;
import io.plumtree.api.NodeId;
import io.plumtree.engine.NodeContext;
import io.plumtree.node.Logs;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.options.Endpoint;
import io.plumtree.node.output.OutputFiles;
import io.plumtree.node.output.Reasons;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands that ask a cluster have in common: their options, and how a question is put. */
public final class InspectOptions {
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--contact", required = true, paramLabel = "HOST:PORT",
        description = "Where a node of the cluster listens. Required.")
    private Endpoint contact;

    @Option(names = "--timeout", defaultValue = "3s", paramLabel = "DURATION",
        description = "How long everything may take: 100ms to 10m. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Option(names = "--cluster", defaultValue = NodeContext.CLUSTER_DEFAULT, paramLabel = "NAME",
        description = "The cluster's name. Default: ${DEFAULT-VALUE}.")
    private String cluster;

    @Option(names = "--bind", paramLabel = "HOST:PORT",
        description = "Where to wait for answers; all nodes must reach it. Default: a free port of this host's address"
            + " that faces the contact.")
    private Endpoint bind;

    @Option(names = "--output", paramLabel = "FILE",
        description = "Write the answer to this file. Default: to standard output.")
    private File output;

    @Option(names = "--option", paramLabel = "KEY=VALUE",
        description = "An option of the engine (plumtree.*) or its transport (aeron.*), as the nodes have it; may be"
            + " given again.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--verbose",
        description = "Show stack traces also of what is the machine's or the network's fault.")
    private boolean isVerbose;

    @Mixin
    private ConfigFile configFile;

    /** Made by the parser. */
    public InspectOptions() {
    }

    /** Something to ask. */
    interface Inquiry {
        /** Puts the question; what it results in is written out as it is. */
        CompletableFuture<String> ask(ClusterQueries queries, String contact, Deadline deadline);
    }

    /**
     * Puts a question and writes the answer out.
     *
     * @param defaults where options come from that are not on the command line.
     * @param launcher makes what is asked.
     * @param question the question.
     * @return the exit status: 0 with an answer, 2 without.
     * @throws IOException if the answer can't be written.
     */
    int answer(
        final Defaults defaults, final Function<NodeContext, ClusterQueries> launcher, final Inquiry question)
        throws IOException, InterruptedException {
        final Deadline deadline = Deadline.in(timeout);
        final NodeContext context = context(defaults);
        Logs.verbose(isVerbose);
        Logs.warningsOnly();
        try (ClusterQueries queries = launcher.apply(context)) {
            write(question.ask(queries, contact.text(), deadline)
                .get(deadline.untilLostNs(), TimeUnit.NANOSECONDS));
            return ExitCode.OK;
        } catch (final TimeoutException ex) {
            return silence();
        } catch (final ExecutionException ex) {
            return failure(ex.getCause());
        }
    }

    private int failure(final Throwable thrown) throws IOException {
        final Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        if (cause instanceof TimeoutException) {
            return silence();
        }
        if (cause instanceof NoAnswerException) {
            return say(cause.getMessage());
        }
        if (cause instanceof RuntimeException ex) {
            throw ex;
        }
        throw new IOException(cause);
    }

    private int silence() {
        return say("no answer from " + contact + " within "
            + Durations.format(timeout.toNanos()) + ": is a node of cluster '"
            + cluster + "' running there?");
    }

    private int say(final String message) {
        spec.commandLine().getErr().println("plumtree: " + message);
        return ExitCode.USAGE;
    }

    private void write(final String answer) throws IOException {
        if (output != null) {
            OutputFiles.write(output, answer);
            return;
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.print(answer);
        out.flush();
    }

    private NodeContext context(final Defaults defaults) {
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw usage("--timeout must be 100ms to 10m: '" + timeout.toMillis() + "ms'");
        }
        name("--cluster", cluster);
        if (output != null && (output.isDirectory() || !output.getAbsoluteFile().getParentFile().isDirectory())) {
            throw usage("--output must be a file in a directory that exists: '" + output + "'");
        }
        if (contact.text().endsWith(":0")) {
            throw usage("--contact must have the port of a node, 1 to 65535: '" + contact + "'");
        }
        return new NodeContext().cluster(cluster).bind(bindText())
            .properties(defaults.keyedOptions(spec, options));
    }

    private String bindText() {
        if (bind != null) {
            return bind.text();
        }
        try {
            return LocalEndpoint.facing(contact.text());
        } catch (final IOException ex) {
            throw usage("--contact must be a host that can be reached: '" + contact + "' (" + Reasons.of(ex) + ")");
        }
    }

    /** A node's name, checked. */
    NodeId name(final String flag, final String value) {
        try {
            return NodeId.of(value);
        } catch (final IllegalArgumentException ex) {
            throw usage(flag + ": " + ex.getMessage());
        }
    }

    /** Says what is wrong with the arguments. */
    ParameterException usage(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
