package io.plumtree.handlers.heartbeat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.testkit.TestMessage;
import io.plumtree.handlers.testkit.TestNode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** A started handler, and heartbeats of other nodes for it. */
final class Fixture {
    static final long INCARNATION = 1_000;
    static final NodeId SELF = NodeId.of("self");

    final Heartbeats heartbeats = new Heartbeats();
    final TestNode node;

    /** Starts with options: key, value, key, value ... */
    Fixture(final String... options) {
        final Map<String, String> byKey = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            byKey.put(options[i], options[i + 1]);
        }
        node = new TestNode(SELF, INCARNATION, heartbeats, byKey);
        // From here on the handler has the node's time, instead of its own.
        node.advance(0);
    }

    static TestMessage heartbeat(final String name, final long epoch, final long sequence) {
        return heartbeat(NodeId.of(name).value(), epoch, sequence, name);
    }

    static TestMessage heartbeat(final long origin, final long epoch, final long sequence, final String name) {
        final UnsafeBuffer id = new UnsafeBuffer(new byte[HeartbeatLayout.ID_LENGTH]);
        HeartbeatLayout.encodeId(id, 0, origin, epoch, sequence);
        return new TestMessage(id.byteArray(), name.getBytes(US_ASCII));
    }

    boolean merge(final String name, final long epoch, final long sequence) {
        return node.merge(heartbeat(name, epoch, sequence));
    }

    void advanceS(final long seconds) {
        node.advance(TimeUnit.SECONDS.toNanos(seconds));
    }

    /** Epoch and sequence last heard. */
    String lastHeard(final String name) {
        final LastHeard last = heartbeats.lastHeard(NodeId.of(name));
        return last == null ? null : last.epoch() + "/" + last.sequence();
    }
}
