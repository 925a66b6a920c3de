package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.NodeContext;
import io.plumtree.system.AeronCluster.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster is for, over real Aeron. */
@Tag("slow")
class ClusterTest {
    private static final Consumer<NodeContext> DEFAULTS = context -> { };

    /** All that was published, each once, whatever the order. */
    private static void assertReceivedOnce(final AeronCluster cluster, final Set<String> published) {
        for (final Node node : cluster.survivors()) {
            final List<String> received = new ArrayList<>(node.received);
            assertEquals(published, new HashSet<>(received), node.id().name());
            assertEquals(published.size(), received.size(), node.id() + " was given something twice");
        }
    }

    private static void awaitDelivery(final AeronCluster cluster, final Set<String> published) {
        for (final Node node : cluster.survivors()) {
            cluster.runUntil(
                node.id() + " has received " + published.size(), () -> node.received.size() >= published.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldDeliverEveryMessageOfEveryNodeToEachNode(final int size) {
        try (AeronCluster cluster = new AeronCluster(size, DEFAULTS)) {
            // Some before the links are up, some after.
            final Set<String> published = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                for (final Node node : cluster.nodes) {
                    published.add(node.id() + " says " + i);
                    node.publish(node.id() + " says " + i);
                }
                if (i == 5) {
                    cluster.awaitLinks();
                }
            }
            awaitDelivery(cluster, published);
            cluster.runFor(200);
            assertReceivedOnce(cluster, published);
            cluster.assertNoErrors();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void shouldSettleOnTreesOverWhichEachMessageArrivesExactlyOnce(final int size) {
        // A long graft timeout, so that a pause of the machine is not taken for a broken path.
        try (AeronCluster cluster = new AeronCluster(
            size,
            context ->
                context.protocol().grafts().adaptiveGraft(false).graftTimeoutNs(TimeUnit.SECONDS.toNanos(20)))) {
            cluster.awaitLinks();
            final Set<String> published = new HashSet<>();
            for (int round = 0; round < 3; round++) {
                publishOneByOne(cluster, published, "warm up " + round);
            }
            // A tree that is made in a burst keeps some links twice until twice the grace time is over.
            cluster.runFor(2_100);
            for (int round = 0; round < 3; round++) {
                publishOneByOne(cluster, published, "settle " + round);
            }
            // The protocol's counters are published at the lazy tick.
            cluster.runFor(300);
            final long duplicates = cluster.total("protocol.duplicates");
            final long deliveries = cluster.total("protocol.deliveries");
            for (int round = 0; round < 20; round++) {
                publishOneByOne(cluster, published, "settled " + round);
            }
            cluster.runFor(300);
            assertEquals(0, cluster.total("protocol.duplicates") - duplicates);
            assertEquals(20L * size * (size - 1), cluster.total("protocol.deliveries") - deliveries);
            assertReceivedOnce(cluster, published);
            cluster.assertNoErrors();
        }
    }

    private static void publishOneByOne(final AeronCluster cluster, final Set<String> published, final String what) {
        for (final Node node : cluster.nodes) {
            published.add(node.id() + " " + what);
            node.publish(node.id() + " " + what);
            awaitDelivery(cluster, published);
        }
    }

    @Test
    void shouldDeliverAMebibyte() {
        try (AeronCluster cluster = new AeronCluster(3, DEFAULTS)) {
            cluster.awaitLinks();
            final byte[] payload = new byte[1024 * 1024];
            for (int i = 0; i < payload.length; i++) {
                payload[i] = (byte) (i * 31);
            }
            final List<byte[]> received = new ArrayList<>();
            for (final Node node : cluster.nodes) {
                node.pubsub.subscribe("big", (origin, incarnation, sequence, buffer, offset, length) -> {
                    final byte[] copy = new byte[length];
                    buffer.getBytes(offset, copy);
                    received.add(copy);
                });
            }
            assertTrue(cluster.nodes.get(0).pubsub.publish("big", payload) > 0);
            cluster.runUntil("all have received the payload", () -> received.size() == 3);
            for (final byte[] each : received) {
                assertTrue(Arrays.equals(payload, each));
            }
            cluster.assertNoErrors();
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "5, 2"})
    void shouldLoseNothingOnTheSurvivorsWhenRelaysCrashInMidStream(final int size, final int crashes) {
        crashRelays(size, crashes);
    }

    @Test
    @Tag("deep")
    void shouldLoseNothingOnTheSurvivorsWhenManyRelaysCrashInMidStream() {
        crashRelays(8, 3);
    }

    private void crashRelays(final int size, final int crashes) {
        try (AeronCluster cluster = new AeronCluster(size, DEFAULTS)) {
            cluster.awaitLinks();
            final Set<String> published = new HashSet<>();
            int next = 0;
            for (int crash = 0; crash < crashes; crash++) {
                for (int i = 0; i < 100; i++) {
                    publishFromSurvivor(cluster, size - crashes, published, next++);
                }
                // Half-way: what it was just sent it has not passed on.
                cluster.nodes.get(size - 1 - crash).crash();
            }
            for (int i = 0; i < 300; i++) {
                publishFromSurvivor(cluster, size - crashes, published, next++);
                cluster.runFor(5);
            }
            awaitDelivery(cluster, published);
            cluster.runFor(200);
            assertReceivedOnce(cluster, published);
            cluster.assertNoErrors();
        }
    }

    private static void publishFromSurvivor(
        final AeronCluster cluster, final int survivors, final Set<String> published, final int number) {
        final Node node = cluster.nodes.get(number % survivors);
        published.add("message " + number);
        node.publish("message " + number);
        node.node.invoker().invoke();
    }

    @Test
    void shouldTakeANodeBackThatWasGone() {
        try (AeronCluster cluster = new AeronCluster(5, DEFAULTS)) {
            cluster.awaitLinks();
            final Set<String> published = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                publishFromSurvivor(cluster, 4, published, i);
            }
            awaitDelivery(cluster, published);
            final Node gone = cluster.nodes.get(4);
            gone.crash();
            for (final Node node : cluster.survivors()) {
                cluster.runUntil(node.id() + " has noticed", () ->
                    node.counter("engine.links.up") - node.counter("engine.links.down") == 3);
            }
            final Set<String> meanwhile = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                publishFromSurvivor(cluster, 4, meanwhile, 1000 + i);
            }
            gone.restart();
            cluster.awaitLinks();
            for (int i = 0; i < 50; i++) {
                publishFromSurvivor(cluster, 4, meanwhile, 2000 + i);
            }
            cluster.runUntil("what was published meanwhile has arrived", () -> gone.received.containsAll(meanwhile));
            assertEquals(
                gone.received.size(), new HashSet<>(gone.received).size(), "it was given something twice");
            cluster.assertNoErrors();
        }
    }

    @Test
    void shouldSeeAGracefulCloseAtOnceAndAsOne() {
        try (AeronCluster cluster = new AeronCluster(3, DEFAULTS)) {
            cluster.awaitLinks();
            final Node closing = cluster.nodes.get(2);
            closing.isDriven = false;
            closing.node.close();
            for (final Node node : cluster.survivors()) {
                cluster.runUntil(
                    node.id() + " has seen it", () -> node.counter("engine.links.down.goodbye") == 1);
            }
            cluster.assertNoErrors();
        }
    }
}
