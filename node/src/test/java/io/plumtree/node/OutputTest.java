package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.harness.LoopbackPorts;
import io.plumtree.node.demo.JavaCommand;
import java.io.BufferedReader;
import java.io.File;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose output can't be written, or is not read to its end. */
@Tag("slow")
@EnabledIf("isThereAFullDevice")
class OutputTest {
    private static final File FULL = new File("/dev/full");
    private static final String CLUSTER = "output-" + ProcessHandle.current().pid();

    @TempDir
    private Path directory;

    static boolean isThereAFullDevice() {
        return FULL.exists();
    }

    private Process start(final Redirect out, final String... args) throws Exception {
        return new ProcessBuilder(JavaCommand.of(List.of(args)))
            .redirectOutput(out).redirectError(directory.resolve("err").toFile()).start();
    }

    private String run(final Redirect out, final int status, final String... args) throws Exception {
        final Process process = start(out, args);
        process.getOutputStream().close();
        assertTrue(process.waitFor(ChildNode.TIMEOUT_S, TimeUnit.SECONDS));
        final String err = Files.readString(directory.resolve("err"));
        assertEquals(status, process.exitValue(), () -> List.of(args) + ": " + err);
        return err;
    }

    private ChildNode node(final String name, final Redirect in, final String members, final String... more)
        throws Exception {
        final List<String> args = new ArrayList<>(List.of("node", "--name", name, "--cluster", CLUSTER,
            "--member", members, "--option", "plumtree.counters.directory=" + directory));
        args.addAll(List.of(more));
        return new ChildNode(directory, name, in, args);
    }

    /** The machine may stand still meanwhile, which a node says, too. */
    private static void assertSaidOnce(final String beginning, final String err) {
        assertEquals(1, err.lines().filter(line -> line.startsWith(beginning)).count(), err);
        assertEquals(0, err.lines().filter(line -> line.startsWith("\tat ")).count(), err);
    }

    @Tag("deep")
    @Test
    void shouldEndEveryCommandWithALineAndStatusOneWhereStandardOutputIsFull() throws Exception {
        final String expected = "plumtree: can't write to standard output: No space left on device";
        final String endpoint = "127.0.0.1:" + LoopbackPorts.lease(1).get(0);
        try (ChildNode node = node("a", Redirect.PIPE, "a@" + endpoint)) {
            node.awaitError("is running");
            for (final String line : List.of("--help", "--version", "help node", "simulate --nodes 10 --messages 5",
                "simulate --chaos 1", "stat --directory " + directory, "stat --watch 1 --directory " + directory,
                "members --cluster " + CLUSTER + " --timeout 60s --contact " + endpoint)) {
                assertSaidOnce(expected, run(Redirect.to(FULL), 1, line.split(" ")));
            }
        }
    }

    @Test
    void shouldNameAFileThatCannotBeWritten() throws Exception {
        for (final String flag : List.of("--json", "--html")) {
            assertEquals("plumtree: can't write /dev/full: No space left on device\n",
                run(Redirect.DISCARD, 1, "simulate", "--nodes", "10", "--messages", "5", flag, "/dev/full"));
        }
    }

    @Test
    void shouldEndASubscriberWhoseOutputIsFull() throws Exception {
        final List<Integer> ports = LoopbackPorts.lease(2);
        final String members = "a@127.0.0.1:" + ports.get(0) + ",b@127.0.0.1:" + ports.get(1);
        final Process subscriber = start(Redirect.to(FULL), "node", "--name", "b", "--cluster", CLUSTER,
            "--member", members, "--subscribe", "t", "-q");
        try (ChildNode publisher = node("a", Redirect.PIPE, members, "--publish", "t", "--wait", "120s")) {
            try (OutputStream in = publisher.process.getOutputStream()) {
                in.write("line\n".getBytes(StandardCharsets.UTF_8));
                in.flush();
                assertTrue(subscriber.waitFor(ChildNode.TIMEOUT_S, TimeUnit.SECONDS));
            }
            assertEquals(1, subscriber.exitValue());
            assertSaidOnce("plumtree: can't write to standard output: No space left on device",
                Files.readString(directory.resolve("err")));
        } finally {
            subscriber.destroyForcibly();
        }
    }

    @Test
    void shouldEndAWatchThatNobodyReadsAnyMore() throws Exception {
        final String endpoint = "127.0.0.1:" + LoopbackPorts.lease(1).get(0);
        try (ChildNode node = node("a", Redirect.PIPE, "a@" + endpoint)) {
            node.awaitError("is running");
            final Process watch = start(Redirect.PIPE, "stat", "--watch", "1", "--directory", directory.toString());
            try (BufferedReader out = watch.inputReader()) {
                assertTrue(out.readLine().startsWith("NODE"));
            }
            assertTrue(watch.waitFor(ChildNode.TIMEOUT_S, TimeUnit.SECONDS));
            assertEquals(0, watch.exitValue());
            assertEquals("", Files.readString(directory.resolve("err")));
        }
    }

    @Test
    void shouldSayInOneLineWhichPluginDoesNotLoadAndEndOnlyWhereAllAreRequired() throws Exception {
        final Path plugins = Files.createDirectory(directory.resolve("plugins"));
        Files.writeString(plugins.resolve("broken.jar"), "this is no archive");
        final List<String> args = List.of("node", "--name", "a", "--bind", "127.0.0.1:0", "--cluster", CLUSTER,
            "--plugins", plugins.toString());
        try (ChildNode node = new ChildNode(directory, "goes-on", Redirect.PIPE, args)) {
            node.awaitError("is running");
            assertSaidOnce("plumtree: WARNING: node 'a': plug-in " + plugins.resolve("broken.jar")
                + " does not load: ", ChildNode.read(node.err));
        }
        final List<String> strict = new ArrayList<>(args);
        strict.add("--plugins-required");
        final String err = run(Redirect.DISCARD, 1, strict.toArray(String[]::new));
        assertSaidOnce("plumtree: plug-in " + plugins.resolve("broken.jar"), err);
        assertTrue(err.contains("broken.jar") && err.contains("(and plug-ins are required)"), err);
        final List<String> named = new ArrayList<>(args);
        named.addAll(List.of("--option", "handler.mine.key=1"));
        final String missing = run(Redirect.DISCARD, 2, named.toArray(String[]::new));
        assertTrue(missing.contains("'handler.mine.key'"), missing);
    }
}
