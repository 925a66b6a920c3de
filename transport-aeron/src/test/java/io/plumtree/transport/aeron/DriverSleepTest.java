package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a driver's thread sleeps that nothing wakes. */
class DriverSleepTest {
    private static final long MAX_SLEEP_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int TIMES = 15;

    private final AeronTransportOptions options =
        new AeronTransportOptions().statusMessageIntervalNs(MAX_SLEEP_NS).timerIntervalNs(MAX_SLEEP_NS);
    private final DriverSleep sleep = new DriverSleep(options);

    @AfterEach
    void close() {
        sleep.close();
    }

    /** The median: the machine may stand still now and then. */
    private void assertShort(final Runnable before) {
        final long medianNs = LongStream.generate(() -> {
            before.run();
            final long startNs = System.nanoTime();
            assertTrue(sleep.await(TestNode.LONG_NS));
            return System.nanoTime() - startNs;
        }).limit(TIMES).sorted().skip(TIMES / 2).findFirst().orElseThrow();
        assertTrue(medianNs < MAX_SLEEP_NS / 10, medianNs + " ns");
    }

    @Test
    void shouldSleepShortlyOnceAfterData() {
        assertShort(sleep::onData);
        final long startNs = System.nanoTime();
        assertTrue(sleep.await(TestNode.LONG_NS));
        assertTrue(System.nanoTime() - startNs >= MAX_SLEEP_NS / 2, "short again");
    }

    @Test
    void shouldSleepShortlyForAWhileAfterALoss() {
        sleep.onLoss();
        assertShort(() -> { });
    }

    @Test
    @Timeout(60)
    void shouldSleepNoLongerThanTheDriversTimersBear() {
        assertTrue(sleep.await(TestNode.LONG_NS));
    }
}
