package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.engine.NodeContext;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.system.AeronCluster.Node;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two handlers of each node over real Aeron, one of them with more to say than a receiver takes in. */
@Tag("slow")
class ChannelsTest {
    private static final String BULK = "bulk";
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int FLOOD_MS = 300;

    private final UnsafeBuffer data = new UnsafeBuffer(new byte[2_000]);
    private int next;

    /** Whoever is slow is waited for, all through the test. */
    private static void options(final NodeContext context, final String channel) {
        context.handler(BULK, new NumberHandler(channel)).maxMessageLength(64 * 1024);
        context.ring().commandRingLength(1024 * 1024);
        context.links().livenessTimeoutNs(LONG_NS).sendBudgetNs(LONG_NS);
        for (final String timeout : List.of("imageLivenessTimeout", "connectionTimeout")) {
            context.option("aeron." + timeout, "60s");
        }
        context.option("aeron.clientLivenessTimeout", "90s").option("aeron.driverTimeout", "90s");
    }

    private static NumberHandler bulk(final Node node) {
        return node.node.handler(BULK, NumberHandler.class);
    }

    /** As much as the node takes. */
    private void flood(final Node root) {
        while (true) {
            data.putInt(0, next);
            if (root.node.broadcast(BULK, data, 0, data.capacity()) < 0) {
                return;
            }
            next++;
        }
    }

    /** One that is given payloads by the root itself, and gives them to the other one if the root does not. */
    private static Node eagerPeer(final AeronCluster cluster, final Node root) {
        final CompletableFuture<PeerSets> peers = root.node.peerSets(root.id());
        cluster.runUntil("the node tells its peers", peers::isDone);
        final NodeId eager = peers.join().eager().iterator().next();
        return cluster.nodes.stream().filter(node -> node.id().equals(eager)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {BULK, BroadcastHandler.DEFAULT_CHANNEL})
    void shouldNotDelayAHandlerByAnotherThatFloodsASlowReceiver(final String channel) {
        try (AeronCluster cluster = new AeronCluster(3, context -> options(context, channel))) {
            cluster.awaitLinks();
            final Node root = cluster.nodes.get(0);
            root.publish("before");
            cluster.runUntil("the cluster is warm",
                () -> cluster.nodes.get(1).received.size() + cluster.nodes.get(2).received.size() == 2);
            final Node receiver = eagerPeer(cluster, root);
            final Node slow = cluster.nodes.get(receiver.index == 1 ? 2 : 1);
            slow.isDriven = false;
            for (int i = 0; i < 10; i++) {
                flood(root);
                cluster.runFor(FLOOD_MS / 10);
            }
            flood(root);
            assertTrue(root.counter("engine.broadcasts.delayed") > 0, "the flood waits");
            final boolean isTaken = root.pubsub.publish(AeronCluster.TOPIC, "meanwhile".getBytes()) > 0;
            if (channel.equals(BULK)) {
                assertTrue(isTaken);
                cluster.runUntil("it comes at once", () -> receiver.received.contains("meanwhile"));
            } else {
                cluster.runFor(FLOOD_MS);
                assertFalse(receiver.received.contains("meanwhile"));
            }
            assertTrue(bulk(receiver).received.size() < next, "the flood waits still");
            slow.isDriven = true;
            for (final Node node : cluster.nodes) {
                cluster.runUntil(node.id() + " has all", () -> bulk(node).received.size() == next);
            }
            if (isTaken) {
                cluster.runUntil("the slow one has it too", () -> slow.received.contains("meanwhile"));
            }
            assertEquals(0, cluster.total("engine.links.down"));
            cluster.assertNoErrors();
        }
    }
}
