package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.plumtree.harness.Patience;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A node in a JVM of its own, as the test sees it: asks {@link NodeProcessMain} a line, and gets one back. */
final class NodeProcess implements AutoCloseable {
    private static final int PATIENCE_S = 60;
    private static final int LOOK_PERIOD_MS = 500;
    private static final String GONE = "error: its process is gone";

    final String name;
    final String endpoint;
    private final Process process;
    private final BufferedWriter requests;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /**
     * Starts a node.
     *
     * @param name     its name.
     * @param endpoint where it listens.
     * @param members  all members, {@code name@host:port}, separated by commas.
     * @param errors   file for what it says on standard error.
     * @param options  the node's properties, {@code key=value}.
     */
    NodeProcess(
        final String name, final String endpoint, final String members, final Path errors, final List<String> options)
        throws IOException {
        this(name, endpoint, command(name, endpoint, members, options), errors);
    }

    /**
     * Starts a node that answers a line with a line.
     *
     * @param name     its name.
     * @param endpoint where it listens.
     * @param command  the words that start it.
     * @param errors   file for what it says on standard error.
     */
    NodeProcess(final String name, final String endpoint, final List<String> command, final Path errors)
        throws IOException {
        this.name = name;
        this.endpoint = endpoint;
        process = new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
        requests = process.outputWriter();
        final Thread reader = new Thread(this::read, "reader-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    private static List<String> command(
        final String name, final String endpoint, final String members, final List<String> options) {
        final List<String> command = new ArrayList<>(java(NodeProcessMain.class));
        command.addAll(List.of(name, endpoint, members));
        command.addAll(options);
        return command;
    }

    /** The words that start a JVM with a main class of the tests; its arguments follow. */
    static List<String> java(final Class<?> main) {
        return List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
            "-cp", System.getProperty("java.class.path"),
            main.getName());
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                answers.add(line);
            }
        } catch (final IOException ex) {
            answers.add("error: " + ex);
        }
        answers.add(GONE);
    }

    /** Asks the node something; fails if there is no answer. */
    String ask(final String request) throws IOException, InterruptedException {
        requests.write(request);
        requests.newLine();
        requests.flush();
        final Patience patience = new Patience(PATIENCE_S);
        String answer = null;
        while (answer == null && !patience.isOver()) {
            answer = answers.poll(LOOK_PERIOD_MS, TimeUnit.MILLISECONDS);
        }
        if (answer == null || answer.startsWith("error")) {
            fail(name + " answers " + answer + " to: " + request);
        }
        return answer;
    }

    /** Stops it ({@code STOP}), or lets it go on ({@code CONT}). */
    void signal(final String name) throws IOException, InterruptedException {
        final int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO().start().waitFor();
        if (status != 0) {
            fail("kill -" + name + " of " + this.name + " ended with status " + status);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Has it end by itself, so that it leaves nothing behind; kills it if that takes too long. */
    void end() throws IOException, InterruptedException {
        requests.close();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /**
     * Checks that nodes have told of nothing that is not as it should be. Who waits for a core takes long for what is
     * done at once, and says so.
     */
    static void assertNothingWrong(final Path errors) throws IOException {
        final String told = Files.readAllLines(errors).stream().filter(line -> !line.contains("held the engine up"))
            .collect(Collectors.joining("\n"));
        assertFalse(told.contains("WARNING") || told.contains("SEVERE") || told.contains("Exception"), told);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
