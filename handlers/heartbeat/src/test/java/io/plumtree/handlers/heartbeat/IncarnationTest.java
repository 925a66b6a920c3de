package io.plumtree.handlers.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.testkit.TestMessage;
import io.plumtree.handlers.testkit.TestNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A node whose clock was set back between two runs. */
class IncarnationTest {
    private static final Map<String, String> OPTIONS = Map.of("enabled", "true", "interval", "1s");
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final NodeId SENDER = NodeId.of("s");

    @Test
    void shouldBeHeardAboveTheRunThatOthersKnow() {
        final Heartbeats hearing = new Heartbeats();
        try (TestNode receiver = new TestNode(NodeId.of("r"), 1, hearing, Map.of());
            TestNode earlier = new TestNode(SENDER, 200, new Heartbeats(), OPTIONS);
            TestNode node = new TestNode(SENDER, 50, new Heartbeats(), OPTIONS)) {
            receiver.confirm(SENDER, 200);
            assertTrue(receiver.merge(beat(earlier)));
            assertEquals(200, hearing.latestIncarnation(SENDER.value()));
            assertEquals(0, hearing.latestIncarnation(NodeId.of("x").value()));
            assertFalse(receiver.merge(beat(node)), "outdated");

            node.raise(201, true);
            assertTrue(receiver.merge(beat(node)));
            assertEquals(201, hearing.lastHeard(SENDER).epoch());
        }
    }

    /** The command ring may hold one while the engine learns of the later run. */
    @Test
    void shouldBeHeardWithAHeartbeatThatWasClaimedUnderTheFormerRun() throws InterruptedException {
        final Heartbeats hearing = new Heartbeats();
        final Heartbeats sending = new Heartbeats();
        try (TestNode receiver = new TestNode(NodeId.of("r"), 1, hearing, Map.of());
            TestNode earlier = new TestNode(SENDER, 200, new Heartbeats(), OPTIONS);
            TestNode node = new TestNode(SENDER, 50, sending, OPTIONS)) {
            assertTrue(receiver.merge(beat(earlier)));
            // What is committed by another thread waits for the node's next call.
            final Thread other = new Thread(() -> sending.doWork(node.nowNs() + 2 * SECOND_NS));
            other.start();
            other.join();
            assertEquals(List.of(), node.broadcasts());
            node.raise(201, true);
            assertEquals(1, node.broadcasts().size());
            assertTrue(receiver.merge(node.broadcasts().get(0)));
            assertEquals(201, hearing.lastHeard(SENDER).epoch());
            assertEquals(201, sending.lastHeard(SENDER).epoch());
        }
    }

    private static TestMessage beat(final TestNode node) {
        node.advance(SECOND_NS);
        final List<TestMessage> beats = node.broadcasts();
        return beats.get(beats.size() - 1);
    }
}
