package io.plumtree.node.stat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumtree.engine.counters.CountersLayout;
import io.plumtree.node.options.ConfigProperties;
import io.plumtree.node.options.Converters;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.options.Ranges;
import io.plumtree.node.options.UsageErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command, with files as nodes write them. */
class StatCommandTest {
    private static final long HERE = ProcessHandle.current().pid();
    private static final long NOWHERE = Integer.MAX_VALUE;

    @TempDir
    private Path directory;
    private final List<Integer> pauses = new ArrayList<>();
    private StatCommand.Pause pause = pauses::add;
    private String out;
    private String err;

    private int run(final String... args) {
        final StringWriter outText = new StringWriter();
        final StringWriter errText = new StringWriter();
        final CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create().name("plumtree"));
        line.addSubcommand(new StatCommand(seconds -> pause.seconds(seconds)));
        Converters.register(line);
        final List<String> all = new ArrayList<>(List.of("stat", "--directory", directory.toString()));
        all.addAll(List.of(args));
        final int status = line.setExecutionStrategy(new Ranges(new Defaults(Map.of(), ConfigProperties.NONE)))
            .setParameterExceptionHandler(new UsageErrors())
            .setOut(new PrintWriter(outText, true)).setErr(new PrintWriter(errText, true))
            .execute(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return status;
    }

    private Path write(final String node, final long pid, final Map<String, Long> counters) throws IOException {
        final int capacity = 8;
        final ByteBuffer bytes = ByteBuffer.allocate((int) CountersLayout.fileLength(capacity))
            .order(ByteOrder.nativeOrder());
        final long nowMs = System.currentTimeMillis();
        bytes.putLong(CountersLayout.MAGIC_OFFSET, CountersLayout.MAGIC);
        bytes.putInt(CountersLayout.VERSION_OFFSET, CountersLayout.VERSION);
        bytes.putLong(CountersLayout.PID_OFFSET, pid);
        bytes.putLong(CountersLayout.PID_NAMESPACE_OFFSET, CountersLayout.pidNamespace());
        bytes.putLong(CountersLayout.START_OFFSET, nowMs);
        bytes.putLong(CountersLayout.HEARTBEAT_OFFSET, nowMs);
        bytes.putLong(CountersLayout.HEARTBEAT_STEADY_OFFSET, CountersLayout.steadyTimeMs());
        bytes.putLong(CountersLayout.INCARNATION_OFFSET, 42);
        bytes.putInt(CountersLayout.CAPACITY_OFFSET, capacity);
        put(bytes, CountersLayout.NODE_OFFSET, node);
        put(bytes, CountersLayout.CLUSTER_OFFSET, "plumtree");
        int id = 0;
        for (final Map.Entry<String, Long> counter : counters.entrySet()) {
            final int at = CountersLayout.HEADER_LENGTH + id * CountersLayout.METADATA_LENGTH;
            bytes.putInt(at, 1);
            bytes.putInt(at + 4, counter.getKey().endsWith(".up") ?
                CountersLayout.TYPE_LEVEL : CountersLayout.TYPE_COUNT);
            put(bytes, at + 128, counter.getKey());
            bytes.putLong(CountersLayout.HEADER_LENGTH + capacity * CountersLayout.METADATA_LENGTH +
                id * CountersLayout.VALUE_LENGTH, counter.getValue());
            id++;
        }
        return Files.write(directory.resolve(node + "-" + pid + CountersLayout.SUFFIX), bytes.array());
    }

    private static void put(final ByteBuffer bytes, final int offset, final String text) {
        bytes.putInt(offset, text.length());
        bytes.position(offset + Integer.BYTES);
        bytes.put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, Long> counters(final long pushes, final long up) {
        return new TreeMap<>(Map.of("protocol.pushes", pushes, "engine.peers.up", up));
    }

    @Test
    void shouldListNodesAndMarkDeadOnes() throws IOException {
        write("n2", NOWHERE, counters(1, 0));
        write("n1", HERE, counters(1, 0));
        assertEquals(0, run());
        final List<String> lines = out.lines().toList();
        assertEquals("NODE  CLUSTER        PID  STATE         AGE  LAST SIGN OF LIFE", lines.get(0));
        assertTrue(lines.get(1).matches("n1    plumtree +" + HERE + "  live +\\d+m?s +\\d+m?s ago"), out);
        assertTrue(lines.get(2).matches("n2    plumtree +" + NOWHERE + "  dead +\\d+m?s +\\d+m?s ago"), out);
        assertEquals("", err);
        assertEquals(List.of(), pauses);
    }

    @Test
    void shouldShowTheCountersOfOneNodeByName() throws IOException {
        write("n1", HERE, counters(12, 3));
        write("n2", HERE, counters(99, 3));
        assertEquals(0, run("n1"));
        final List<String> lines = out.lines().toList();
        assertTrue(lines.get(0).matches("n1 of cluster plumtree, process " + HERE + ", live, \\d+m?s old"), out);
        assertEquals(
            List.of("  engine.peers.up                3", "  protocol.pushes               12"), lines.subList(1, 3));
        assertEquals(3, lines.size());
    }

    @Test
    void shouldShowOnlyCountersThatTheFilterMatchesOfAllNodes() throws IOException {
        write("n1", HERE, counters(12, 3));
        write("n2", HERE, counters(99, 3));
        assertEquals(0, run("--filter", "push"));
        assertFalse(out.contains("engine.peers.up"), out);
        assertEquals(2, out.lines().filter(line -> line.contains("protocol.pushes")).count());
        assertEquals(0, run("--all"));
        assertEquals(2, out.lines().filter(line -> line.contains("engine.peers.up")).count());
    }

    @Test
    void shouldSayByHowMuchCountersGrewFromLookToLook() throws IOException {
        final Path file = write("n1", HERE, counters(10, 3));
        final long[] pushes = {10};
        pause = seconds -> {
            pauses.add(seconds);
            pushes[0] += 500;
            // Looks at the same millisecond have no time between them to reckon a rate with.
            final long nowMs = System.currentTimeMillis();
            while (System.currentTimeMillis() - nowMs < 2) {
                Thread.onSpinWait();
            }
            try {
                Files.delete(file);
                write("n1", HERE, counters(pushes[0], 9));
            } catch (final IOException ex) {
                throw new IllegalStateException(ex);
            }
        };
        assertEquals(0, run("n1", "--watch", "7", "--looks", "3"));
        assertEquals(List.of(7, 7), pauses);
        assertEquals(2, out.lines().filter(line -> line.matches("  protocol.pushes .*\\d\\.\\d/s")).count(), out);
        assertFalse(out.lines().anyMatch(line -> line.contains("peers.up") && line.contains("/s")), out);
        assertEquals(0, run("n1", "--watch", "1", "--looks", "2", "--json"));
        final List<String> lines = out.lines().toList();
        assertEquals(2, lines.size());
        final JsonNode later = new ObjectMapper().readTree(lines.get(1)).get("nodes").get(0);
        assertTrue(later.get("rates").get("protocol.pushes").asDouble() > 0);
        assertFalse(later.get("rates").has("engine.peers.up"));
        assertFalse(new ObjectMapper().readTree(lines.get(0)).get("nodes").get(0).has("rates"));
    }

    @Test
    void shouldShowJsonForPrograms() throws IOException {
        final Path file = write("n1", HERE, counters(12, 3));
        assertEquals(0, run("--json", "--all"));
        final JsonNode node = new ObjectMapper().readTree(out).get("nodes").get(0);
        assertEquals("n1", node.get("name").asText());
        assertEquals("plumtree", node.get("cluster").asText());
        assertEquals(HERE, node.get("pid").asLong());
        assertEquals("live", node.get("state").asText());
        assertEquals(42, node.get("incarnation").asLong());
        assertEquals(file.toString(), node.get("file").asText());
        assertEquals(12, node.get("counters").get("protocol.pushes").asLong());
        assertEquals(0, run("--json"));
        assertFalse(new ObjectMapper().readTree(out).get("nodes").get(0).has("counters"));
    }

    @Test
    void shouldSayWhichNodesThereAreWhereOneIsNot() throws IOException {
        write("n1", HERE, counters(1, 1));
        assertEquals(2, run("n7"));
        assertEquals("plumtree: no node 'n7' in " + directory +
            " (--directory; a node's option is plumtree.counters.directory); there are [n1]\n", err);
        assertEquals("", out);
    }

    @Test
    void shouldSayThatNoNodeRuns() {
        assertEquals(2, run());
        assertTrue(err.startsWith("plumtree: no node of this user has counters in " + directory), err);
        directory = directory.resolve("absent");
        assertEquals(2, run());
        assertEquals("plumtree: no node of this user runs here, nor has run: there is no directory " + directory +
            " (--directory; a node's option is plumtree.counters.directory)\n", err);
    }

    @Test
    void shouldSayThatAFileIsNoDirectory() throws IOException {
        directory = Files.createFile(directory.resolve("file"));
        assertEquals(2, run());
        assertTrue(err.startsWith("plumtree: no directory: " + directory), err);
    }

    @Test
    void shouldSayWhatIsWrongWithAFileAndShowTheOthers() throws IOException {
        write("n1", HERE, counters(1, 1));
        final Path cut = write("n2", HERE, counters(1, 1));
        Files.write(cut, new byte[0]);
        final Path newer = write("n3", HERE, counters(1, 1));
        final byte[] bytes = Files.readAllBytes(newer);
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(CountersLayout.VERSION_OFFSET, 3);
        Files.write(newer, bytes);
        assertEquals(0, run());
        assertEquals("plumtree: " + cut + ": is truncated: has 0 bytes, and should have 512 at least\n" +
            "plumtree: " + newer + ": has layout version 3, and version 2 is read here\n", err);
        assertEquals(2, out.lines().count());
        assertEquals(2, run("n3"));
        assertTrue(err.contains("layout version 3"), err);
    }

    @Test
    void shouldNameWhatIsWrongWithTheArguments() {
        assertEquals(2, run("--watch", "0"));
        assertTrue(err.contains("--watch must be a whole number from 1 to 3600: '0'"), err);
        assertEquals(2, run("--filter", "("));
        assertTrue(err.contains("--filter"), err);
    }

    @Test
    void shouldShowTheLargestTwoUnitsOfADuration() {
        assertEquals("0ms", StatText.duration(Duration.ofMillis(-5)));
        assertEquals("999ms", StatText.duration(Duration.ofMillis(999)));
        assertEquals("59s", StatText.duration(Duration.ofSeconds(59)));
        assertEquals("1m1s", StatText.duration(Duration.ofSeconds(61)));
        assertEquals("1h2m", StatText.duration(Duration.ofSeconds(3_725)));
        assertEquals("2d1h", StatText.duration(Duration.ofHours(49)));
    }
}
