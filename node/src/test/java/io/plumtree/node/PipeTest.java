package io.plumtree.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.harness.LoopbackPorts;
import io.plumtree.node.demo.JavaCommand;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Lines through nodes that are processes of their own. */
@Tag("slow")
class PipeTest {
    private static final String CLUSTER = "test-" + ProcessHandle.current().pid();

    @TempDir
    private Path directory;
    private final List<ChildNode> children = new ArrayList<>();
    private String members;

    @AfterEach
    void tearDown() {
        for (final ChildNode child : children) {
            child.close();
        }
    }

    private void members(final String... names) throws IOException {
        final List<Integer> ports = LoopbackPorts.lease(names.length);
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            texts.add(names[i] + "@127.0.0.1:" + ports.get(i));
        }
        members = String.join(",", texts);
    }

    private ChildNode start(final String name, final Redirect in, final String... further) throws IOException {
        return start(name, in, List.of("--member", members), further);
    }

    private ChildNode start(
        final String name, final Redirect in, final List<String> membership, final String... further)
        throws IOException {
        final List<String> args = new ArrayList<>(List.of("node", "--name", name, "--cluster", CLUSTER));
        args.addAll(membership);
        args.addAll(Arrays.asList(further));
        final ChildNode child = new ChildNode(directory, name, in, args);
        children.add(child);
        return child;
    }

    private Path lines(final int count) throws IOException {
        final Path file = directory.resolve("lines");
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                out.write("line " + i + (i % 1_000 == 0 ? "" : " " + "x".repeat(i % 97)) + "\n");
            }
        }
        return file;
    }

    private static void assertWhole(final Path file, final ChildNode node) throws IOException {
        assertEquals(-1, Files.mismatch(file, node.out), () -> node.out + " differs; " + ChildNode.read(node.err));
    }

    @Test
    void shouldBringAFileToFourOthersWholeInOrderAndOnce() throws Exception {
        final Path file = lines(100_000);
        members("a", "b", "c", "d", "e");
        final List<ChildNode> subscribers = new ArrayList<>();
        for (final String name : List.of("b", "c", "d", "e")) {
            subscribers.add(start(name, Redirect.PIPE, "--subscribe", "logs"));
        }
        final ChildNode publisher = start("a", Redirect.from(file.toFile()), "--publish", "logs", "--wait", "120s");
        assertEquals(0, publisher.status(), () -> ChildNode.read(publisher.err));
        assertTrue(ChildNode.read(publisher.err).contains("published 100000 lines; confirmed by 4 of 4 members"));
        for (final ChildNode subscriber : subscribers) {
            assertWhole(file, subscriber);
        }
    }

    @Test
    void shouldBringAFileToNodesThatKnowOneContactAlone() throws Exception {
        final Path file = lines(20_000);
        final List<Integer> ports = LoopbackPorts.lease(4);
        final String contact = "127.0.0.1:" + ports.get(0);
        final List<ChildNode> subscribers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            subscribers.add(start("n" + i, Redirect.PIPE,
                List.of("--bind", "127.0.0.1:" + ports.get(i), "--contact", contact), "--subscribe", "logs"));
        }
        final ChildNode publisher = start("p", Redirect.from(file.toFile()),
            List.of("--bind", "127.0.0.1:" + ports.get(3), "--contact", contact),
            "--publish", "logs", "--wait", "120s", "--wait-for-peers", "3");
        assertEquals(0, publisher.status(), () -> ChildNode.read(publisher.err));
        assertTrue(ChildNode.read(publisher.err).contains("published 20000 lines; confirmed by 3 of the 3 members that"
            + " this node knows; there may be more"),
            () -> ChildNode.read(publisher.err));
        for (final ChildNode subscriber : subscribers) {
            assertWhole(file, subscriber);
        }
    }

    @Test
    void shouldBringALogToTheOthersWhenOneOfThemIsKilled() throws Exception {
        final Path file = lines(60_000);
        members("a", "b", "c", "d");
        final ChildNode b = start("b", Redirect.PIPE, "--subscribe", "logs");
        final ChildNode c = start("c", Redirect.PIPE, "--subscribe", "logs");
        final ChildNode d = start("d", Redirect.PIPE, "--subscribe", "logs");
        final ChildNode publisher = start("a", Redirect.PIPE, "--publish", "logs", "--wait", "120s");
        try (OutputStream in = publisher.process.getOutputStream()) {
            final byte[] bytes = Files.readAllBytes(file);
            in.write(bytes, 0, bytes.length / 3);
            in.flush();
            ChildNode.await("first lines", () -> d.out.toFile().length() > bytes.length / 6);
            d.process.destroyForcibly();
            in.write(bytes, bytes.length / 3, bytes.length - bytes.length / 3);
        }
        assertEquals(0, publisher.status(), () -> ChildNode.read(publisher.err));
        assertWhole(file, b);
        assertWhole(file, c);
    }

    @Test
    void shouldShowEachLineAsItComesAndCloseWhenTold() throws Exception {
        members("a", "b");
        final ChildNode subscriber = start("b", Redirect.PIPE, "--subscribe", "other,logs");
        final ChildNode publisher = start("a", Redirect.PIPE, "--publish", "logs", "--wait", "120s");
        final OutputStream in = publisher.process.getOutputStream();
        final StringBuilder expected = new StringBuilder();
        for (final String line : List.of("one\n", "\n", "drei \u00fc\n", "four\n")) {
            in.write(line.getBytes(UTF_8));
            in.flush();
            expected.append(line);
            ChildNode.await("line", () -> ChildNode.read(subscriber.out).contentEquals(expected));
        }
        subscriber.process.destroy();
        assertEquals(0, subscriber.status(), () -> ChildNode.read(subscriber.err));
        // By its handle: otherwise its input would end at the same time.
        publisher.process.toHandle().destroy();
        assertEquals(0, publisher.status(), () -> ChildNode.read(publisher.err));
        assertTrue(ChildNode.read(publisher.err).contains("before the end of the input: published 4 lines"),
            () -> ChildNode.read(publisher.err));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldCloseGracefullyAtEachSignalThatAsksForIt() throws Exception {
        members("a");
        for (final Map.Entry<String, Integer> entry : Map.of("HUP", 1, "INT", 2, "TERM", 15).entrySet()) {
            final String signal = entry.getKey();
            if (isIgnoredHere(entry.getValue())) {
                continue;
            }
            final ChildNode node = start("a", Redirect.PIPE, "--option", "plumtree.counters.directory=" + directory);
            node.awaitError("is running");
            new ProcessBuilder("kill", "-" + signal, Long.toString(node.process.pid())).start().waitFor();
            assertEquals(0, node.status(), () -> signal + ": " + ChildNode.read(node.err));
            try (Stream<Path> files = Files.list(directory)) {
                assertEquals(0, files.filter(file -> file.toString().endsWith(".counters")).count(), signal);
            }
        }
    }

    /** It reads the file before anything else, and nobody writes to that. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldEndAtOnceWhereNothingIsThereYetThatWouldHaveToBeClosed() throws Exception {
        members("a");
        final Path file = directory.resolve("config");
        assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
        final ChildNode node = start("a", Redirect.PIPE, "--config", file.toString());
        // Opened as soon as the other end is.
        try (OutputStream end = CompletableFuture.supplyAsync(() -> open(file))
            .get(ChildNode.TIMEOUT_S, TimeUnit.SECONDS)) {
            node.process.toHandle().destroy();
            assertEquals(0, node.status(), () -> ChildNode.read(node.err));
            assertThrows(IOException.class, () -> end.write(0), "nobody reads it any more");
        }
        assertEquals("", ChildNode.read(node.err));
    }

    private static OutputStream open(final Path file) {
        try {
            return new FileOutputStream(file.toFile());
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Whether these tests run under {@code nohup}, or in the background: then their nodes ignore the signal, too. */
    private static boolean isIgnoredHere(final int number) throws IOException {
        final Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) >> number - 1 & 1) != 0);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayThatItsInputCannotBeRead() throws Exception {
        members("a");
        // Can be opened, but nothing is at its beginning that could be read.
        final ChildNode publisher = start("a", Redirect.from(new File("/proc/self/mem")), "--publish", "logs");
        assertEquals(1, publisher.status());
        assertTrue(ChildNode.read(publisher.err).contains("plumtree: can't read standard input: "),
            () -> ChildNode.read(publisher.err));
    }

    @Test
    void shouldEndQuietlyWhenNobodyReadsItsOutput() throws Exception {
        members("a", "b");
        final Process subscriber = new ProcessBuilder(JavaCommand.of(List.of(
            "node", "--name", "b", "--member", members, "--cluster", CLUSTER, "--subscribe", "logs", "-q"))).start();
        try {
            final ChildNode publisher = start("a", Redirect.PIPE, "--publish", "logs", "--wait", "120s");
            final OutputStream in = publisher.process.getOutputStream();
            in.write("first\n".getBytes(UTF_8));
            in.flush();
            final BufferedReader out = subscriber.inputReader();
            assertEquals("first", CompletableFuture.supplyAsync(() -> out.lines().findFirst().orElseThrow())
                .get(ChildNode.TIMEOUT_S, TimeUnit.SECONDS));
            out.close();
            in.write("second\n".getBytes(UTF_8));
            in.flush();
            assertTrue(subscriber.waitFor(ChildNode.TIMEOUT_S, TimeUnit.SECONDS));
            assertEquals(0, subscriber.exitValue());
            assertEquals("", new String(subscriber.getErrorStream().readAllBytes(), UTF_8));
        } finally {
            subscriber.destroyForcibly();
        }
    }

    @Test
    void shouldEndTheInputAtALineThatIsTooLong() throws Exception {
        members("a");
        final Path file = Files.writeString(directory.resolve("in"), "short\n" + "x".repeat(2_000_000) + "\nlast\n");
        final ChildNode publisher = start("a", Redirect.from(file.toFile()), "--publish", "logs");
        assertEquals(1, publisher.status());
        final String err = ChildNode.read(publisher.err);
        assertTrue(err.contains("line 2 has 2000000 bytes; the longest that can be published has "), err);
        assertTrue(err.contains("published 1 line;"), err);
    }

    @Test
    void shouldLeaveOutALineThatIsTooLongWhereAsked() throws Exception {
        members("a");
        final Path file = Files.writeString(directory.resolve("in"), "short\n" + "x".repeat(2_000_000) + "\nlast\n");
        final ChildNode publisher = start(
            "a", Redirect.from(file.toFile()), "--publish", "logs", "--long-lines", "skip");
        assertEquals(0, publisher.status());
        final String err = ChildNode.read(publisher.err);
        assertTrue(err.contains("line 2 has 2000000 bytes") && err.contains("left out 1"), err);
    }

    @Test
    void shouldFailWhereNobodyWasEverReached() throws Exception {
        members("a", "gone");
        final Path file = lines(2);
        final ChildNode publisher = start("a", Redirect.from(file.toFile()), "--publish", "logs", "--wait", "100ms");
        assertEquals(1, publisher.status());
        final String err = ChildNode.read(publisher.err);
        assertTrue(err.contains("no other member was ever reached: nobody has what was published"), err);
    }

    @Test
    void shouldGoOnWithoutAMemberThatDoesNotCome() throws Exception {
        members("a", "b", "gone");
        final Path file = lines(10);
        final ChildNode subscriber = start("b", Redirect.PIPE, "--subscribe", "logs", "--wait", "1s");
        subscriber.awaitError("is running");
        final ChildNode publisher = start("a", Redirect.from(file.toFile()), "--publish", "logs",
            "--wait-for-peers", "1", "--wait", "120s");
        assertEquals(0, publisher.status(), () -> ChildNode.read(publisher.err));
        assertTrue(ChildNode.read(publisher.err).contains("confirmed by 1 of 2 members"));
        assertWhole(file, subscriber);
    }
}
