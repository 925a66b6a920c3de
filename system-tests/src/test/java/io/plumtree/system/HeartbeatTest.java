package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.plumtree.engine.NodeContext;
import io.plumtree.handlers.heartbeat.Heartbeats;
import io.plumtree.handlers.heartbeat.LastHeard;
import io.plumtree.system.AeronCluster.Node;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class HeartbeatTest {
    private static Heartbeats heartbeats(final Node node) {
        return node.node.handler(Heartbeats.NAME, Heartbeats.class);
    }

    private static long sequence(final Node at, final Node of) {
        final LastHeard last = heartbeats(at).lastHeard(of.id());
        return last == null ? 0 : last.sequence();
    }

    /** The handler is found on the class path; only the first two nodes are told to broadcast. */
    private static void enableOnTwo(final NodeContext context) {
        context.lazyTickPeriodNs(10_000_000).option("handler.heartbeat.interval", "50ms");
        if (!context.name().endsWith("2")) {
            context.option("handler.heartbeat.enabled", "true");
        }
    }

    @Test
    void shouldHearOfNodesThatBroadcastHeartbeatsAndOfNoOthers() {
        try (AeronCluster cluster = new AeronCluster(3, HeartbeatTest::enableOnTwo)) {
            cluster.awaitLinks();
            final Node silent = cluster.nodes.get(2);
            for (final Node at : cluster.nodes) {
                for (final Node of : cluster.nodes.subList(0, 2)) {
                    cluster.runUntil(at.id() + " hears of " + of.id(), () -> sequence(at, of) >= 5);
                }
                assertNull(heartbeats(at).lastHeard(silent.id()));
            }
            assertEquals(2, heartbeats(silent).snapshot().size());
            cluster.assertNoErrors();
        }
    }
}
