package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int CORES = 2;

    private final Pace pace = new Pace(CORES);

    @Test
    void shouldStartAsManyAtOnceAsTwoSecondsOfAllCoresAllow() {
        pace.onStarted(1, SECOND / 2, SECOND / 2);
        assertEquals(8, pace.waveSize(31));
        assertEquals(3, pace.waveSize(3));
    }

    @Test
    void shouldStartOneAtATimeWhereAStartTakesLong() {
        pace.onStarted(1, 12 * SECOND, 4 * SECOND);
        assertEquals(1, pace.waveSize(31));
    }

    @Test
    void shouldCountProcessorTimeWhereItIsMoreThanTheTimeThatPassed() {
        pace.onStarted(1, SECOND, 2 * SECOND);
        assertEquals(2, pace.waveSize(31));
    }

    @Test
    void shouldFollowTheMachineFromWaveToWave() {
        pace.onStarted(1, SECOND / 2, SECOND / 2);
        pace.onStarted(8, 16 * SECOND, SECOND / 2);
        assertEquals(1, pace.waveSize(23));
        pace.onStarted(1, SECOND, SECOND / 2);
        assertEquals(4, pace.waveSize(22));
    }

    @Test
    void shouldKeepToTheUsualLimitsWhereTheMachineIsFast() {
        pace.onStarted(1, SECOND / 4, SECOND / 4);
        pace.onAnswered(SECOND / 1000);
        assertEquals(10 * SECOND, pace.limitNs(10 * SECOND));
    }

    @Test
    void shouldWaitForLongerWhereStartsOrAnswersTookLonger() {
        pace.onStarted(1, 4 * SECOND, SECOND);
        assertEquals(40 * SECOND, pace.limitNs(10 * SECOND));
        pace.onStarted(1, SECOND, SECOND);
        assertEquals(40 * SECOND, pace.limitNs(10 * SECOND), "the slowest counts");
        pace.onAnswered(5 * SECOND / 2);
        assertEquals(50 * SECOND, pace.limitNs(10 * SECOND));
        pace.onAnswered(SECOND / 1000);
        assertEquals(50 * SECOND, pace.limitNs(10 * SECOND));
    }

    @Test
    void shouldNotWaitLongerAndLongerForAnswersThatComeJustInTime() {
        for (int i = 0; i < 10; i++) {
            pace.onAnswered(pace.limitNs(10 * SECOND) - 1);
        }
        assertEquals(60 * SECOND, pace.limitNs(10 * SECOND));
        pace.onStarted(1, 100 * SECOND, SECOND);
        assertEquals(60 * SECOND, pace.limitNs(10 * SECOND));
    }
}
