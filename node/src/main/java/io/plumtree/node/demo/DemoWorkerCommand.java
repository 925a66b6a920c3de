package io.plumtree.node.demo;

import io.plumtree.api.Member;
import io.plumtree.engine.NodeContext;
import io.plumtree.node.Logs;
import io.plumtree.node.options.Endpoint;
import java.io.BufferedReader;
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

    @Option(names = "--name", required = true)
    private String name;

    @Option(names = "--bind", required = true)
    private Endpoint bind;

    @Option(names = "--cluster", required = true)
    private String cluster;

    @Option(names = "--member", split = ",", required = true)
    private List<Member> members = new ArrayList<>();

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
        try (DemoWorker worker = new DemoWorker(context, members, payload)) {
            worker.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out);
        }
        return ExitCode.OK;
    }
}
