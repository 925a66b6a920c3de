package io.plumtree.node.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumtree.engine.NodeContext;
import io.plumtree.node.pipe.Pipe;
import io.plumtree.node.pipe.PipeOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code plumtree rehearse}: loads what nodes and commands load, for the launcher, which has the JVM put these classes
 * into an archive. Two nodes on the loopback device, one a worker of the demonstration, find each other, are asked,
 * and end.
 */
public final class Rehearsal {
    /** The command's name. */
    public static final String NAME = "rehearse";

    private static final String NOBODY = "127.0.0.1:9";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Rehearsal() {
    }

    /**
     * Runs both nodes.
     *
     * @param ask is given the endpoint of a node that runs, to run commands on.
     * @throws IOException          if that fails.
     * @throws InterruptedException if the thread is interrupted.
     */
    public static void run(final Consumer<String> ask) throws IOException, InterruptedException {
        final PipeOptions pipeOptions = new PipeOptions("rehearsal-1", "127.0.0.1:0", NodeContext.CLUSTER_DEFAULT,
            List.of(), List.of(NOBODY), List.of(), Map.of(), null, List.of("a"), 0, TIMEOUT, TIMEOUT, false, true);
        try (Pipe pipe = Pipe.launch(pipeOptions, OutputStream.nullOutputStream(), line -> { })) {
            work(pipe.self().endpoint());
            ask.accept(pipe.self().endpoint());
        }
    }

    private static void work(final String contact) throws IOException, InterruptedException {
        final WorkerSettings settings = new WorkerSettings("rehearsal-2", "127.0.0.1:0", List.of("rehearsal-2"),
            List.of(), contact, DemoMessage.MIN_LENGTH, Map.of());
        final PipedOutputStream requests = new PipedOutputStream();
        try (PipedInputStream in = new PipedInputStream(requests, 1 << 16)) {
            final String text = new ObjectMapper().writeValueAsString(settings) + "\n1 " + WorkerRequests.STATUS
                + "\n2 " + WorkerRequests.PUBLISH + " 1000 0\n3 " + WorkerRequests.SETS + " rehearsal-2\n4 "
                + WorkerRequests.LOAD + "\n5 " + WorkerRequests.STOP + "\n6 " + WorkerRequests.STATUS + "\n";
            requests.write(text.getBytes(StandardCharsets.UTF_8));
            requests.close();
            DemoWorkerMain.serve(in, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        }
    }
}
