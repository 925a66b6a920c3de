package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeptPublishersTest {
    private static final int LIMIT = 3;
    private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(1);

    private final FakeContext context = new FakeContext();
    private final PubSubCounters counters = new PubSubCounters(context);
    private final KeptPublishers publishers = new KeptPublishers(LIMIT, counters, context, 0);

    private Publisher add(final String topic) {
        return publishers.add(topic, topic.getBytes(StandardCharsets.UTF_8));
    }

    private static void elsewhere(final Runnable action) throws InterruptedException {
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread thread = new Thread(action);
        thread.setUncaughtExceptionHandler((failed, error) -> failure.set(error));
        thread.start();
        thread.join();
        assertNull(failure.get());
    }

    @Test
    void shouldKeepOneForEachTopic() {
        assertNull(publishers.get("a"));
        final Publisher a = add("a");
        final Publisher b = add("b");
        assertSame(a, publishers.get("a"));
        assertSame(b, publishers.get("b"));
        assertEquals(2, publishers.count());
    }

    @Test
    void shouldKeepOneForEachThread() throws InterruptedException {
        final Publisher here = add("a");
        elsewhere(() -> {
            assertNull(publishers.get("a"));
            assertNotSame(here, add("a"));
            assertNotNull(publishers.get("a"));
        });
        assertSame(here, publishers.get("a"));
    }

    @Test
    void shouldDropTheThreadsLeastRecentlyUsedAtTheBound() {
        add("a");
        add("b");
        add("c");
        publishers.get("a");
        final Publisher d = add("d");
        assertNull(publishers.get("b"));
        assertNotNull(publishers.get("a"));
        assertNotNull(publishers.get("c"));
        assertSame(d, publishers.get("d"));
        assertEquals(LIMIT, publishers.count());
        publishers.doWork(PERIOD_NS);
        assertEquals(1, counters.publishersReplaced.get());
    }

    @Test
    void shouldNotKeepThatOfAThreadThatHasNoneAtTheBound() throws InterruptedException {
        add("a");
        add("b");
        add("c");
        elsewhere(() -> {
            assertNotNull(add("d"));
            assertNull(publishers.get("d"));
        });
        assertNotNull(publishers.get("a"));
        assertEquals(LIMIT, publishers.count());
        publishers.doWork(PERIOD_NS - 1);
        assertEquals(0, counters.publishersReplaced.get());
        publishers.doWork(PERIOD_NS);
        assertEquals(1, counters.publishersReplaced.get());
    }

    @Test
    void shouldDropThoseOfThreadsThatHaveEnded() throws InterruptedException {
        final Publisher here = add("a");
        elsewhere(() -> {
            add("a");
            add("b");
        });
        assertEquals(3, publishers.count());
        publishers.doWork(PERIOD_NS);
        assertEquals(1, publishers.count());
        assertSame(here, publishers.get("a"));
        elsewhere(() -> {
            add("c");
            add("d");
            assertNotNull(publishers.get("c"));
        });
        assertEquals(LIMIT, publishers.count());
    }

    @Test
    void shouldKeepNoneOnceTheNodeIsClosed() {
        add("a");
        publishers.close();
        assertNull(publishers.get("a"));
        assertNotNull(add("a"));
        assertNull(publishers.get("a"));
    }

    @Test
    void shouldServeThePublishingByTopic() throws InterruptedException {
        final Fixture fixture = new Fixture();
        final List<String> received = new ArrayList<>();
        fixture.pubSub.subscribeAll((origin, incarnation, sequence, buffer, topicOffset, topicLength, offset, length) ->
            received.add(sequence + " " + buffer.getStringWithoutLengthUtf8(topicOffset, topicLength)));
        for (int i = 0; i < 2; i++) {
            assertTrue(fixture.pubSub.publish("a", new byte[1]) > 0);
            assertTrue(fixture.pubSub.publish("b", new byte[1]) > 0);
        }
        elsewhere(() -> fixture.pubSub.publish("a", new byte[1]));
        assertEquals(List.of("1 a", "2 b", "3 a", "4 b", "5 a"), received);
        assertEquals(3, fixture.context.claimCount.get());
        assertThrows(IllegalArgumentException.class, () -> fixture.pubSub.publish("", new byte[1]));
        assertThrows(IllegalStateException.class, () -> new PubSub().publish("a", new byte[1]));
    }
}
