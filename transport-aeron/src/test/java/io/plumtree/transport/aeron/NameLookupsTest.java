package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.DefaultNameResolver;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A name server that does not answer holds up nobody else. */
@Timeout(120)
class NameLookupsTest {
    private static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LATE_NS = TimeUnit.MINUTES.toNanos(10);

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();

    @AfterEach
    void tearDown() {
        end.countDown();
    }

    private NameLookups lookups(final long limitNs) {
        return new NameLookups(new DefaultNameResolver() {
            @Override
            public InetAddress resolve(final String name, final String parameter, final boolean isAgain) {
                threads.put(name, Thread.currentThread());
                asked.incrementAndGet();
                if (name.startsWith("fails")) {
                    throw new IllegalStateException(name);
                }
                if (name.startsWith("breaks")) {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> { });
                    throw new LinkageError(name);
                }
                if (name.startsWith("hangs")) {
                    hanging.incrementAndGet();
                    try {
                        end.await();
                    } catch (final InterruptedException ex) {
                        return null;
                    }
                }
                return InetAddress.getLoopbackAddress();
            }
        }, limitNs);
    }

    @Test
    void shouldTakeANameForUnknownThatIsLookedUpForLongAndHaveItsAnswerLater() throws InterruptedException {
        final NameLookups lookups = lookups(SOON_NS);
        for (int i = 0; i < 3; i++) {
            assertNull(lookups.resolve("hangs", "endpoint", false));
        }
        end.countDown();
        while (!threads.containsKey("hangs")) {
            Thread.onSpinWait();
        }
        threads.get("hangs").join();
        assertNotNull(lookups.resolve("hangs", "endpoint", false));
        assertEquals(1, hanging.get());
    }

    @Test
    void shouldAnswerForOneNameWhileOthersHang() {
        final NameLookups lookups = lookups(SOON_NS);
        assertNull(lookups.resolve("hangs", "endpoint", false));
        // A machine that stands still may make this one late, too: then it is asked again, as a link would.
        while (lookups.resolve("answers", "endpoint", false) == null) {
            Thread.onSpinWait();
        }
        assertEquals(1, end.getCount());
    }

    @Test
    void shouldNotStartThreadsWithoutBound() {
        final NameLookups lookups = lookups(0);
        for (int i = 0; i < 100; i++) {
            assertNull(lookups.resolve("hangs" + i, "endpoint", false));
        }
        assertTrue(hanging.get() <= 32, () -> hanging + " threads");
    }

    @Test
    void shouldLookUpAnewWhatWasAnsweredOrHasFailed() {
        final NameLookups lookups = lookups(LATE_NS);
        for (int i = 1; i <= 2; i++) {
            assertNotNull(lookups.resolve("answers", "endpoint", true));
            assertEquals(2 * i - 1, asked.get());
            final IllegalStateException failure = assertThrows(IllegalStateException.class,
                () -> lookups.resolve("fails", "endpoint", false));
            assertEquals("fails", failure.getMessage());
            assertEquals(2 * i, asked.get());
        }
        assertTrue(threads.get("answers").isDaemon(), "keeps no process from ending");
    }

    @Test
    void shouldNotWaitForALookUpThatHasBroken() {
        assertNull(lookups(LATE_NS).resolve("breaks", "endpoint", false));
    }

    @Test
    void shouldStartNoThreadForAnAddress() {
        final NameLookups lookups = lookups(LATE_NS);
        for (final String address : List.of("127.0.0.1", "::1")) {
            assertNotNull(lookups.resolve(address, "endpoint", false));
            assertSame(Thread.currentThread(), threads.get(address));
        }
    }

    @Test
    void shouldKeepAnInterruptForTheCaller() {
        final NameLookups lookups = lookups(LATE_NS);
        Thread.currentThread().interrupt();
        assertNull(lookups.resolve("hangs", "endpoint", false));
        assertTrue(Thread.interrupted());
    }

    @Test
    void shouldEndTheWaitingWhenItIsClosed() throws InterruptedException {
        final NameLookups lookups = lookups(LATE_NS);
        final Thread waiting = new Thread(() -> lookups.resolve("hangs", "endpoint", false));
        waiting.start();
        while (hanging.get() == 0) {
            Thread.onSpinWait();
        }
        lookups.close();
        waiting.join();
        assertNull(lookups.resolve("answers", "endpoint", false));
    }
}
