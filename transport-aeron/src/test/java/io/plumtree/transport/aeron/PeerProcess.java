package io.plumtree.transport.aeron;

import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.TransportContext;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** A peer in a JVM of its own, to be stopped and killed: sends a growing number to one endpoint every millisecond. */
final class PeerProcess implements AutoCloseable {
    private static final long SEND_INTERVAL_NS = 1_000_000;
    private final Process process;
    private final String endpoint;

    private PeerProcess(final Process process, final String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Runs the peer: where to listen, where to send to, how long a stall Aeron allows. */
    public static void main(final String[] args) {
        final Map<String, String> options =
            Map.of("aeron.clientLivenessTimeout", args[2], "aeron.driverTimeout", args[2]);
        try (AeronTransport transport = AeronTransport.launch(
            new TransportContext(args[0], TestNode.MAX_FRAME_LENGTH, options, Throwable::printStackTrace))) {
            System.out.println(transport.localEndpoint());
            final Link link = transport.connect(args[1]);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Long.BYTES]);
            long number = 0;
            long nextNs = System.nanoTime();
            while (!Thread.currentThread().isInterrupted()) {
                final long nowNs = System.nanoTime();
                transport.doWork(nowNs);
                transport.poll((session, frame, offset, length) -> true, 10);
                buffer.putLong(0, number);
                if (nowNs - nextNs > 0 && link.send(buffer, 0, Long.BYTES, null, 0, 0) == SendResult.ACCEPTED) {
                    number++;
                    nextNs = nowNs + SEND_INTERVAL_NS;
                }
                Thread.yield();
            }
        }
    }

    static PeerProcess start(final String endpoint, final String target, final String timeout) throws IOException {
        final String path = System.getProperty("jdk.module.path", "") + File.pathSeparator
            + System.getProperty("java.class.path", "") + File.pathSeparator + "target/test-classes";
        final Process process = new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "-cp", path,
            PeerProcess.class.getName(), endpoint, target, timeout)
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        final String line = new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return new PeerProcess(process, line);
    }

    String endpoint() {
        return endpoint;
    }

    long pid() {
        return process.pid();
    }

    void signal(final String name) throws IOException, InterruptedException {
        final List<String> command = List.of("kill", "-" + name, Long.toString(pid()));
        new ProcessBuilder(command).inheritIO().start().waitFor(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
