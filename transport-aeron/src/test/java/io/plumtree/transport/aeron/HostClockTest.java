package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HostClockTest {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private long systemNs = -5_000;
    private long wallMs = 1_000_000;
    private final HostClock clock = new HostClock(() -> systemNs, () -> wallMs, STEP_NS);

    @Test
    void shouldGoWithTheSystemsTime() {
        for (int i = 1; i <= 10; i++) {
            systemNs += STEP_NS;
            assertEquals(systemNs, clock.nanoTime());
            assertEquals(wallMs + i * 100L, clock.time());
        }
    }

    @Test
    void shouldTakeAStallForOneStep() {
        clock.nanoTime();
        systemNs += TimeUnit.HOURS.toNanos(1);
        assertEquals(-5_000 + STEP_NS, clock.nanoTime());
        systemNs += 7;
        assertEquals(-5_000 + STEP_NS + 7, clock.nanoTime());
        assertEquals(wallMs + 100, clock.time());
    }

    @Test
    void shouldNotSeeThatTheWallClockIsSet() {
        for (final long jumpDays : new long[] {400, -800, 1}) {
            wallMs += TimeUnit.DAYS.toMillis(jumpDays);
            systemNs += 1_000_000;
            clock.time();
        }
        assertEquals(1_000_003, clock.time());
    }

    @Test
    void shouldShowTheExecutorTheTimeOfTheLastLook() throws InterruptedException {
        systemNs += 50;
        final long lastNs = clock.nanoTime();
        systemNs += 50;
        final long[] seenNs = new long[1];
        final Thread executor = new ExecutorThread(() -> seenNs[0] = clock.nanoTime());
        executor.start();
        executor.join();
        assertEquals(lastNs, seenNs[0]);
        assertEquals(lastNs + 50, clock.nanoTime());
    }

    @Test
    void shouldFitSeveralStepsIntoTheShortestTimeout() {
        final AeronTransportOptions options = new AeronTransportOptions();
        assertEquals(options.timeouts().imageLivenessTimeoutNs() / 3, HostClock.maxStepNs(options));
        final long timeoutNs = TimeUnit.MILLISECONDS.toNanos(300);
        for (final AeronTransportOptions shorter : List.of(
            new AeronTransportOptions().timeouts(new AeronTimeoutOptions().connectionTimeoutNs(timeoutNs)),
            new AeronTransportOptions().timeouts(new AeronTimeoutOptions().imageLivenessTimeoutNs(timeoutNs)),
            new AeronTransportOptions().timeouts(new AeronTimeoutOptions().clientLivenessTimeoutNs(timeoutNs)),
            new AeronTransportOptions().timeouts(new AeronTimeoutOptions().driverTimeoutNs(timeoutNs)))) {
            assertEquals(timeoutNs / 3, HostClock.maxStepNs(shorter));
        }
    }
}
