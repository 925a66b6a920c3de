package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private final Fixture fixture = new Fixture();
    private final List<String> received = new ArrayList<>();

    @Test
    void shouldGetItsTopicOnly() {
        fixture.pubSub.subscribe("a", listener("a"));
        fixture.pubSub.subscribe("b", listener("b"));
        merge(1, "a");
        merge(2, "b");
        merge(3, "c");
        merge(4, "ab");
        assertEquals(List.of("a 1 to a", "b 2 to b"), received);
        assertEquals(2, fixture.counter("delivered"));
    }

    @Test
    void shouldTellTopicsOfTheSameHashApart() {
        assertEquals("Aa".hashCode(), "BB".hashCode());
        fixture.pubSub.subscribe("Aa", listener("Aa"));
        fixture.pubSub.subscribe("BB", listener("BB"));
        merge(1, "Aa");
        merge(2, "BB");
        assertEquals(List.of("Aa 1 to Aa", "BB 2 to BB"), received);
    }

    @Test
    void shouldFindEachOfManyTopics() {
        for (int i = 0; i < 500; i++) {
            fixture.pubSub.subscribe("tøpic-" + i, listener("tøpic-" + i));
        }
        for (int i = 0; i < 500; i++) {
            merge(i + 1, "tøpic-" + i);
        }
        assertEquals(500, received.size());
        for (int i = 0; i < 500; i++) {
            assertEquals("tøpic-" + i + " " + (i + 1) + " to tøpic-" + i, received.get(i));
        }
    }

    @Test
    void shouldGetAllTopics() {
        fixture.pubSub.subscribeAll(
            (origin, incarnation, sequence, buffer, topicOffset, topicLength, offset, length) -> received.add(
                buffer.getStringWithoutLengthUtf8(topicOffset, topicLength) + " "
                    + buffer.getStringWithoutLengthUtf8(offset, length) + " " + origin + "/" + incarnation));
        merge(1, "a");
        merge(2, "bc");
        assertEquals(List.of("a to a 77/5", "bc to bc 77/5"), received);
    }

    @Test
    void shouldGetAllTopicsInOrder() {
        fixture.pubSub.subscribeAll(
            DeliveryOrder.ORIGIN,
            (origin, incarnation, sequence, buffer, topicOffset, topicLength, offset, length) ->
                received.add(String.valueOf(sequence)),
            (origin, incarnation, from, to) -> received.add("gap " + from + "-" + to));
        merge(3, "a");
        merge(1, "b");
        merge(2, "a");
        merge(5, "b");
        fixture.advanceMs(1);
        fixture.advanceMs(1_000);
        assertEquals(List.of("1", "2", "3", "gap 4-4", "5"), received);
    }

    @Test
    void shouldGoOnWhenASubscriberThrows() {
        final AssertionError error = new AssertionError("a test");
        fixture.pubSub.subscribe("a", (origin, incarnation, sequence, buffer, offset, length) -> {
            throw error;
        });
        fixture.pubSub.subscribe("a", listener("a"));
        assertTrue(merge(1, "a"));
        assertEquals(List.of("a 1 to a"), received);
        assertEquals(1, fixture.counter("listener-errors"));
        assertSame(error, fixture.context.errors.get(0));
    }

    @Test
    void shouldGetNothingOnceClosed() {
        final Subscription first = fixture.pubSub.subscribe("a", listener("first"));
        fixture.pubSub.subscribe("a", listener("second"));
        assertEquals("a", first.topic());
        assertFalse(first.isClosed());
        first.close();
        first.close();
        assertTrue(first.isClosed());
        merge(1, "a");
        assertEquals(List.of("second 1 to a"), received);
    }

    @Test
    void shouldCloseFromWithinAListener() {
        final Subscription[] subscriptions = new Subscription[2];
        subscriptions[0] = fixture.pubSub.subscribe("a", (origin, incarnation, sequence, buffer, offset, length) -> {
            subscriptions[0].close();
            subscriptions[1].close();
        });
        subscriptions[1] = fixture.pubSub.subscribe("a", listener("never"));
        merge(1, "a");
        merge(2, "a");
        assertEquals(1, fixture.counter("delivered"));
    }

    @Test
    void shouldSubscribeBeforeTheNodeStarts() {
        final PubSub pubSub = new PubSub();
        pubSub.subscribe("a", listener("early"));
        fixture.context.counters.clear();
        fixture.context.handler = pubSub;
        pubSub.onStart(fixture.context);
        pubSub.publish("a", new byte[] {'x'});
        assertEquals(List.of("early 1 x"), received);
    }

    @Test
    void shouldRefuseTopics() {
        assertThrows(IllegalArgumentException.class, () -> fixture.pubSub.subscribe("", listener("")));
        assertThrows(IllegalArgumentException.class, () -> fixture.pubSub.subscribe("\ud800", listener("")));
        final String tooLong = "é".repeat(513);
        assertTrue(assertThrows(
            IllegalArgumentException.class, () -> fixture.pubSub.subscribe(tooLong, listener(""))).getMessage()
            .startsWith("topic must have 1 to 1024 bytes of UTF-8, not 1026: 'é"));
        assertThrows(IllegalArgumentException.class, () -> fixture.pubSub.publisher(tooLong));
        assertThrows(NullPointerException.class, () -> fixture.pubSub.subscribe(null, listener("")));
        assertThrows(NullPointerException.class, () -> fixture.pubSub.subscribe("a", null));
        assertThrows(NullPointerException.class, () -> fixture.pubSub.subscribe("a", null, listener(""), null));
        fixture.pubSub.subscribe("é".repeat(512), listener(""));
    }

    @Test
    void shouldSubscribeAndCloseFromManyThreadsWhileMessagesArrive() throws InterruptedException {
        final AtomicInteger staying = new AtomicInteger();
        final AtomicBoolean hasFailed = new AtomicBoolean();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            final String topic = "topic-" + i % 2;
            final Thread thread = new Thread(() -> {
                for (int j = 0; j < 200; j++) {
                    final Subscription subscription = fixture.pubSub.subscribe(
                        topic, (origin, incarnation, sequence, buffer, offset, length) -> { });
                    fixture.pubSub.subscribe(
                        topic,
                        (origin, incarnation, sequence, buffer, offset, length) -> staying.incrementAndGet());
                    subscription.close();
                }
            });
            thread.setUncaughtExceptionHandler((t, e) -> hasFailed.set(true));
            threads.add(thread);
            thread.start();
        }
        long sequence = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            merge(++sequence, "topic-0");
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        assertFalse(hasFailed.get());
        staying.set(0);
        merge(++sequence, "topic-0");
        assertEquals(400, staying.get());
        merge(++sequence, "topic-1");
        assertEquals(800, staying.get());
        assertTrue(fixture.context.errors.isEmpty());
    }

    private boolean merge(final long sequence, final String topic) {
        return fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, sequence, topic, "to " + topic);
    }

    private MessageListener listener(final String name) {
        return (final long origin,
            final long incarnation,
            final long sequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) ->
            received.add(name + " " + sequence + " " + buffer.getStringWithoutLengthUtf8(offset, length));
    }
}
