package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.DefaultNameResolver;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.DriverTimeoutException;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.TransportContext;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Launches and closes while the machine, a name look-up or a clock does what it should not. */
class LaunchTest {
    private static final AeronTransportOptions OPTIONS = new AeronTransportOptions().closeTimeoutNs(0);
    private static final int FEWEST_LOOKS = 10;
    private static final int MOST_LOOKS = 100;
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    @TempDir
    private Path base;

    @AfterEach
    void shouldLeaveNoDirectoryAndTellNoError() {
        Directories.assertNoneLeft();
        assertEquals(List.of(), List.copyOf(errors));
    }

    /** Between any two looks at the clock that a launch takes. */
    @Test
    void shouldSurviveAStallWhileItIsLaunched() {
        int stalled = 1;
        int taken;
        do {
            final int stalledLook = stalled;
            final AtomicInteger looks = new AtomicInteger();
            final NanoClock source = () -> System.nanoTime()
                + (looks.incrementAndGet() >= stalledLook ? TimeUnit.SECONDS.toNanos(60) : 0);
            launch(funnel -> hosts(funnel, source, new NameLookups())).close();
            taken = looks.get();
            stalled++;
        } while (stalled <= taken && stalled <= MOST_LOOKS);
        assertTrue(stalled > FEWEST_LOOKS, "only " + taken + " looks");
    }

    @Test
    void shouldTryAgainWhatTimedOutWhileItIsLaunched() {
        final AtomicInteger attempts = new AtomicInteger();
        launch(funnel -> new FailingHosts(hosts(funnel, System::nanoTime, new NameLookups()), attempts, 2)).close();
        assertEquals(3, attempts.get());
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> launch(funnel ->
            new FailingHosts(hosts(funnel, System::nanoTime, new NameLookups()), attempts, Integer.MAX_VALUE)));
        assertTrue(ex.getMessage().contains("no driver heartbeat"), ex.getMessage());
        assertEquals(6, attempts.get());
    }

    @Test
    void shouldLeaveNothingBehindWhereNoThreadCanBeStarted() {
        final OutOfMemoryError error = new OutOfMemoryError("unable to create native thread");
        assertSame(error, launchThatFailsBy(error));
    }

    /** A class that takes a descriptor when it is loaded makes an error of the want of one. */
    @Test
    void shouldSayInOneLineThatDescriptorsAreMissingForAClass() {
        final Throwable ex = launchThatFailsBy(new ExceptionInInitializerError(new IOException("Too many open files")));
        assertEquals("can't start Aeron at localhost:0: too many files are open; a node needs about 34 and 5 for each"
            + " peer (ulimit -n)", ex.getMessage());
        assertEquals(PlumtreeException.Category.ENVIRONMENT, ((PlumtreeException) ex).category());
        assertEquals(null, ex.getCause());
        final LinkageError other = new NoClassDefFoundError("x");
        assertSame(other, launchThatFailsBy(other));
    }

    private Throwable launchThatFailsBy(final Error error) {
        final List<String> places = new ArrayList<>();
        final Throwable thrown = assertThrows(Throwable.class, () -> launch(funnel -> {
            final Storage storage = new Storage(List.of(base), OPTIONS, path -> Long.MAX_VALUE);
            return new EmbeddedHosts(OPTIONS, SocketBuffers.of(OPTIONS), funnel, new TransportCounters(), storage,
                new DriverSleep(OPTIONS), () -> {
                    places.addAll(List.of(base.toFile().list()));
                    throw error;
                }, NameLookups::new);
        }));
        assertEquals(1, places.size());
        assertEquals(0, base.toFile().list().length);
        return thrown;
    }

    /** Not after the five seconds that Agrona waits before it complains, and waits on. */
    @Test
    void shouldCloseThoughANameIsBeingLookedUp() throws InterruptedException {
        final CountDownLatch isHanging = new CountDownLatch(1);
        final CountDownLatch end = new CountDownLatch(1);
        final NameLookups lookups = new NameLookups(new DefaultNameResolver() {
            @Override
            public InetAddress resolve(final String name, final String parameter, final boolean isAgain) {
                if (name.startsWith("hangs")) {
                    isHanging.countDown();
                    awaitEnd(end);
                }
                return super.resolve(name, parameter, isAgain);
            }
        }, TestNode.LONG_NS);
        final AeronTransport transport = launch(funnel -> hosts(funnel, System::nanoTime, lookups));
        try {
            transport.connect("hangs.example:9");
            while (isHanging.getCount() > 0) {
                transport.doWork(System.nanoTime());
            }
            final Thread closer = new Thread(transport::close);
            closer.start();
            closer.join(TimeUnit.SECONDS.toMillis(60));
            // The look-up still hangs: nobody has waited for it.
            assertEquals(1, end.getCount());
            assertTrue(!closer.isAlive());
            assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread instanceof ExecutorThread && thread.isAlive()));
        } finally {
            end.countDown();
        }
    }

    private static void awaitEnd(final CountDownLatch end) {
        boolean isOver = false;
        while (!isOver) {
            try {
                end.await();
                isOver = true;
            } catch (final InterruptedException ex) {
                // A system's look-up does not end by that either.
                isOver = false;
            }
        }
    }

    @Test
    void shouldSayInOneLineThatAHostIsNotKnown() {
        try (TestNode node = TestNode.launch("localhost:0", OPTIONS)) {
            node.transport.connect("no.such.host.invalid:9");
            TestNode.await("told", () -> !node.errors.isEmpty(), node);
            final Throwable error = node.errors.remove();
            assertEquals("can't open the link to no.such.host.invalid:9, will try again: the host's name is not known "
                + "here", error.getMessage());
            assertEquals(null, error.getCause());
        }
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> TestNode.launch("no.such.host.invalid:0", OPTIONS));
        assertEquals("can't listen on no.such.host.invalid:0: the host's name is not known here", ex.getMessage());
        assertEquals(null, ex.getCause());
    }

    @ParameterizedTest
    @ValueSource(longs = {-400, 0, 400})
    void shouldLiveByTheClockOfADriverElsewhere(final long aheadDays, @TempDir final Path base) {
        final Path directory = base.resolve("driver");
        try (MediaDriver driver = MediaDriver.launch(
            DriverContexts.create(OPTIONS, SocketBuffers.of(OPTIONS), directory, ThreadingMode.SHARED, errors::add)
                .epochClock(() -> System.currentTimeMillis() + TimeUnit.DAYS.toMillis(aheadDays)));
            TestNode node = TestNode.launch("localhost:0", new AeronTransportOptions()
                .directory(driver.aeronDirectoryName())
                .timeouts(new AeronTimeoutOptions().clientLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(5))));
            TestNode peer = TestNode.launch("localhost:0", OPTIONS)) {
            final Link link = node.connect(peer);
            TestNode.sendFully(link, new byte[100], node, peer);
            TestNode.await("received", () -> !peer.received.isEmpty(), node, peer);
        }
    }

    @Test
    @Tag("slow")
    void shouldRefuseADriverThatGivesNoSignOfLifeAnyMore(@TempDir final Path base) throws Exception {
        final Path directory = base.resolve("driver");
        try (MediaDriver driver = MediaDriver.launch(
            DriverContexts.create(OPTIONS, SocketBuffers.of(OPTIONS), directory, ThreadingMode.INVOKER, errors::add))) {
            // Launched, and run by nobody.
            final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> TestNode.launch(
                "localhost:0", new AeronTransportOptions().directory(driver.aeronDirectoryName())));
            assertTrue(ex.getMessage().contains("no media driver is running"), ex.getMessage());
        }
    }

    private AeronTransport launch(final Function<ErrorFunnel, HostSupplier> hosts) {
        return AeronTransport.launch(
            new TransportContext("localhost:0", TestNode.MAX_FRAME_LENGTH, OPTIONS.toMap(), errors::add), hosts);
    }

    private static EmbeddedHosts hosts(
        final ErrorFunnel funnel, final NanoClock source, final NameLookups lookups) {
        return new EmbeddedHosts(OPTIONS, SocketBuffers.of(OPTIONS), funnel, new TransportCounters(),
            Storage.of(OPTIONS), new DriverSleep(OPTIONS),
            () -> new HostClock(source, System::currentTimeMillis, HostClock.maxStepNs(OPTIONS)), () -> lookups);
    }

    /** Fails for some times as Aeron does where it misses its driver. */
    private record FailingHosts(HostSupplier hosts, AtomicInteger attempts, int failures) implements HostSupplier {
        @Override
        public AeronHost next() {
            if (attempts.incrementAndGet() <= failures) {
                throw new DriverTimeoutException("no driver heartbeat detected");
            }
            return hosts.next();
        }

        @Override
        public boolean moveElsewhere() {
            return hosts.moveElsewhere();
        }

        @Override
        public String place() {
            return hosts.place();
        }

        @Override
        public void close() {
            hosts.close();
        }
    }
}
