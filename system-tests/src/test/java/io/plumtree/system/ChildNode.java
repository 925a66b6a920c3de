package io.plumtree.system;

import io.plumtree.engine.NodeContext;
import io.plumtree.engine.PlumtreeNode;
import io.plumtree.handlers.pubsub.PubSub;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/** A node in a JVM of its own, which prints what it receives, and how a test starts, reads and kills it. */
public final class ChildNode implements AutoCloseable {
    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    ChildNode(final String name, final String bind, final String member, final Path errors) throws IOException {
        process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
            "-cp", System.getProperty("java.class.path"),
            ChildNode.class.getName(), name, bind, member))
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
        final Thread reader = new Thread(this::read, "reader-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (final IOException ex) {
            lines.add(ex.toString());
        }
    }

    boolean hasReceived(final String message) {
        return lines.contains(message);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /**
     * Runs until its standard input ends.
     *
     * @param args name, bind endpoint, the other member.
     * @throws IOException if standard input can't be read.
     */
    public static void main(final String[] args) throws IOException {
        try (PlumtreeNode node = PlumtreeNode.launch(
            new NodeContext().name(args[0]).bind(args[1]).member(args[2]))) {
            node.handler(PubSub.NAME, PubSub.class).subscribe(
                AeronCluster.TOPIC, (origin, incarnation, sequence, buffer, offset, length) ->
                    System.out.println(buffer.getStringWithoutLengthUtf8(offset, length)));
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}
