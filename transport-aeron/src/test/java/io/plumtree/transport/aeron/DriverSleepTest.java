package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a driver's thread sleeps that nothing wakes. */
class DriverSleepTest {
    private static final long TIMER_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long STATUS_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(1);

    private final DriverSleep sleep = new DriverSleep(
        new AeronTransportOptions()
            .timeouts(new AeronTimeoutOptions().statusMessageIntervalNs(STATUS_NS).timerIntervalNs(TIMER_NS)));

    @AfterEach
    void close() {
        sleep.close();
    }

    @Test
    void shouldSleepNoLongerThanTheDriversTimersBearOrThanItIsTold() {
        assertEquals(STATUS_NS, sleep.nextSleepNs(LONG_NS));
        assertEquals(1_000, sleep.nextSleepNs(1_000));
    }

    @Test
    void shouldSleepShortlyOnceAfterData() {
        sleep.onData();
        sleep.onData();
        assertEquals(DriverSleep.SHORT_NS, sleep.nextSleepNs(LONG_NS));
        assertEquals(STATUS_NS, sleep.nextSleepNs(LONG_NS));
    }

    @Test
    void shouldSleepShortlyForAWhileAfterALoss() {
        sleep.onLoss();
        sleep.onData();
        for (int i = 0; i < DriverSleep.SLEEPS_PER_LOSS; i++) {
            assertEquals(DriverSleep.SHORT_NS, sleep.nextSleepNs(LONG_NS));
        }
        assertEquals(STATUS_NS, sleep.nextSleepNs(LONG_NS));
    }
}
