package io.plumtree.node.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumtree.api.Member;
import io.plumtree.api.PlumtreeException;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.node.Logs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code plumtree demo-worker}: a node of the demonstration, started by it and not by people. Its words on the command
 * line are for those who list processes; what it is to do comes from its standard input.
 */
public final class DemoWorkerMain {
    /** The command's name. */
    public static final String NAME = "demo-worker";

    private static final String RETAINED_OPTION = "handler.pubsub.retained.messages";
    private static final int RETAINED_DEFAULT = 65_536;
    private static final int RETAINED_MAX = 1 << 22;
    /** How long a worker whose parent is gone, or done with it, may take to close its node. */
    private static final long END_TIMEOUT_S = 60;

    private DemoWorkerMain() {
    }

    /**
     * Runs a worker until its standard input ends.
     *
     * @return the exit status.
     * @throws InterruptedException if the thread is interrupted.
     */
    public static int run() throws InterruptedException {
        Logs.warningsOnly();
        try {
            serve(System.in, System.out);
            return 0;
        } catch (final PlumtreeException | IOException ex) {
            System.err.println("plumtree: " + ex.getMessage());
            return 1;
        }
    }

    /** Launches the node that the first line describes, and answers the other lines. */
    static void serve(final InputStream input, final PrintStream out) throws IOException, InterruptedException {
        final BufferedReader in = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        final String line = in.readLine();
        if (line == null) {
            return;
        }
        final WorkerSettings settings = new ObjectMapper().readValue(line, WorkerSettings.class);
        try (DemoWorker worker = new DemoWorker(
            context(settings), settings.nodes(), settings.payload(), retained(settings.options()))) {
            final Thread hook = new Thread(() -> end(worker, out), "worker-shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            worker.serve(in, out);
            endInTime();
        }
    }

    /** How many messages the handler keeps; what it does not take for a number is left to it to refuse. */
    static int retained(final Map<String, String> options) {
        try {
            final long given = Long.parseLong(options.getOrDefault(RETAINED_OPTION, "" + RETAINED_DEFAULT).trim());
            return given >= 1 && given <= RETAINED_MAX ? (int) given : RETAINED_DEFAULT;
        } catch (final NumberFormatException ex) {
            return RETAINED_DEFAULT;
        }
    }

    private static NodeContext context(final WorkerSettings settings) {
        final NodeContext context = new NodeContext()
            .name(settings.name()).bind(settings.bind()).cluster(NodeContext.CLUSTER_DEFAULT)
            .members(settings.members().stream().map(Member::parse).toList()).properties(settings.options());
        if (settings.contact() != null) {
            context.membership().kind(MembershipKind.HYPARVIEW).contacts(List.of(settings.contact()));
        }
        return context;
    }

    /** Nobody is there any more to end a worker that hangs. */
    private static void endInTime() {
        final Thread thread = new Thread(() -> {
            try {
                TimeUnit.SECONDS.sleep(END_TIMEOUT_S);
                Runtime.getRuntime().halt(1);
            } catch (final InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }, "worker-deadline");
        thread.setDaemon(true);
        thread.start();
    }

    /** SIGTERM comes while it publishes, as it would to an application. */
    private static void end(final DemoWorker worker, final PrintStream out) {
        try {
            worker.end(out);
        } catch (final IOException | InterruptedException ex) {
            System.err.println(ex);
        }
    }
}
