package io.plumtree.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.handlers.pubsub.PubSub;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured is what it says it is, and the checks after each benchmark find where it is not. */
class RelayTest {
    private static final int PAYLOAD_LENGTH = 64;
    private static final int MESSAGES = 2_000;
    /** Counters that stay at 0 where all messages are new, nobody is slow, and every frame is what it should be. */
    private static final String FAULTS =
        "engine\\.(errors|frames\\.(dropped\\..*|aborted)|links\\.down.*|sends\\..*)|" +
        ".*\\.(abandoned|delayed|deferred|duplicates|failures|needed|overflows|unserved)";

    private Relay relay = newRelay(CountingHandler.NAME);

    private static Relay newRelay(final String handler) {
        return new Relay(handler, MeasuredNode.options(), 4, PAYLOAD_LENGTH);
    }

    @AfterEach
    void close() {
        relay.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {CountingHandler.NAME, PubSub.NAME})
    void shouldPushEachMessageToFourAndAnnounceItToOne(final String handler) {
        relay.close();
        relay = newRelay(handler);
        final long pushedToLazy = relay.receivers.lazy.payloads;
        receive(MESSAGES);

        relay.check();
        relay.receivers.check(relay.sequence());
        assertTrue(relay.receivers.lazy.announcements >= MESSAGES);
        assertEquals(pushedToLazy, relay.receivers.lazy.payloads);
        final Map<String, Long> counters = relay.node.counters();
        assertEquals(relay.sequence(), counters.get("protocol.deliveries"));
        assertEquals(4 * relay.sequence() + pushedToLazy, counters.get("protocol.pushes"));
        counters.forEach((label, value) -> assertTrue(value == 0 || !label.matches(FAULTS), label + " is " + value));
    }

    /** Bytes of the block's length, the template, the cluster and the sender. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 8, 16})
    void shouldFailTheCheckWhereFramesAreDropped(final int offset) {
        relay.frame.buffer().putByte(offset, (byte) ~relay.frame.buffer().getByte(offset));
        receive(1);

        assertThrows(IllegalStateException.class, relay::check);
        assertThrows(IllegalStateException.class, () -> relay.receivers.check(relay.sequence()));
    }

    @Test
    void shouldFailTheCheckWhereAnnouncementsAreNotAcknowledged() {
        relay.receivers.lazy.isAcknowledging = false;
        receive(MESSAGES);
        relay.node.reannounce();

        assertThrows(IllegalStateException.class, () -> relay.receivers.check(relay.sequence()));
    }

    private void receive(final int messages) {
        for (int i = 0; i < messages; i++) {
            relay.receive();
        }
        relay.node.settle();
    }
}
