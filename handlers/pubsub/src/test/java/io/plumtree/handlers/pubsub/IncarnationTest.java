package io.plumtree.handlers.pubsub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.testkit.TestMessage;
import io.plumtree.handlers.testkit.TestNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A publisher whose clock was set back, and nodes that know two of its earlier runs. */
class IncarnationTest {
    private static final long FIRST = 100;
    private static final long SECOND = 200;
    private static final Map<String, String> OPTIONS =
        Map.of("retained.messages", "16", "retained.bytes", "4k", "order", "origin");

    private final NodeId publisher = NodeId.of("p");
    private final List<String> delivered = new ArrayList<>();
    private final PubSub pubsub = new PubSub();
    private final PubSub receiving = new PubSub();
    private TestNode receiver;
    private TestNode node;

    @BeforeEach
    void start() {
        receiver = new TestNode(NodeId.of("r"), 1, receiving, OPTIONS);
        receiving.subscribe("t", (origin, incarnation, sequence, buffer, offset, length) ->
            delivered.add(sequence + ":" + buffer.getStringWithoutLengthAscii(offset, length)));
        for (final long incarnation : new long[] {FIRST, SECOND}) {
            final PubSub earlier = new PubSub();
            try (TestNode run = new TestNode(publisher, incarnation, earlier, OPTIONS)) {
                earlier.publish("t", "of a run before".getBytes(US_ASCII));
                receiver.confirm(publisher, incarnation);
                run.broadcasts().forEach(receiver::merge);
            }
        }
        delivered.clear();
        // Its clock is set back.
        node = new TestNode(publisher, 50, pubsub, OPTIONS);
    }

    @AfterEach
    void close() {
        node.close();
        receiver.close();
    }

    private List<TestMessage> publish(final Publisher by, final String... texts) {
        final int before = node.broadcasts().size();
        for (final String text : texts) {
            assertTrue(by.publish(text.getBytes(US_ASCII)) > 0);
        }
        return node.broadcasts().subList(before, node.broadcasts().size());
    }

    private byte[] id(final long incarnation, final long sequence) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MessageLayout.ID_LENGTH]);
        MessageLayout.encodeId(buffer, 0, publisher.value(), incarnation, sequence);
        return buffer.byteArray();
    }

    private static MessageId flyweight(final TestMessage message) {
        return new MessageId().wrap(new UnsafeBuffer(message.id()), 0, MessageLayout.ID_LENGTH);
    }

    private static long incarnation(final TestMessage message) {
        return MessageLayout.incarnation(flyweight(message));
    }

    @Test
    void shouldTellTheLaterOfTwoRunsThatItKnows() {
        assertEquals(SECOND, receiving.latestIncarnation(publisher.value()));
        assertEquals(0, receiving.latestIncarnation(NodeId.of("x").value()));
    }

    @Test
    void shouldPublishInTheRaisedIncarnationWithPublishersThatWereMadeBefore() {
        final Publisher made = pubsub.publisher("t");
        assertFalse(receiver.merge(publish(made, "lost").get(0)), "nobody has told the node yet");
        node.raise(SECOND + 1, true);
        final List<TestMessage> messages = publish(made, "one", "two");
        messages.forEach(message -> assertEquals(SECOND + 1, incarnation(message)));
        messages.forEach(message -> assertTrue(receiver.merge(message)));
        assertEquals(List.of("1:one", "2:two"), delivered);
        assertEquals(1, receiver.counter("superseded"));
    }

    @Test
    void shouldBroadcastAgainInOrderWhatNobodyHasSeen() {
        final List<TestMessage> unseen = List.copyOf(publish(pubsub.publisher("t"), "one", "two", "three"));
        final int before = node.broadcasts().size();
        node.raise(SECOND + 1, false);
        final List<TestMessage> again = node.broadcasts().subList(before, node.broadcasts().size());
        assertEquals(3, again.size());
        again.forEach(message -> assertTrue(receiver.merge(message)));
        publish(pubsub.publisher("t"), "four").forEach(message -> assertTrue(receiver.merge(message)));

        assertEquals(List.of("1:one", "2:two", "3:three", "4:four"), delivered);
        assertEquals(3, node.counter("relabelled"));
        assertEquals(0, node.counter("left-behind"));
        assertEquals(GraftResult.PAYLOAD, node.graft(again.get(0).id()));
        assertArrayEquals(unseen.get(0).payload(), node.grafted());
        assertEquals(GraftResult.STALE, node.graft(unseen.get(0).id()), "of no use any more to who asks");
        assertEquals(GraftResult.UNKNOWN, node.graft(id(49, 1)), "of a run before");
        assertEquals(GraftResult.UNKNOWN, node.graft(id(SECOND + 2, 1)), "of no run yet");
        again.forEach(message -> assertFalse(node.merge(message), "its own"));
        assertEquals(List.of(), node.errors());
    }

    /** Each under an id that nothing of the one before is left of. */
    @Test
    @Timeout(60)
    void shouldBroadcastAgainAsOftenAsItIsRaised() {
        publish(pubsub.publisher("t"), "one", "two", "three", "four", "five", "six", "seven", "eight");
        for (int i = 1; i <= 20; i++) {
            node.raise(SECOND + i, false);
        }
        final List<TestMessage> all = node.broadcasts();
        assertEquals(21 * 8, all.size());
        all.subList(0, 20 * 8).forEach(message -> assertEquals(GraftResult.STALE, node.graft(message.id())));
        all.subList(20 * 8, 21 * 8).forEach(message -> assertEquals(GraftResult.PAYLOAD, node.graft(message.id())));
    }

    @Test
    void shouldTellNothingWhereNothingWasPublished() {
        node.raise(SECOND + 1, true);
        assertEquals(0, node.counter("left-behind"));
        assertEquals(List.of(), node.errors());
    }

    @Test
    void shouldKeepAndCountWhatOthersMayHaveSeen() {
        final List<TestMessage> seen = List.copyOf(publish(pubsub.publisher("t"), "one", "two"));
        node.raise(SECOND + 1, true);
        assertEquals(2, node.counter("left-behind"));
        assertEquals(1, node.errors().size());
        assertTrue(node.errors().get(0).getMessage().contains("refused 2 messages"), node.errors().toString());
        assertEquals(2, node.broadcasts().size(), "who has them would get them twice");
        assertEquals(GraftResult.PAYLOAD, node.graft(seen.get(1).id()));
        seen.forEach(message -> assertFalse(node.merge(message), "its own"));
        assertEquals(1, MessageLayout.sequence(
            flyweight(publish(pubsub.publisher("t"), "three").get(0))), "a run of its own");
        // Until none of them is retained any more.
        final Publisher more = pubsub.publisher("t");
        for (int i = 0; i < 16; i++) {
            publish(more, "more");
        }
        assertEquals(GraftResult.UNKNOWN, node.graft(seen.get(1).id()), "it was not broadcast again");
        seen.forEach(message -> assertFalse(node.merge(message), "its own still"));
    }
}
