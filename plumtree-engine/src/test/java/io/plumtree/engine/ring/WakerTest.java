package io.plumtree.engine.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.engine.agent.MemoryHub;
import io.plumtree.engine.agent.MemoryTransport;
import io.plumtree.engine.agent.QueryQueue;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.options.QueryOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol between the thread that sleeps and those that wake it. */
class WakerTest {
    private static final int RING_LENGTH = 64 * 1024;
    private static final int ROUNDS = 8_000;
    private static final int MEETINGS = 100_000;
    private static final int MOMENTS = 16;

    private final EngineCounters counters = new EngineCounters();
    private final ErrorReporter reporter =
        new ErrorReporter(NodeId.of("a"), error -> { }, counters, SystemNanoClock.INSTANCE);
    private final HandlerRegistry registry =
        new HandlerRegistry(new TreeMap<>(Map.of("log", new TestHandler())), counters, reporter);
    private final CommandRings rings = new CommandRings(registry, RING_LENGTH, 64, 4_096, counters);
    private final CommandRing ring = rings.of(registry.byName("log"));
    private final MemoryTransport transport = new MemoryHub(64 * 1024).listen("memory:1");
    private final AtomicInteger wakeUps = new AtomicInteger();

    WakerTest() {
        rings.waker().transport(transport);
        transport.onWakeUp = wakeUps::incrementAndGet;
    }

    @Test
    void shouldWakeNobodyWhoDoesNotSleep() {
        final EngineClaim claim = ring.newClaim(registry.byName("log"));
        claim.tryClaim(1, 1);
        claim.commit();
        rings.waker().wakeUp();
        assertEquals(0, wakeUps.get());
    }

    @Test
    void shouldNotSleepWhileAClaimIsOpenOrItsRecordWaits() {
        transport.onAwait = timeoutNs -> true;
        final EngineClaim claim = ring.newClaim(registry.byName("log"));
        claim.tryClaim(1, 1);
        assertFalse(rings.waker().sleep(rings, 1));
        claim.commit();
        assertFalse(rings.waker().sleep(rings, 1));
        ring.poll((typeId, buffer, offset, length) -> Action.CONTINUE, 1);
        assertTrue(rings.waker().sleep(rings, 1));
    }

    @Test
    void shouldWakeTheEngineForAClaimOnceItIsCommitted() {
        final EngineClaim claim = ring.newClaim(registry.byName("log"));
        transport.onAwait = timeoutNs -> {
            claim.tryClaim(1, 1);
            assertEquals(0, wakeUps.get());
            claim.commit();
            assertEquals(1, wakeUps.get());
            return true;
        };
        assertTrue(rings.waker().sleep(rings, 1));
        assertEquals(1, wakeUps.get());
    }

    @Test
    void shouldNotSleepOnceItWasCalledAndThenSleepAgain() {
        final List<Long> slept = new ArrayList<>();
        transport.onAwait = slept::add;
        rings.waker().wakeUp();
        assertTrue(rings.waker().sleep(rings, 7));
        assertEquals(List.of(), slept);
        assertTrue(rings.waker().sleep(rings, 8));
        assertEquals(List.of(8L), slept);
    }

    @Test
    void shouldNotSleepAnyMoreOnceClosed() {
        transport.onAwait = timeoutNs -> true;
        rings.close();
        assertTrue(rings.waker().sleep(rings, 1));
        assertFalse(rings.waker().sleep(rings, 1));
    }

    @Test
    void shouldSayThatItHasNotSleptWhereTheTransportCannotWait() {
        assertFalse(rings.waker().sleep(rings, 1));
        assertFalse(rings.waker().isAsleep());
    }

    /**
     * The engine falls asleep, and somebody has something for it, at the same moment again and again. Whoever of the
     * two comes later by however little has to see the other.
     */
    @ParameterizedTest
    @ValueSource(strings = {"call", "broadcast"})
    void shouldSeeEachOtherWhereOneFallsAsleepAndOneCalls(final String what) {
        final EngineClaim claim = ring.newClaim(registry.byName("log"));
        final AtomicInteger begun = new AtomicInteger();
        final AtomicInteger done = new AtomicInteger();
        final AtomicInteger sleeps = new AtomicInteger();
        final AtomicInteger lost = new AtomicInteger();
        transport.onAwait = timeoutNs -> {
            sleeps.incrementAndGet();
            spinUntil(done, begun.get());
            lost.addAndGet(wakeUps.get() == 0 && begun.get() > 0 ? 1 : 0);
            return true;
        };
        final Thread other = new Thread(() -> {
            for (int i = 1; i <= MEETINGS; i++) {
                spinUntil(begun, i);
                pause(i / MOMENTS % MOMENTS);
                if (what.equals("call")) {
                    rings.waker().wakeUp();
                } else {
                    claim.tryClaim(1, 1);
                    claim.commit();
                }
                done.set(i);
            }
        });
        other.setDaemon(true);
        other.start();
        for (int i = 1; i <= MEETINGS; i++) {
            wakeUps.set(0);
            begun.set(i);
            pause(i % MOMENTS);
            rings.waker().sleep(rings, 1);
            spinUntil(done, i);
            while (rings.size() > 0) {
                ring.poll((typeId, buffer, offset, length) -> Action.CONTINUE, 1);
            }
            forgetCalls(sleeps);
        }
        assertEquals(0, lost.get(), "of " + MEETINGS);
    }

    /** A call that has ended a sleep keeps the next one from beginning. */
    private void forgetCalls(final AtomicInteger sleeps) {
        wakeUps.set(1);
        final int before = sleeps.get();
        while (sleeps.get() == before) {
            rings.waker().sleep(rings, 1);
        }
    }

    private static void spinUntil(final AtomicInteger value, final int least) {
        for (int i = 0; value.get() < least; i++) {
            if (i < 1_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private static void pause(final int rounds) {
        for (int i = 0; i < rounds; i++) {
            Thread.onSpinWait();
        }
    }

    /** A lost wake-up leaves the engine asleep for good, and the one who waits for it, too. */
    @Test
    void shouldLoseNoWakeUp() throws InterruptedException {
        final Semaphore calls = new Semaphore(0);
        transport.onWakeUp = calls::release;
        transport.onAwait = timeoutNs -> {
            calls.acquireUninterruptibly();
            calls.drainPermits();
            return true;
        };
        final QueryQueue queries =
            new QueryQueue(new QueryOptions().maxWaiting(), counters, rings.waker()::wakeUp);
        final AtomicBoolean isOver = new AtomicBoolean();
        final Thread engine = new Thread(() -> {
            while (!isOver.get()) {
                if (ring.poll((typeId, buffer, offset, length) -> Action.CONTINUE, 10) + queries.poll() == 0) {
                    rings.waker().sleep(rings, TimeUnit.DAYS.toNanos(1));
                }
            }
        });
        engine.setDaemon(true);
        engine.start();
        final List<Thread> others = List.of(
            new Thread(this::broadcastOneByOne), new Thread(this::broadcastOneByOne),
            new Thread(() -> askOneByOne(queries)));
        others.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (final Thread thread : others) {
                thread.join();
            }
        }, "a wake-up was lost");
        isOver.set(true);
        rings.waker().wakeUp();
        engine.join(TimeUnit.MINUTES.toMillis(1));
        assertFalse(engine.isAlive());
    }

    private void broadcastOneByOne() {
        final EngineClaim claim = ring.newClaim(registry.byName("log"));
        for (int i = 0; i < ROUNDS; i++) {
            final long position = claim.tryClaim(1, 1);
            claim.commit();
            while (ring.consumedPosition() < position) {
                Thread.onSpinWait();
            }
        }
    }

    private static void askOneByOne(final QueryQueue queries) {
        for (int i = 0; i < ROUNDS / 4; i++) {
            queries.ask(() -> 1).join();
        }
    }
}
