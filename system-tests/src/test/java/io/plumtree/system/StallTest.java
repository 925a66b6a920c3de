package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.harness.LoopbackPorts;
import io.plumtree.harness.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that stand still while all publish (SIGSTOP), as they do on a machine that is paused, three times in a row:
 * one of the nodes, or all. When they go on so do the links; nobody misses anything, all is in order, and none of it is
 * told as an error.
 */
@DisabledOnOs(OS.WINDOWS)
class StallTest {
    private static final int NODES = 3;
    private static final int TIMES = 3;
    /** Messages a second, of each node. */
    private static final int RATE = 100;
    private static final long PATIENCE_S = 60;
    /** What a node misses that stands still is kept for as long. */
    private static final List<String> OPTIONS = List.of(
        "handler.pubsub.retained.age=180s", "handler.pubsub.retained.messages=65536",
        "handler.pubsub.holdback.messages=32768");

    private final List<NodeProcess> nodes = new ArrayList<>();
    @TempDir
    Path directory;
    private Path errors;

    @AfterEach
    void killNodes() {
        nodes.forEach(NodeProcess::close);
    }

    @ParameterizedTest
    @CsvSource({"2, 3"})
    @Tag("slow")
    @Timeout(600)
    void shouldGoOnAfterAShortStallAsIfNothingHadHappened(final int seconds, final int stopped) throws Exception {
        stall(seconds, stopped);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "6, 1", "6, 3", "40, 1", "40, 3"})
    @Tag("deep")
    @Timeout(900)
    void shouldGoOnAfterALongStallAsIfNothingHadHappened(final int seconds, final int stopped) throws Exception {
        stall(seconds, stopped);
    }

    private void stall(final int seconds, final int stopped) throws Exception {
        errors = Files.createFile(directory.resolve("errors"));
        LoopbackPorts.start(NODES, this::start);
        for (final NodeProcess node : nodes) {
            node.ask("publish " + RATE);
        }
        await("all have of all", () -> hasMore(Map.of()));
        final List<String> figures = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            for (final NodeProcess node : nodes.subList(0, stopped)) {
                node.signal("STOP");
            }
            standStill(seconds);
            for (final NodeProcess node : nodes.subList(0, stopped)) {
                node.signal("CONT");
            }
            final long resumedNs = System.nanoTime();
            await("all links are up", this::isConnected);
            // What each publishes from now on reaches all.
            final Map<String, Long> published = published();
            await("all have what is published now", () -> hasMore(published));
            figures.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - resumedNs) + " ms");
        }
        final Map<String, Long> published = new TreeMap<>();
        for (final NodeProcess node : nodes) {
            published.put(node.name, Long.parseLong(node.ask("stop")));
        }
        for (final NodeProcess node : nodes) {
            await(node.name + " has all of " + published, () -> received(node).equals(published));
            assertEquals("", node.ask("wrong"), node.name);
        }
        System.out.printf("%d of %d nodes stopped for %d s: up again, and news everywhere, after %s; %d messages%n",
            stopped, NODES, seconds, figures, published.values().stream().mapToLong(Long::longValue).sum());
        for (final NodeProcess node : nodes) {
            node.end();
        }
        NodeProcess.assertNothingWrong(errors);
    }

    private List<NodeProcess> start(final List<Integer> ports) throws Exception {
        final List<String> members = new ArrayList<>();
        for (final int port : ports) {
            members.add("n" + members.size() + "@localhost:" + port);
        }
        try {
            for (int i = 0; i < ports.size(); i++) {
                final String endpoint = "localhost:" + ports.get(i);
                final List<String> command = new ArrayList<>(NodeProcess.java(HostNodeMain.class));
                command.add("plumtree.name=n" + i);
                command.add("plumtree.bind=" + endpoint);
                command.add("plumtree.members=" + String.join(",", members));
                command.addAll(OPTIONS);
                nodes.add(new NodeProcess("n" + i, endpoint, command, errors));
            }
            await("all are connected", this::isConnected);
        } catch (final Exception | AssertionError ex) {
            killNodes();
            nodes.clear();
            throw ex;
        }
        return nodes;
    }

    /** By this process's clock: if it stands still itself, all do for longer. */
    private static void standStill(final int seconds) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - endNs < 0) {
            LockSupport.parkNanos(endNs - System.nanoTime());
        }
    }

    private boolean isConnected() throws Exception {
        for (final NodeProcess node : nodes) {
            if (ProcessCluster.words(node.ask("connected")).size() != NODES - 1) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Long> published() throws Exception {
        final Map<String, Long> published = new TreeMap<>();
        for (final NodeProcess node : nodes) {
            published.put(node.name, Long.parseLong(node.ask("published")));
        }
        return published;
    }

    /** Whether every node has more of every other than so much. */
    private boolean hasMore(final Map<String, Long> than) throws Exception {
        for (final NodeProcess node : nodes) {
            final Map<String, Long> received = received(node);
            if (received.size() < NODES || !received.entrySet().stream()
                .allMatch(entry -> entry.getValue() > than.getOrDefault(entry.getKey(), 0L))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Long> received(final NodeProcess node) throws Exception {
        return ProcessCluster.words(node.ask("received")).stream().map(word -> word.split(":"))
            .collect(Collectors.toMap(parts -> parts[0], parts -> Long.parseLong(parts[1])));
    }

    private void await(final String what, final Callable<Boolean> condition) throws Exception {
        final Patience patience = new Patience(PATIENCE_S);
        while (!condition.call()) {
            if (patience.isOver()) {
                throw new AssertionError("waited in vain until " + what + ": " + describe());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private String describe() throws IOException, InterruptedException {
        final StringBuilder all = new StringBuilder();
        for (final NodeProcess node : nodes) {
            all.append(node.name).append(" connected: ").append(node.ask("connected")).append(" received: ")
                .append(node.ask("received")).append(" wrong: ").append(node.ask("wrong")).append('\n');
        }
        return all + Files.readString(errors);
    }
}
