package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.TransportContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transport that sleeps until there is something to do. */
class AwaitWorkTest {
    /** As long as a timer lets it be: a sleep which nothing ends is told from one that a datagram ends. */
    private static final long MAX_SLEEP_MS = 10_000;
    /** Every other sleep ends with two descriptors ready. */
    private static final long BOX_LENGTH = 16;
    private static final int MESSAGES = 15;
    private static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(MAX_SLEEP_MS) / 10;
    private static final int RECEIVE_WINDOW_LENGTH = 32 * 1024;

    private final AeronTransportOptions options = new AeronTransportOptions()
        .closeTimeoutNs(0)
        .receiveWindowLength(RECEIVE_WINDOW_LENGTH)
        .timeouts(new AeronTimeoutOptions()
            .statusMessageIntervalNs(TimeUnit.MILLISECONDS.toNanos(MAX_SLEEP_MS))
            .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(MAX_SLEEP_MS))
            .connectionTimeoutNs(TimeUnit.MILLISECONDS.toNanos(20 * MAX_SLEEP_MS))
            .imageLivenessTimeoutNs(TimeUnit.MILLISECONDS.toNanos(20 * MAX_SLEEP_MS))
            .clientLivenessTimeoutNs(TimeUnit.MILLISECONDS.toNanos(60 * MAX_SLEEP_MS))
            .driverTimeoutNs(TimeUnit.MILLISECONDS.toNanos(60 * MAX_SLEEP_MS)));
    private TestNode sender;
    private TestNode receiver;
    private Link link;

    @BeforeEach
    void connect() {
        sender = TestNode.launch("localhost:0", options);
        receiver = TestNode.launch("localhost:0", options);
        link = sender.connect(receiver);
        TestNode.await("connected", link::isConnected, sender, receiver);
    }

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
        Directories.assertNoneLeft();
    }

    /** The sender is quiet meanwhile but for its messages, so that nothing else wakes the receiver. */
    @Test
    void shouldBeWokenByADatagram() throws InterruptedException {
        final AtomicBoolean isOver = new AtomicBoolean();
        final AtomicLong receivedNs = new AtomicLong();
        final AtomicBoolean isAsleep = new AtomicBoolean();
        final int[] sleeps = new int[1];
        receiver.handler = (session, buffer, offset, length) -> {
            sleeps[0] = 0;
            receivedNs.set(System.nanoTime());
            return true;
        };
        final Thread sleeper = new Thread(() -> {
            while (!isOver.get()) {
                int idleCycles = 0;
                while (idleCycles < 5) {
                    idleCycles = receiver.cycle() > 0 ? 0 : idleCycles + 1;
                }
                // A short sleep comes first, after the message before.
                isAsleep.set(++sleeps[0] > 1);
                receiver.transport.awaitWork(TimeUnit.MILLISECONDS.toNanos(MAX_SLEEP_MS));
                isAsleep.set(false);
            }
        });
        sleeper.start();
        final long[] tookNs = new long[MESSAGES];
        for (int i = 0; i < MESSAGES; i++) {
            TestNode.await("asleep", isAsleep::get);
            receivedNs.set(0);
            final long sentNs = System.nanoTime();
            TestNode.sendFully(link, new byte[100], sender);
            TestNode.await("received", () -> receivedNs.get() != 0, sender);
            tookNs[i] = receivedNs.get() - sentNs;
        }
        isOver.set(true);
        receiver.transport.wakeUp();
        sleeper.join();
        Arrays.sort(tookNs);
        final long medianNs = tookNs[MESSAGES / 2];
        assertTrue(medianNs < SOON_NS, medianNs + " ns");
    }

    /** What is sent beyond the receiver's window leaves once its status message has been read. */
    @Test
    void shouldReadAtOnceAnAnswerThatHasEndedASleep() {
        final AtomicLong stoppedNs = new AtomicLong();
        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        try (DriverSleep sleep = new DriverSleep(options)) {
            final AeronTransport transport = AeronTransport.launch(
                new TransportContext("localhost:0", TestNode.MAX_FRAME_LENGTH, options.toMap(), errors::add),
                funnel -> new EmbeddedHosts(options, SocketBuffers.of(options), funnel, new TransportCounters(),
                    Storage.of(options), sleep, () -> new HostClock(
                        () -> stoppedNs.get() != 0 ? stoppedNs.get() : System.nanoTime(), System::currentTimeMillis,
                        HostClock.maxStepNs(options)), NameLookups::new));
            try {
                final Link there = transport.connect(receiver.endpoint());
                TestNode.await("connected", () -> {
                    transport.doWork(System.nanoTime());
                    return there.isConnected();
                }, receiver);
                for (int sent = 0; sent < RECEIVE_WINDOW_LENGTH * 3 / 2; sent += 1_000) {
                    assertEquals(SendResult.ACCEPTED, TestNode.send(there, new byte[1_000]));
                }
                cycle(transport);
                // From here on nothing is read because a while is over.
                stoppedNs.set(System.nanoTime());
                cycle(transport);
                assertTrue(there.availableWindow() < there.windowLength(), "all has left");
                drain();
                assertTrue(sleep.await(TimeUnit.MILLISECONDS.toNanos(MAX_SLEEP_MS)));
                cycle(transport);
                assertEquals(there.windowLength(), there.availableWindow());
                stoppedNs.set(0);
            } finally {
                transport.close();
            }
        }
        assertEquals(List.of(), List.copyOf(errors));
    }

    private static void cycle(final AeronTransport transport) {
        for (int i = 0; i < 100; i++) {
            transport.doWork(System.nanoTime());
        }
    }

    /** What was lost on the way is looked for soon after. */
    @Test
    void shouldSleepShortlyAfterDataHasCome() {
        assertTrue(medianNs(() -> {
            receiver.received.clear();
            TestNode.sendFully(link, new byte[100], sender, receiver);
            TestNode.await("received", () -> !receiver.received.isEmpty(), sender, receiver);
            drain();
            return sleepsFor(1);
        }) < SOON_NS);
    }

    private static long medianNs(final LongSupplier tookNs) {
        return LongStream.generate(tookNs).limit(MESSAGES).sorted().skip(MESSAGES / 2).findFirst().orElseThrow();
    }

    @Test
    void shouldBeWokenByACallAlsoBeforeItSleeps() throws InterruptedException {
        drain();
        receiver.transport.wakeUp();
        assertTrue(sleepsFor(1) < TimeUnit.MILLISECONDS.toNanos(60 * MAX_SLEEP_MS));
        final Thread caller = new Thread(receiver.transport::wakeUp);
        caller.start();
        assertTrue(receiver.transport.awaitWork(TimeUnit.MILLISECONDS.toNanos(MAX_SLEEP_MS)));
        caller.join();
    }

    private long sleepsFor(final int times) {
        final long startNs = System.nanoTime();
        for (int i = 0; i < times; i++) {
            assertTrue(receiver.transport.awaitWork(TimeUnit.MILLISECONDS.toNanos(MAX_SLEEP_MS)));
        }
        return System.nanoTime() - startNs;
    }

    private void drain() {
        for (int idle = 0; idle < 5; idle++) {
            idle = receiver.cycle() > 0 ? 0 : idle;
        }
    }

    @Test
    void shouldNeitherSleepNorSwallowAnInterruptWhereThereIsOne() {
        Thread.currentThread().interrupt();
        assertFalse(receiver.transport.awaitWork(TimeUnit.MILLISECONDS.toNanos(MAX_SLEEP_MS)));
        assertTrue(Thread.interrupted());
    }

    @Test
    void shouldNotSleepWhileAFrameIsToBeHandedOverAgain() {
        final boolean[] takes = {false};
        receiver.handler = (session, buffer, offset, length) -> takes[0];
        TestNode.sendFully(link, new byte[100], sender, receiver);
        TestNode.await("refused",
            () -> receiver.counter(TransportCounter.FRAMES_DEFERRED) > 0, sender, receiver);
        assertFalse(receiver.transport.awaitWork(1));
        takes[0] = true;
        drain();
        assertTrue(receiver.transport.awaitWork(1));
    }

    @Test
    void shouldNotSleepOnceClosed() {
        receiver.close();
        assertFalse(receiver.transport.awaitWork(TimeUnit.MILLISECONDS.toNanos(MAX_SLEEP_MS)));
        receiver.transport.wakeUp();
    }

    @Test
    void shouldFreeTheSocketsOfLinksThatAreClosed() {
        final String endpoint = receiver.endpoint();
        receiver.close();
        receiver = TestNode.launch(endpoint, options);
        assertEquals(endpoint, receiver.endpoint());
    }

    /** But for the JDK's own: it boxes the number of each descriptor that is ready, above 127 in an object. */
    @Test
    void shouldLeaveNoGarbageOfItsOwn() throws ReflectiveOperationException {
        final int sleeps = 20_000;
        awaken(sleeps);
        final long before = allocatedBytes();
        awaken(sleeps);
        final long bytes = allocatedBytes() - before;
        assertTrue(bytes < (BOX_LENGTH + 1) * sleeps, () -> bytes + " bytes for " + sleeps + " sleeps");
    }

    /** Every other one by a datagram that lies there, since nobody takes it. */
    private void awaken(final int sleeps) {
        for (int i = 0; i < sleeps; i++) {
            receiver.transport.wakeUp();
            assertTrue(receiver.transport.awaitWork(TimeUnit.MILLISECONDS.toNanos(MAX_SLEEP_MS)));
            if (i == sleeps / 2) {
                TestNode.send(link, new byte[10]);
                sender.cycle();
            }
        }
    }

    /** By reflection, since the module under test does not read the management modules. */
    private static long allocatedBytes() throws ReflectiveOperationException {
        final Object bean =
            Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
        final Method method = Class.forName("com.sun.management.ThreadMXBean").getMethod(
            "getThreadAllocatedBytes", long.class);
        return (long) method.invoke(bean, Thread.currentThread().getId());
    }
}
