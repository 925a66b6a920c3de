package io.plumtree.node.demo;

import io.plumtree.api.Member;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.node.Logs;
import io.plumtree.node.options.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code plumtree demo-worker}: a node of the demonstration, started by it and not by people. */
@Command(name = DemoWorkerCommand.NAME, hidden = true, description = "A node of the demonstration.")
public final class DemoWorkerCommand implements Callable<Integer> {
    /** The command's name. */
    static final String NAME = "demo-worker";

    private static final String RETAINED_OPTION = "handler.pubsub.retained.messages";
    private static final String RETAINED_DEFAULT = "65536";

    @Option(names = "--name", required = true)
    private String name;

    @Option(names = "--bind", required = true)
    private Endpoint bind;

    @Option(names = "--cluster", required = true)
    private String cluster;

    @Option(names = "--nodes", split = ",", required = true)
    private List<String> nodes = new ArrayList<>();

    @Option(names = "--member", split = ",")
    private List<Member> members = new ArrayList<>();

    @Option(names = "--contact")
    private String contact;

    @Option(names = "--payload", required = true)
    private int payload;

    @Option(names = "--option")
    private Map<String, String> options = new LinkedHashMap<>();

    /** A worker, to be filled in by the parser. */
    public DemoWorkerCommand() {
    }

    @Override
    public Integer call() throws Exception {
        Logs.warningsOnly();
        final NodeContext context = new NodeContext()
            .name(name).bind(bind.text()).cluster(cluster).members(members).properties(options);
        if (contact != null) {
            context.membership().kind(MembershipKind.HYPARVIEW).contacts(List.of(contact));
        }
        final int retained = Integer.parseInt(options.getOrDefault(RETAINED_OPTION, RETAINED_DEFAULT));
        try (DemoWorker worker = new DemoWorker(context, nodes, payload, retained)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(worker), "worker-shutdown"));
            worker.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out);
        }
        return ExitCode.OK;
    }

    /** SIGTERM comes while it publishes, as it would to an application. */
    private static void end(final DemoWorker worker) {
        try {
            worker.end(System.out);
        } catch (final IOException | InterruptedException ex) {
            System.err.println(ex);
        }
    }
}
