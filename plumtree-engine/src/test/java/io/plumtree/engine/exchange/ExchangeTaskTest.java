package io.plumtree.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.ExchangeSelector;
import io.plumtree.engine.codec.ExchangeFrameEncoder;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.handlers.spi.ExchangeChannel;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeTask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exchanges with threads of their own; the engines' cycles are the test's. */
@Timeout(60)
class ExchangeTaskTest {
    private static final int WINDOW = 8 * 1024;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(50);

    private final ExchangeNet net =
        new ExchangeNet(2, new ExchangeOptions().tickPeriodNs(0).windowLength(WINDOW).limit(2).inboundLimit(2), "kv");
    private final ExchangeNode a = net.node(0);
    private final ExchangeNode b = net.node(1);
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void connect() {
        net.up(0, 1);
    }

    @AfterEach
    void end() {
        release.countDown();
        await(() -> threads.stream().noneMatch(Thread::isAlive));
    }

    private void await(final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > DEADLINE_NS) {
                throw new AssertionError("not in time; thrown: " + thrown);
            }
            net.cycle();
            Thread.yield();
        }
    }

    private ExchangeTask watched(final ExchangeTask task) {
        return channel -> {
            threads.add(Thread.currentThread());
            try {
                task.run(channel);
            } catch (final Throwable ex) {
                thrown.add(ex);
                throw ex;
            }
        };
    }

    private void tasks(final ExchangeTask atA, final ExchangeTask atB) {
        a.handler().asked = (peer, session) -> {
            session.start(watched(atA));
            return ExchangeResult.RUNNING;
        };
        b.handler().accepting = (peer, session) -> {
            session.start(watched(atB));
            return ExchangeResult.RUNNING;
        };
    }

    private void start() {
        a.exchanges.start(0, 1, Occasion.NEEDED, net.nowNs);
    }

    private static UnsafeBuffer text(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(final DirectBuffer message) {
        final byte[] bytes = new byte[message.capacity()];
        message.getBytes(0, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static void send(final ExchangeChannel channel, final String text) throws InterruptedException {
        assertTrue(channel.send(text(text), 0, text.length()));
    }

    /** Receives until the other side has completed the exchange. */
    private static void receiveAll(final ExchangeChannel channel, final Queue<String> received)
        throws InterruptedException {
        for (DirectBuffer message = channel.receive(); message != null; message = channel.receive()) {
            received.add(text(message));
        }
    }

    private void release(final ExchangeChannel channel) {
        boolean isReleased = false;
        while (!isReleased) {
            try {
                release.await();
                isReleased = true;
            } catch (final InterruptedException ex) {
                // Such tasks exist.
                assertFalse(channel.isOpen());
            }
        }
    }

    @Test
    void shouldCarryAllMessagesInOrderAndCompleteWhenTheTaskReturns() {
        final Queue<String> received = new ConcurrentLinkedQueue<>();
        tasks(channel -> {
            for (int i = 0; i < 2_000; i++) {
                send(channel, "message " + i + "x".repeat(i % 50 * 80));
            }
        }, channel -> receiveAll(channel, received));
        start();
        await(() -> a.count(ExchangeCounter.COMPLETED) == 1 && b.count(ExchangeCounter.COMPLETED) == 1);
        await(() -> threads.stream().noneMatch(Thread::isAlive));
        assertEquals(2_000, received.size());
        int i = 0;
        for (final String text : received) {
            assertEquals("message " + i + "x".repeat(i % 50 * 80), text);
            i++;
        }
        assertEquals(List.of(), new ArrayList<>(thrown));
        assertEquals(0, a.count(ExchangeCounter.FAILED) + b.count(ExchangeCounter.FAILED));
        assertFalse(a.exchanges.hasTasks() || b.exchanges.hasTasks());
    }

    @Test
    void shouldAskAndAnswer() {
        final Queue<String> received = new ConcurrentLinkedQueue<>();
        final AtomicReference<String> name = new AtomicReference<>();
        final AtomicReference<String> inboundName = new AtomicReference<>();
        tasks(channel -> {
            name.set(Thread.currentThread().getName());
            assertTrue(channel.isInitiator() && channel.isNeeded() && channel.isOpen());
            assertEquals(1, channel.id());
            assertEquals(b.self(), channel.peer());
            for (int i = 0; i < 100; i++) {
                send(channel, "question " + i);
                received.add(text(channel.receive()));
            }
        }, channel -> {
            inboundName.set(Thread.currentThread().getName());
            assertFalse(channel.isInitiator() || channel.isNeeded());
            for (DirectBuffer message = channel.receive(); message != null; message = channel.receive()) {
                send(channel, "answer to " + text(message));
            }
        });
        start();
        await(() -> b.count(ExchangeCounter.COMPLETED) == 1);
        assertEquals(100, received.size());
        assertTrue(received.contains("answer to question 99"));
        assertEquals("plumtree-a-exchange-kv-1", name.get());
        assertEquals("plumtree-b-exchange-kv-1-of-a", inboundName.get());
        assertEquals(List.of(), new ArrayList<>(thrown));
    }

    @Test
    void shouldHoldTheSenderWhileTheReceiverIsSlow() {
        final AtomicInteger sent = new AtomicInteger();
        final Queue<String> received = new ConcurrentLinkedQueue<>();
        tasks(channel -> {
            for (int i = 0; i < 1_000; i++) {
                send(channel, "x".repeat(936));
                sent.incrementAndGet();
            }
        }, channel -> {
            release(channel);
            receiveAll(channel, received);
        });
        start();
        // A thousand bytes each: eight in the peer's window, and eight before it here.
        await(() -> sent.get() == 16 && b.count(ExchangeCounter.MESSAGES_IN) == 8);
        for (int i = 0; i < 200; i++) {
            net.cycle();
        }
        assertEquals(16, sent.get());
        assertEquals(8, b.count(ExchangeCounter.MESSAGES_IN));
        assertEquals(WINDOW, 8 * (936 + ExchangeFrameEncoder.CREDIT_OVERHEAD) + 192);
        release.countDown();
        await(() -> received.size() == 1_000);
    }

    @Test
    void shouldLetATaskTalkToAListener() {
        final Queue<String> received = new ConcurrentLinkedQueue<>();
        a.handler().asked = (peer, session) -> {
            session.start(watched(channel -> {
                send(channel, "hello");
                receiveAll(channel, received);
            }));
            return ExchangeResult.RUNNING;
        };
        start();
        await(() -> !b.handler().sides.isEmpty() && b.handler().last().received.size() == 1);
        b.handler().last().toSend.add("one");
        b.handler().last().toSend.add("two");
        b.handler().last().isCompleting = true;
        await(() -> threads.stream().noneMatch(Thread::isAlive));
        assertEquals(List.of("one", "two"), new ArrayList<>(received));
        assertEquals(List.of(ExchangeEnd.COMPLETED), b.handler().last().ends);
        assertEquals(1, a.count(ExchangeCounter.COMPLETED));
    }

    @Test
    void shouldSendNoMoreOnceThePeerHasCompleted() {
        final AtomicReference<Boolean> result = new AtomicReference<>();
        tasks(channel -> {
            while (channel.send(text("x"), 0, 1)) {
                Thread.onSpinWait();
            }
            result.set(channel.send(text("x"), 0, 1) || channel.isOpen());
        }, channel -> channel.receive());
        start();
        await(() -> Boolean.FALSE.equals(result.get()));
        assertEquals(List.of(), new ArrayList<>(thrown));
    }

    @Test
    void shouldFailForBothWhenATaskThrows() {
        tasks(channel -> {
            channel.receive();
            throw new IllegalStateException("no disk");
        }, channel -> {
            send(channel, "x");
            channel.receive();
        });
        start();
        await(() -> b.count(ExchangeCounter.FAILED) == 1);
        assertEquals(List.of("kv in an exchange's task: no disk"), a.failures);
        await(() -> thrown.size() == 2);
        assertTrue(thrown.stream().anyMatch(InterruptedException.class::isInstance));
        // The peer's task was interrupted as it ended: not a failure of its own.
        assertEquals(List.of(), b.failures);
    }

    @Test
    void shouldInterruptBothTasksWhenTheExchangeIsCancelled() {
        tasks(ExchangeChannel::receive, channel -> {
            while (true) {
                send(channel, "x".repeat(4_000));
            }
        });
        net.link(1, 0).isNarrow = true;
        start();
        await(() -> threads.size() == 2);
        assertEquals(1, a.exchanges.cancel(ExchangeSelector.all(), net.nowNs).size());
        await(() -> thrown.size() == 2);
        thrown.forEach(ex -> assertInstanceOf(InterruptedException.class, ex));
        await(() -> b.count(ExchangeCounter.CANCELLED) == 1 && a.count(ExchangeCounter.CANCELLED) == 1);
        assertEquals(List.of(), a.failures);
        assertEquals(List.of(), b.failures);
    }

    @Test
    void shouldInterruptATaskWhenTheLinkIsLostAndWhenItTakesTooLong() {
        tasks(ExchangeChannel::receive, ExchangeChannel::receive);
        start();
        await(() -> threads.size() == 2);
        net.down(0, 1);
        await(() -> thrown.size() == 2);
        net.up(0, 1);
        // It was a needed one: that stays to be done.
        net.run(300);
        await(() -> threads.size() == 4);
        net.nowNs += TimeUnit.MINUTES.toNanos(2);
        await(() -> thrown.size() == 4);
        assertEquals(1, a.count(ExchangeCounter.TIMED_OUT));
        assertEquals(1, a.count(ExchangeCounter.LINK_LOST));
    }

    @Test
    void shouldThrowAgainWhenATaskHasSwallowedItsInterruption() {
        final AtomicInteger interruptions = new AtomicInteger();
        tasks(channel -> {
            for (int i = 0; i < 3; i++) {
                try {
                    channel.receive();
                } catch (final InterruptedException ex) {
                    interruptions.incrementAndGet();
                }
            }
            assertFalse(channel.send(text("x"), 0, 1));
        }, ExchangeChannel::receive);
        start();
        await(() -> threads.size() == 2);
        a.exchanges.cancel(ExchangeSelector.all(), net.nowNs);
        await(() -> interruptions.get() == 3);
        await(() -> threads.stream().noneMatch(Thread::isAlive));
        assertEquals(List.of(), a.failures);
    }

    @Test
    void shouldBoundTheThreadsOfTasksThatIgnoreTheirEnd() {
        tasks(this::release, this::release);
        for (int i = 0; i < 2; i++) {
            start();
            final int expected = 2 * i + 2;
            await(() -> threads.size() == expected);
            a.exchanges.cancel(ExchangeSelector.all(), net.nowNs);
            net.run(5);
        }
        assertEquals(List.of(), a.exchanges.initiated(net.nowNs));
        assertFalse(a.exchanges.isBelowLimit());
        assertTrue(a.exchanges.running().isHandlerBusy(0));
        a.due.mark(1);
        net.run(1_000);
        assertEquals(4, threads.size());
        // The other side takes on no more, either.
        start();
        net.run(5);
        assertEquals(1, b.count(ExchangeCounter.BUSY_SENT));
        assertEquals(4, threads.size());

        a.exchanges.stop(net.nowNs);
        assertTrue(a.exchanges.hasTasks());
        a.exchanges.abandonTasks();
        assertEquals(2, a.count(ExchangeCounter.TASKS_LEFT));
        assertEquals(2, a.failures.size());
        assertEquals(
            "kv in an exchange's task: exchange 1 with 'b' has ended, but its thread goes on", a.failures.get(0));
        release.countDown();
        await(() -> !a.exchanges.hasTasks() && !b.exchanges.hasTasks());
        assertTrue(a.exchanges.isBelowLimit());
    }

    @Test
    void shouldStartNoThreadWhereThePeerDoesNotTakePart() {
        tasks(ExchangeChannel::receive, ExchangeChannel::receive);
        b.handler().accepting = (peer, session) -> ExchangeResult.IGNORED;
        start();
        net.run(5);
        assertEquals(1, a.count(ExchangeCounter.REFUSED));
        assertEquals(0, threads.size());
        assertTrue(a.exchanges.isBelowLimit() && !a.exchanges.hasTasks());
    }

    @Test
    void shouldRefuseAMessageThatIsTooLong() {
        final UnsafeBuffer data = new UnsafeBuffer(new byte[8 * 1024]);
        tasks(channel -> {
            assertThrows(
                IllegalArgumentException.class, () -> channel.send(data, 0, channel.maxMessageLength() + 1));
            assertTrue(channel.send(data, 0, channel.maxMessageLength()));
        }, channel -> assertEquals(channel.maxMessageLength(), channel.receive().capacity()));
        start();
        await(() -> threads.size() == 2 && threads.stream().noneMatch(Thread::isAlive));
        assertEquals(List.of(), new ArrayList<>(thrown));
    }
}
