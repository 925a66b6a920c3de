package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.plumtree.harness.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on several hosts ({@link Hosts}), whose network is cut, is slow, and loses frames. */
@Tag("deep")
@Timeout(600)
class MultiHostTest {
    private static final int HOSTS = 4;
    private static final int PORT = 7000;
    /** Messages a second, of each host. */
    private static final int RATE = 50;
    private static final int PARTITION_SECONDS = Integer.getInteger("plumtree.test.partition.seconds", 30);
    private static final int LOSSY_SECONDS = 10;
    private static final long PATIENCE_S = 60;
    /** What a partition makes a node miss is to be kept for as long, and waited for. */
    private static final List<String> OPTIONS = List.of(
        "plumtree.idle.strategy=1ms",
        "handler.pubsub.retained.age=180s",
        "handler.pubsub.holdback.messages=32768",
        "handler.pubsub.holdback.timeout=60s",
        "handler.pubsub.holdback.exchange=60s");

    private final List<NodeProcess> nodes = new ArrayList<>();
    @TempDir
    Path directory;

    @AfterEach
    void killNodes() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void shouldBecomeOneOverlayAgainAndExchangeEverythingAfterAPartitionInHalvesUnderLoad() throws Exception {
        try (Hosts hosts = new Hosts(HOSTS)) {
            start(hosts);
            publish();
            awaitReceived(2 * RATE);
            hosts.cutBefore(HOSTS / 2);
            final long cutNs = System.nanoTime();
            await("each half is alone", () -> components().size() == 2);
            final long noticedMs = millisSince(cutNs);
            final long before = Long.parseLong(nodes.get(0).ask("published"));
            await("enough is published apart",
                () -> Long.parseLong(nodes.get(0).ask("published")) >= before + PARTITION_SECONDS * RATE);
            hosts.heal();
            final long healNs = System.nanoTime();
            await("there is one overlay again", () -> components().size() == 1);
            final long overlayMs = millisSince(healNs);
            final long published = assertAllReceived();
            System.out.printf(
                "partition of %d s: noticed after %d ms; one overlay %d ms after its end; all of %d messages at all"
                    + " %d hosts, once and in order, %d ms after its end%n",
                PARTITION_SECONDS, noticedMs, overlayMs, published, HOSTS, millisSince(healNs));
            end();
        }
    }

    @Test
    void shouldLoseNothingOverInterfacesThatLose5PercentAndDelay50Milliseconds() throws Exception {
        try (Hosts hosts = new Hosts(HOSTS)) {
            final String by = hosts.impair(50, 5);
            start(hosts);
            publish();
            awaitReceived(LOSSY_SECONDS * RATE);
            final long published = assertAllReceived();
            System.out.printf("loss of 5 %%, delay of 50 ms by %s: all of %d messages at all %d hosts, once and in"
                + " order; %s; links lost %d times%n", by, published, HOSTS, hosts.figures(), sum("engine.links.down"));
            end();
        }
    }

    private void start(final Hosts hosts) throws Exception {
        final Path errors = directory.resolve("errors");
        for (int i = 0; i < HOSTS; i++) {
            final String endpoint = hosts.address(i) + ":" + PORT;
            final List<String> command = new ArrayList<>(hosts.on(i));
            command.addAll(NodeProcess.java(HostNodeMain.class));
            command.addAll(List.of("plumtree.name=" + name(i), "plumtree.bind=" + endpoint));
            command.addAll(whoElse(hosts));
            command.addAll(OPTIONS);
            nodes.add(new NodeProcess(name(i), endpoint, command, errors));
        }
        await("there is one overlay", () -> components().size() == 1);
    }

    /** How a node learns of the others. */
    private static List<String> whoElse(final Hosts hosts) {
        return List.of("plumtree.membership=hyparview", "plumtree.contacts=" + hosts.address(0) + ":" + PORT);
    }

    private static String name(final int index) {
        return "h" + index;
    }

    private void publish() throws Exception {
        for (final NodeProcess node : nodes) {
            node.ask("publish " + RATE);
        }
    }

    /** Waits until every node has so many messages of every node. */
    private void awaitReceived(final long count) throws Exception {
        for (final NodeProcess node : nodes) {
            await(node.name + " has " + count + " of all", () -> {
                final Map<String, Long> received = received(node);
                return received.size() == HOSTS && received.values().stream().allMatch(number -> number >= count);
            });
        }
    }

    /** Publishes no more; waits until all nodes have all; returns how much that is. */
    private long assertAllReceived() throws Exception {
        final Map<String, Long> published = new TreeMap<>();
        for (final NodeProcess node : nodes) {
            published.put(node.name, Long.parseLong(node.ask("stop")));
        }
        for (final NodeProcess node : nodes) {
            await(node.name + " has all of " + published, () -> received(node).equals(published));
            assertEquals("", node.ask("wrong"), node.name);
        }
        return published.values().stream().mapToLong(Long::longValue).sum();
    }

    /** As long as the hosts are there. */
    private void end() throws IOException, InterruptedException {
        for (final NodeProcess node : nodes) {
            node.end();
        }
    }

    private static Map<String, Long> received(final NodeProcess node) throws Exception {
        final Map<String, Long> received = new TreeMap<>();
        for (final String word : ProcessCluster.words(node.ask("received"))) {
            final String[] parts = word.split(":");
            received.put(parts[0], Long.parseLong(parts[1]));
        }
        return received;
    }

    /** The nodes by whom they can reach, over links that both ends say are up. */
    private Set<Set<String>> components() throws Exception {
        final Map<String, Set<String>> connected = new TreeMap<>();
        for (final NodeProcess node : nodes) {
            connected.put(node.name, ProcessCluster.words(node.ask("connected")));
        }
        final Map<String, Set<String>> components = new TreeMap<>();
        connected.keySet().forEach(name -> components.put(name, new TreeSet<>(Set.of(name))));
        connected.forEach((name, peers) -> peers.stream()
            .filter(peer -> connected.get(peer).contains(name))
            .forEach(peer -> {
                final Set<String> all = components.get(name);
                all.addAll(components.get(peer));
                all.forEach(member -> components.put(member, all));
            }));
        return Set.copyOf(components.values());
    }

    private long sum(final String counter) throws Exception {
        long sum = 0;
        for (final NodeProcess node : nodes) {
            sum += Long.parseLong(node.ask("counter " + counter));
        }
        return sum;
    }

    private static long millisSince(final long startNs) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    }

    private void await(final String what, final Callable<Boolean> condition) throws Exception {
        final Patience patience = new Patience(PATIENCE_S);
        while (!condition.call()) {
            if (patience.isOver()) {
                fail("waited in vain until " + what + ": " + describe());
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
        return all + Files.readString(directory.resolve("errors"));
    }
}
